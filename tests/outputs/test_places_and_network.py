"""Tiles and the network: true to their tables, readable in a city and in a province, the same for the same results."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import EllipseCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from miaopu.experiments.store import Results, open_results
from miaopu.outputs import chart_network, chart_tiles, charts, style
from miaopu.outputs.network_facts import count, graph_of, tables
from miaopu.outputs.network_layout import place
from miaopu.outputs.tile_rows import TALLEST, by_deadline, half_by, lay_out
from miaopu.tests import synthetic
from miaopu.tests.outputs import made_tables

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("town") / "r"
    return made_tables.with_network(synthetic.make(folder, made_tables.TOWN, draws=12))


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """122 counties in 14 prefectures, 1,952 townships, a hub in each."""
    folder = tmp_path_factory.mktemp("province") / "r"
    charts.prepare()
    return made_tables.with_network(synthetic.make(folder, synthetic.province(), draws=4, prefectures=14), hosted=1)


def words(figure: Figure) -> str:
    return " ".join("".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)).split())


def test_a_tile_says_when_half_of_the_runs_have_had_a_hub_and_how_sure_it_is() -> None:
    first = pd.DataFrame(
        {
            "run": [0, 1, 2, 3, 4, 5] * 2,
            "street": [0] * 6 + [1] * 6,
            "first_nominal": [3, 5, 9, -1, -1, 10, -1, -1, -1, 2, 2, -1],
        }
    )
    assert half_by(first, "first_nominal", 2, 12).tolist() == [9, 12]
    assert by_deadline(first, "first_nominal", 2, 8).tolist() == pytest.approx([2 / 6, 2 / 6])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tiles_are_filled_as_far_as_their_probability(town: Results, lang: str) -> None:
    drawing = charts.finished(lambda: chart_tiles.draw(town, lang))
    assert drawing is not None
    data, streets = drawing.data, town.streets
    assert len(data) == 2 * 9 and set(data["counts"]) == {"nominal", "effective"}
    row = data[(data["street"] == 4) & (data["counts"] == "effective")].iloc[0]
    mine = streets[streets["street"] == 4]["first_effective"]
    assert row["probability_by_deadline"] == pytest.approx(((mine >= 0) & (mine <= synthetic.DEADLINE)).mean())
    filled = [one for one in drawing.figure.axes[0].collections if isinstance(one, PolyCollection)]
    for counts, frame, gauge in zip(("nominal", "effective"), filled[::2], filled[1::2], strict=True):
        wide = [np.ptp(np.asarray(path.vertices)[:, 0]) for one in (frame, gauge) for path in one.get_paths()]
        shares = np.array(wide[9:]) / np.array(wide[:9])
        assert shares == pytest.approx(data.loc[data["counts"] == counts, "probability_by_deadline"].to_numpy())
    said = words(drawing.figure)
    assert ("石井" if lang == "zh" else "Street 5") in said


def test_a_province_has_small_tiles_without_names_on_one_page(province: Results) -> None:
    layout = lay_out(province, "en")
    assert len(layout.blocks) == 14 and not layout.named
    assert layout.high <= TALLEST and layout.wide >= 1.5
    spots = np.stack([layout.x, layout.y], axis=1).round(3)
    assert len(np.unique(spots, axis=0)) == 1952  # none upon another
    drawing = charts.finished(lambda: chart_tiles.draw(province, "en"))
    assert drawing is not None and drawing.figure.get_figheight() * 25.4 <= style.FULL_PAGE
    assert "Prefecture 14" in words(drawing.figure)


def test_streets_of_one_block_stand_together(town: Results) -> None:
    layout = lay_out(town, "zh")
    assert layout.named and layout.blocks == ["东区", "西区", "新区"]
    ends = [(layout.y[layout.block_of == k].min(), layout.y[layout.block_of == k].max()) for k in range(3)]
    assert ends[0][1] < ends[1][0] <= ends[1][1] < ends[2][0]


def test_figures_of_a_network_are_counted_right(town: Results) -> None:
    nodes, links = tables(town)
    found = count(nodes, links, made_tables.LIVING)
    # streets 0-8: districts of 3, 4 and 2; first hubs 0, 3, 7 hold money for 24 each, 2, 5, 8 host nobody, others six
    assert (found.hubs, found.bare, found.most) == (9, 3, 24)
    assert found.tied == 3 * 24 + 3 * 6 and found.share == pytest.approx(90 / 500)
    assert (found.mentors, found.mentored, found.incubated) == (3, 3, 18)
    assert found.paid == 6 and found.status == {"working": 3, "nominal": 3, "idle": 3}
    assert found.components == 6  # three bureaus with the hubs they pay, and hubs 1, 4 and 7 that nobody pays
    graph = graph_of(nodes, links)
    assert graph.number_of_edges() == len(links) and graph.number_of_nodes() == len(nodes)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_network_says_what_it_found_and_draws_every_hub(town: Results, lang: str) -> None:
    drawing = charts.finished(lambda: chart_network.draw(town, lang))
    assert drawing is not None
    said = words(drawing.figure)
    assert "18%" in said or "18 %" in said
    assert ("9个枢纽中3个" if lang == "zh" else "3 of 9 hubs") in said
    dots = [one for one in drawing.figure.axes[0].collections if isinstance(one, EllipseCollection)]
    assert [len(np.asarray(one.get_offsets())) for one in dots] == [90, 9]
    colours = [tuple(colour) for colour in np.asarray(dots[1].get_facecolor())]
    assert len(set(colours)) == 3
    hubs = drawing.data[drawing.data["kind"] == "hub"].set_index("node")
    sizes = dict(zip(hubs.index, np.asarray(dots[1].get_widths()) * 2, strict=True))
    assert sizes["hub:3"] > sizes["hub:1"] > sizes["hub:8"]
    again = charts.finished(lambda: chart_network.draw(town, lang))
    assert again is not None
    pd.testing.assert_frame_equal(drawing.data, again.data)


@pytest.mark.parametrize("hubs", [1, 0])
def test_hubs_that_host_nobody_and_a_place_without_hubs_are_drawn_too(tmp_path: Path, hubs: int) -> None:
    bare = made_tables.with_network(synthetic.make(tmp_path / "r", made_tables.TOWN, draws=2))
    nodes, links = (pd.read_csv(tmp_path / "r" / f"network_{name}.csv", encoding="utf-8-sig")
                    for name in ("nodes", "links"))  # fmt: skip
    kept = nodes[nodes["kind"].isin(["funder", "hub"] if hubs else ["funder"])]
    kept.to_csv(tmp_path / "r" / "network_nodes.csv", index=False, encoding="utf-8-sig")
    links[:0].to_csv(tmp_path / "r" / "network_links.csv", index=False, encoding="utf-8-sig")
    drawing = charts.draw_one(open_results(bare.folder), "network", "en")
    assert (drawing is not None) or not hubs


def test_no_two_discs_of_organizations_touch(town: Results) -> None:
    nodes, links = tables(town)
    places = place(nodes, links, 164.0)
    spots = {node: np.array(places.at[node]) for node in nodes.loc[nodes["kind"] == "organization", "node"]}
    host = {org: hub for hub, org in zip(links["source"], links["target"], strict=True) if hub.startswith("hub")}
    for org, spot in spots.items():
        nearest = min((hub for hub in set(host.values())), key=lambda hub: np.hypot(*(spot - places.at[hub])))
        assert nearest == host[org]


def test_a_province_is_drawn_by_prefecture_and_adds_up(province: Results) -> None:
    drawing = charts.finished(lambda: chart_network.draw(province, "en"))
    assert drawing is not None and drawing.figure.get_figheight() * 25.4 <= style.FULL_PAGE
    nodes, links = tables(province)
    data = drawing.data
    assert len(data) == 14
    assert data[["hubs_working", "hubs_nominal", "hubs_idle"]].to_numpy().sum() == 1952
    assert data["incubated"].sum() == links.loc[links["relation"] == "incubates", "target"].nunique()
    assert data["hubs_paid"].sum() == count(nodes, links, made_tables.LIVING).paid


def test_without_streets_or_network_nothing_is_drawn(tmp_path: Path) -> None:
    bare = synthetic.make(tmp_path / "r", made_tables.TOWN, draws=2)
    assert chart_network.draw(bare, "zh") is None
    vars(bare)["streets"] = bare.streets.iloc[:0]
    assert chart_tiles.draw(bare, "zh") is None
