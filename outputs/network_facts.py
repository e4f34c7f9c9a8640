"""The network of one run as a graph, and what can be counted in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results

if TYPE_CHECKING:
    import networkx as nx

HOSTS = ("incubates", "holds_money")  # what ties an organization to a hub
TEXTS = ("node", "kind", "label_zh", "label_en", "status", "stage", "source", "target", "relation")


@dataclass(frozen=True)
class NetworkFacts:
    """Counts of one run's network at one month's end."""

    living: int  # organizations alive in the run, linked or not
    tied: int  # organizations that a hub incubates or holds money for
    hubs: int
    bare: int  # hubs without any organization
    most: int  # organizations of the hub with most of them
    median: float  # organizations of a hub, median over hubs
    status: dict[str, int]  # hubs by status: nominal, working, idle
    paid: int  # hubs for which a payment of their bureau is known
    mentors: int  # organizations that mentor another
    mentored: int
    incubated: int
    components: int  # connected parts of two nodes or more
    largest: float  # share of the linked nodes in the largest of them

    @property
    def share(self) -> float:
        """Share of the living organizations that are tied to a hub."""
        return self.tied / self.living if self.living else float("nan")


def tables(results: Results) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and links, their words never missing; without rows in folders that keep no network."""
    nodes, links = results.network_nodes.copy(), results.network_links.copy()
    for table in (nodes, links):
        for column in [name for name in TEXTS if name in table]:
            table[column] = table[column].fillna("").astype(str)
    return nodes, links


def graph_of(nodes: pd.DataFrame, links: pd.DataFrame) -> nx.MultiDiGraph:
    """The network: nodes with their kind and status, links with their relation."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for node, kind, status in zip(nodes["node"], nodes["kind"], nodes["status"], strict=True):
        graph.add_node(node, kind=kind, status=status)
    for source, target, relation in zip(links["source"], links["target"], links["relation"], strict=True):
        graph.add_edge(source, target, key=relation)
    return graph


def count(nodes: pd.DataFrame, links: pd.DataFrame, living: int) -> NetworkFacts:
    """What there is to say of a network in a run with so many living organizations."""
    import networkx as nx

    graph = graph_of(nodes, links)
    hubs = [node for node, kind in graph.nodes(data="kind") if kind == "hub"]
    guests = {hub: {guest for _, guest, key in graph.out_edges(hub, keys=True) if key in HOSTS} for hub in hubs}
    sizes = pd.Series([len(found) for found in guests.values()], dtype="int64")
    parts = [len(part) for part in nx.weakly_connected_components(graph) if len(part) > 1]
    mentoring = links[links["relation"] == "mentors"]
    status = nodes.loc[nodes["kind"] == "hub", "status"].value_counts()
    return NetworkFacts(
        living=living,
        tied=len(set().union(*guests.values())),
        hubs=len(hubs),
        bare=int((sizes == 0).sum()),
        most=int(sizes.max()) if len(sizes) else 0,
        median=float(sizes.median()) if len(sizes) else float("nan"),
        status={name: int(status.get(name, 0)) for name in ("working", "nominal", "idle")},
        paid=int(links.loc[links["relation"] == "pays", "target"].nunique()),
        mentors=int(mentoring["source"].nunique()),
        mentored=int(mentoring["target"].nunique()),
        incubated=int(links.loc[links["relation"] == "incubates", "target"].nunique()),
        components=len(parts),
        largest=max(parts) / sum(parts) if parts else float("nan"),
    )


def hosts_of(links: pd.DataFrame) -> dict[str, str]:
    """The hub beside which each organization is drawn: that which incubates it, else that which holds its money."""
    found: dict[str, str] = {}
    for relation in HOSTS:
        part = links[links["relation"] == relation]
        for source, target in zip(part["source"], part["target"], strict=True):
            found.setdefault(target, source)
    return found
