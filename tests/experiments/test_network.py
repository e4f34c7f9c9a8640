"""The network of one run: ties that the model keeps, and money only where it is certain who paid whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from miaopu.experiments.ensemble import Ensemble, run_ensemble
from miaopu.experiments.forecast import with_settings
from miaopu.experiments.network import Link, Network, last_deadline, lived, middle_run, network_of
from miaopu.experiments.store import Results
from miaopu.model.inputs import FunderPlan, Inputs
from miaopu.model.ledger import BUREAU, HUB_STARTUP, HUB_SUPPORT
from miaopu.model.vocabulary import indicators
from miaopu.scenarios.compiling import load
from miaopu.scenarios.layers import Resolved


@pytest.fixture(scope="module")
def ensemble(town: tuple[Inputs, Resolved]) -> Ensemble:
    return run_ensemble(town[0], workers=1)


@pytest.fixture(scope="module")
def network(ensemble: Ensemble) -> Network:
    return network_of(ensemble)


def links_of(network: Network) -> list[Link]:
    """The table as links."""
    return [Link(*row) for row in zip(*network.tables["network_links.csv"].values(), strict=True)]


def test_every_organization_is_tied_to_somebody_and_every_end_of_a_link_is_there(made: Results) -> None:
    nodes, links = made.network_nodes, made.network_links
    names = set(nodes["node"])
    assert nodes["node"].is_unique
    assert set(links["source"]) | set(links["target"]) <= names
    organizations = set(nodes.loc[nodes["kind"] == "organization", "node"])
    assert organizations and organizations <= set(links["source"]) | set(links["target"])
    assert made.manifest["network"]["organizations"] > len(organizations)


def test_each_relation_joins_the_kinds_that_it_can_join(made: Results) -> None:
    kind = made.network_nodes.set_index("node")["kind"]
    ends = {(row.relation, kind[row.source], kind[row.target]) for row in made.network_links.itertuples()}
    assert ends == {
        ("pays", "funder", "hub"), ("incubates", "hub", "organization"),
        ("mentors", "organization", "organization"), ("holds_money", "hub", "organization"),
    }  # fmt: skip
    hubs = made.network_nodes[made.network_nodes["kind"] == "hub"]
    assert set(hubs["status"]) <= {"nominal", "working", "idle"}
    assert set(made.network_nodes.loc[made.network_nodes["kind"] == "organization", "stage"]) <= {
        "nascent", "growing", "mature", "brand",
    }  # fmt: skip


def test_the_hubs_of_the_network_are_those_that_the_run_counts(made: Results) -> None:
    told = made.manifest["network"]
    months = made.months
    row = months[(months["run"] == told["run"]) & (months["month"] == told["month"])].iloc[0]
    hubs = made.network_nodes[(made.network_nodes["kind"] == "hub") & (made.network_nodes["street"] >= 0)]
    streets = (made.places["level"] == "street").sum()
    assert hubs["street"].nunique() / streets == pytest.approx(row["street_hub_coverage"])


def test_the_network_is_that_of_the_run_in_the_middle_at_the_last_deadline(ensemble: Ensemble) -> None:
    place = list(indicators()).index("street_hub_coverage")
    month = last_deadline(ensemble.inputs)
    assert ensemble.inputs.year_month(month) == (2026, 12)
    kept = ensemble.kept._replace(months=ensemble.kept.months.copy())
    kept.months[:, month, place] = [0.9, 0.2, 0.5, 0.5, 0.1, 0.8]
    assert middle_run(replace(ensemble, kept=kept), month) == 2
    failed = replace(ensemble, run=np.array([0, 3, 5]), kept=kept._replace(months=kept.months[[0, 3, 5]]))
    assert middle_run(failed, month) == 5


def test_without_dated_targets_it_is_the_last_month() -> None:
    inputs = load("town-baseline")
    assert last_deadline(inputs) == inputs.months - 1


def test_what_bureaus_paid_adds_up_to_the_ledger(ensemble: Ensemble, network: Network) -> None:
    run, month = network.told["run"], network.told["month"]
    parameters = ensemble.parameters[int(ensemble.draw[run])]
    _, year = lived(ensemble.inputs, parameters, int(ensemble.seed[run]), month)
    assert (year.purse > 0).all()
    paid = [link.amount for link in links_of(network) if link.relation == "pays"]
    assert sum(paid) == pytest.approx(year.paid[BUREAU, [HUB_STARTUP, HUB_SUPPORT]].sum() / 100.0)
    assert year.paid.sum() > 0 and year.months == list(range(month - 11, month + 1))


def test_where_bureaus_run_dry_nobody_is_said_to_have_been_paid(town: tuple[Inputs, Resolved]) -> None:
    poor = FunderPlan(np.full(town[0].months, 10.0), 3)
    inputs = replace(with_settings(town[0], 1, 1, None), funders=town[0].funders | {"district_bureau": poor})
    network = network_of(run_ensemble(inputs, workers=1))
    assert not [link for link in links_of(network) if link.relation == "pays"]
    assert network.tables["network_nodes.csv"]["kind"].tolist().count("hub")


def test_the_same_run_gives_the_same_network(ensemble: Ensemble, network: Network) -> None:
    again = network_of(ensemble)
    assert again.told == network.told
    for name, table in network.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(values, again.tables[name][column])
