"""From a region file or a roster to the place that a run needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..model.place import Place
from ..model.text import Problem, Refusal, Text
from .allot import share_of_keys, share_out, spread
from .assembly import Block, assemble
from .region import SHARES, District, RegionData
from .region_counts import district_residents, unit_communities, weight
from .region_file import load_region

FOREIGN_SPREAD = 1.5  # of the logarithm: a tenth of the communities has about half of a district's foreigners (K)


def load_place(path: Path, shown: str | None = None, name: Text | None = None) -> Place:
    """The place in a region file (.yaml) or a roster (.csv); `name` is what a roster's place is called.

    Raises Refusal with every problem.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        return build_place(load_region(path, shown))
    if path.suffix.lower() == ".csv":
        from .roster import load_roster

        return load_roster(path, shown, name)
    where = shown or path.name
    raise Refusal(
        [
            Problem(
                Text(
                    f"{where}：地方应为 regions 中的 .yaml 文件或 .csv 名册",
                    f"{where}: a place is a .yaml file of regions or a .csv roster",
                )
            )
        ]
    )


def build_place(data: RegionData) -> Place:
    """The place that a region file describes; what it does not give in detail is spread by its rules."""
    from ..model.draws import key_of

    people, counts = district_residents(data), unit_communities(data)
    blocks = []
    for index, district in enumerate(data.districts):
        above = [data.prefectures[district.prefecture].name.zh] if district.prefecture >= 0 else []
        path = "/".join([data.name.zh, *above, district.name.zh])
        keys = np.array([key_of(f"{path}/{unit.name.zh}") for unit in district.units], dtype=np.uint64)
        units = _unit_residents(data, district, keys, int(people[index]), counts[index].sum(axis=1))
        for i, unit in enumerate(district.units):
            urban, villages = (int(count) for count in counts[index][i])
            rural = np.arange(urban + villages) >= urban
            own = np.array(
                [key_of(f"{path}/{unit.name.zh}/{n}") for n in range(1, len(rural) + 1)], dtype=np.uint64
            )
            station = data.rules.stations[unit.kind].value
            blocks.append(
                Block(
                    district=index,
                    name=unit.name,
                    rural=unit.kind != "street",
                    key=keys[i],
                    hub=-1,
                    station=bool(share_of_keys(keys[i : i + 1], station)[0]),
                    community_rural=rural,
                    community_key=own,
                    residents=split_residents(
                        int(units[i]),
                        rural,
                        own,
                        weight(data, "urban_community"),
                        data.rules.spread["community"].value,
                    ),
                )
            )
    shares = {name: _shares(data, blocks, name) for name in SHARES}
    return assemble(
        name=data.name,
        level_names=data.level_names,
        prefectures=tuple(prefecture.name for prefecture in data.prefectures),
        districts=[(district.name, district.prefecture) for district in data.districts],
        root=data.name.zh,
        blocks=blocks,
        shares=shares,
    )


def split_residents(
    total: int, rural: np.ndarray, keys: np.ndarray, urban_weight: float, sigma: float
) -> np.ndarray:
    """A street's residents dealt out to its communities: whole persons, at least one each, exact in sum."""
    weights = np.where(rural, 1.0, urban_weight)
    for kind in (False, True):
        same = rural == kind
        if same.any():
            weights[same] *= spread(keys[same], sigma)
    return share_out(total, weights, 1).astype(np.float64)


def _unit_residents(
    data: RegionData, district: District, keys: np.ndarray, total: int, least: np.ndarray
) -> np.ndarray:
    weights = np.array([weight(data, unit.kind) for unit in district.units])
    return share_out(total, weights * spread(keys, data.rules.spread["street"].value), least)


def _shares(data: RegionData, blocks: list[Block], name: str) -> np.ndarray:
    """One share for every community: the district's own, else the region's by urban and rural; foreigners gather."""
    parts = []
    for block in blocks:
        own = data.districts[block.district].shares.get(name)
        urban = data.rules.shares[name, False].value
        rural = data.rules.shares[name, True].value if (name, True) in data.rules.shares else urban
        parts.append(
            np.full(len(block.residents), own.value) if own else np.where(block.community_rural, rural, urban)
        )
    even = np.concatenate(parts)
    return gathered(even, blocks) if name == "foreign" else even


def gathered(share: np.ndarray, blocks: list[Block]) -> np.ndarray:
    """Shares (communities,) of people who live together in few communities of a district, where they are as many."""
    keys = np.concatenate([block.community_key for block in blocks])
    people = np.concatenate([block.residents for block in blocks])
    district = np.repeat([block.district for block in blocks], [len(block.residents) for block in blocks])
    out = share.copy()
    for d in np.unique(district):
        mine = district == d
        uneven = share[mine] * spread(keys[mine], FOREIGN_SPREAD)
        whole = (uneven * people[mine]).sum()
        if whole > 0.0:
            out[mine] = np.minimum(0.5, uneven * (share[mine] * people[mine]).sum() / whole)
    return out
