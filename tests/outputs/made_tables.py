"""Networks, costs and second-order indices made up in a moment, laid out like the real ones."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pandas as pd

from miaopu.experiments.analysis.cost import KINDS, WHY
from miaopu.experiments.columns import write_csv
from miaopu.experiments.network import LINKS, NODES
from miaopu.experiments.network_kinds import LINK_KINDS, NODE_KINDS
from miaopu.experiments.store import Results, open_results
from miaopu.tests import synthetic_experiment, synthetic_sensitivity

TOWN = {"东区": "河东 桥头 南门", "西区": "西关 石井 岗头 北站", "新区": "新湖 大浪"}
LIVING = 500  # organizations alive in the run of the network


def with_network(results: Results, hosted: int = 6, seed: int = 3) -> Results:
    """The folder with a network: a hub in every street, of the three kinds in turn; every third hosts nobody.

    The first hub of a district holds the money of `hosted` × 4 organizations; bureaus pay two hubs of three; in each
    district one organization mentors another. The first organization of a hub has ties of both kinds.
    """
    rng, places = np.random.default_rng(seed), results.places
    streets = places[places["level"] == "street"].sort_values("index")
    nodes, links, firsts = [], [], set()
    for d in sorted(set(streets["parent"])):
        said = (f"{d}区区级民政经费", f"bureau {d}")
        nodes.append((f"funder:district_bureau:{d}", "funder", *said, d, -1, "", "", np.nan))
    nodes.append(("funder:lottery", "funder", "福彩公益金", "lottery fund", -1, -1, "", "", 4.6e6))
    for k, (street, d) in enumerate(zip(streets["index"], streets["parent"], strict=True)):
        hub, status = f"hub:{street}", ("working", "nominal", "idle")[k % 3]
        nodes.append((hub, "hub", f"{street}中心", f"centre {street}", d, street, status, "", np.nan))
        if k % 3 != 1:
            links.append((f"funder:district_bureau:{d}", hub, "pays", 1.5e5))
        first = d not in firsts
        firsts.add(d)
        if k % 3 == 2 and not first:
            continue
        for j in range(hosted * 4 if first else hosted):
            org = f"organization:{street:04x}{j:04x}"
            stage = ("nascent", "growing", "mature", "brand")[int(rng.integers(0, 4))]
            nodes.append((org, "organization", "组织", "organization", d, street, "", stage, 1e4))
            relation = "holds_money" if first else "incubates"
            links.append((hub, org, relation, 2e4 if first else np.nan))
            if j == 0 and not first:
                links.append((hub, org, "holds_money", 1e4))
        if first:
            links.append((f"organization:{street:04x}0000", f"organization:{street:04x}0001", "mentors", np.nan))
    for name, rows, kinds in ((NODES, nodes, NODE_KINDS), (LINKS, links, LINK_KINDS)):
        table = pd.DataFrame(rows, columns=list(kinds))
        write_csv(results.folder / name, {column: table[column].to_numpy() for column in table})
    manifest = json.loads((results.folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["network"] = {"run": 1, "month": 47, "organizations": LIVING}
    (results.folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return open_results(results.folder)


def costs(scenarios: int = 4) -> pd.DataFrame:
    """Prices of the two figures at the check; a policy of each kind, the first dearer and better."""
    rows = []
    verdicts = ("price", "better_and_cheaper", "unsure")
    for place, other in enumerate(list(synthetic_experiment.NAMES)[1:scenarios]):
        for shift, name in enumerate(("hubs.nominal.measured", "hubs.effective.measured")):
            said, verdict = synthetic_experiment.MEASURES[name], verdicts[(place + shift) % 3]
            more, gain = (-4e7 if verdict == "better_and_cheaper" else 9e7), 0.2 - 0.05 * shift
            price = more * 0.01 / gain if verdict == "price" else np.nan
            spent = (3.0e8, 2.9e8, 3.1e8, 3.0e8 + more, 2.9e8 + more, 3.1e8 + more, more, more - 1e7, more + 1e7)
            half = 0.4 if verdict == "unsure" else 0.03
            found = (gain, gain - half, gain + half, price, price * 0.8, price * 1.3, 0.01, verdict, *WHY[verdict])
            named = (synthetic_experiment.BASE, other, name, *said.label, "share")
            rows.append((*named, *spent, *found, "t_over_draws", 0))
    return pd.DataFrame(rows, columns=list(KINDS))


def second_order(wide: float = 0.03) -> pd.DataFrame:
    """Sobol indices with S2 of every pair: of the first outcome 0.2, 0.1, 0.05 and so on; others 0."""
    table = synthetic_sensitivity.indices()
    rows = []
    for which, outcome in enumerate(dict.fromkeys(table["outcome"])):
        first = table[(table["outcome"] == outcome) & (table["index"] == "ST")]
        factors = list(first["factor"])
        for place, (one, other) in enumerate(combinations(factors, 2)):
            row = first[first["factor"] == one].iloc[0].to_dict()
            value = 0.2 / 2**place if which == 0 and "inert" not in (one, other) else 0.0
            ends = {"value": value, "low": value - wide, "high": value + wide}
            rows.append(row | {"index": "S2", "other": other} | ends)
    return pd.concat([table, pd.DataFrame(rows)], ignore_index=True)
