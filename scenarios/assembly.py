"""Put streets with their communities together into a place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model.place import LevelNames, Neighbours, Place
from ..model.text import Text
from .allot import rings


@dataclass(frozen=True)
class Block:
    """One street, town or township and its communities (arrays over its communities)."""

    district: int
    name: Text
    rural: bool
    key: np.uint64
    hub: int
    station: bool
    community_rural: np.ndarray
    community_key: np.ndarray
    residents: np.ndarray
    groups: np.ndarray | None = None
    filed: np.ndarray | None = None
    registered: np.ndarray | None = None
    community_names: tuple[Text, ...] = ()


def assemble(
    *,
    name: Text,
    level_names: LevelNames,
    prefectures: tuple[Text, ...],
    districts: list[tuple[Text, int]],
    root: str,
    blocks: list[Block],
    shares: dict[str, np.ndarray],
    neighbours: Neighbours | None = None,
) -> Place:
    """The place made of `blocks`, which must be in the order of their districts.

    `districts` are (name, prefecture); `root` starts the path of their keys ("" for a roster); without
    `neighbours` the streets of a district form a ring.
    """
    from ..model.draws import key_of

    paths = [
        "/".join(part for part in (root, prefectures[above].zh if above >= 0 else "", own.zh) if part)
        for own, above in districts
    ]
    street_district = np.array([block.district for block in blocks], dtype=np.int64)
    street_key = np.array([block.key for block in blocks], dtype=np.uint64)
    sizes = [len(block.residents) for block in blocks]
    return Place(
        name=name,
        level_names=level_names,
        prefectures=prefectures,
        district_name=tuple(own for own, _ in districts),
        district_prefecture=np.array([above for _, above in districts], dtype=np.int64),
        district_key=np.array([key_of(path) for path in paths], dtype=np.uint64),
        street_name=tuple(block.name for block in blocks),
        street_district=street_district,
        street_rural=np.array([block.rural for block in blocks]),
        street_key=street_key,
        street_hub=np.array([block.hub for block in blocks], dtype=np.int8),
        street_station=np.array([block.station for block in blocks]),
        community_street=np.repeat(np.arange(len(blocks)), sizes),
        community_rural=np.concatenate([block.community_rural for block in blocks]),
        community_key=np.concatenate([block.community_key for block in blocks]),
        residents=np.concatenate([block.residents for block in blocks]),
        groups=_counts([block.groups for block in blocks], sizes),
        filed=_counts([block.filed for block in blocks], sizes),
        registered=_counts([block.registered for block in blocks], sizes),
        **shares,
        neighbours=neighbours or rings(street_district, street_key),
        community_names=tuple(name for block in blocks for name in block.community_names),
    )


def _counts(parts: list[np.ndarray | None], sizes: list[int]) -> np.ndarray:
    return np.concatenate(
        [np.full(size, np.nan) if part is None else part for part, size in zip(parts, sizes, strict=True)]
    )
