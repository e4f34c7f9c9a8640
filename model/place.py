"""A place: districts, their streets and townships, and their communities and villages, as arrays.

Communities are sorted by street and streets by district, in contiguous blocks. A key is a hash of a full name
and ordinal, so that one line more in a roster changes no other key and so nobody else's luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .text import Text


class LevelNames(NamedTuple):
    """What the three levels are called in this place."""

    district: Text
    street: Text
    community: Text


class Neighbours(NamedTuple):
    """Which streets adjoin which: the neighbours of street i are `indices[indptr[i]:indptr[i + 1]]`."""

    indptr: np.ndarray
    indices: np.ndarray


@dataclass(frozen=True)
class Place:
    """The administrative structure, and who lives in it. Shares are 0-1; counts that nobody gave are nan."""

    name: Text
    level_names: LevelNames
    prefectures: tuple[Text, ...]  # empty where districts are not grouped

    district_name: tuple[Text, ...]
    district_prefecture: np.ndarray  # int64, -1 without prefectures
    district_key: np.ndarray  # uint64

    street_name: tuple[Text, ...]
    street_district: np.ndarray  # int64, ascending
    street_rural: np.ndarray  # bool: a town or township
    street_key: np.ndarray  # uint64
    street_hub: np.ndarray  # int8: has a hub at the start; -1 unknown, 0 no, 1 yes
    street_station: np.ndarray  # bool: has a social-work station that could carry a hub's sign

    community_street: np.ndarray  # int64, ascending
    community_rural: np.ndarray  # bool: a villagers' committee
    community_key: np.ndarray  # uint64
    residents: np.ndarray  # float64, persons
    groups: np.ndarray  # float64, activity groups in the ledger at the start
    filed: np.ndarray  # float64, filed organizations at the start
    registered: np.ndarray  # float64, registered organizations at the start
    elderly: np.ndarray  # float64, share aged 60 and over
    children: np.ndarray  # float64, share aged 0-14
    difficulty: np.ndarray  # float64, share of people in difficulty
    foreign: np.ndarray  # float64, share of foreign residents
    party_members: np.ndarray  # float64, share of party members

    neighbours: Neighbours
    community_names: tuple[Text, ...] = ()  # given names; without them communities are numbered

    @property
    def districts(self) -> int:
        """How many districts or counties."""
        return len(self.district_name)

    @property
    def streets(self) -> int:
        """How many streets, towns and townships."""
        return len(self.street_name)

    @property
    def communities(self) -> int:
        """How many communities and villages."""
        return len(self.residents)

    @property
    def community_district(self) -> np.ndarray:
        """The district of each community."""
        return self.street_district[self.community_street]

    def streets_of(self, district: int) -> slice:
        """The block of streets of a district."""
        low, high = np.searchsorted(self.street_district, (district, district + 1))
        return slice(int(low), int(high))

    def communities_of(self, street: int) -> slice:
        """The block of communities of a street."""
        low, high = np.searchsorted(self.community_street, (street, street + 1))
        return slice(int(low), int(high))

    def neighbours_of(self, street: int) -> np.ndarray:
        """The streets that adjoin a street."""
        indptr, indices = self.neighbours
        return indices[indptr[street] : indptr[street + 1]]

    def community_name(self, community: int) -> Text:
        """The name of a community: the one given, or its number within its street."""
        if self.community_names:
            return self.community_names[community]
        street = int(self.community_street[community])
        number = community - self.communities_of(street).start + 1
        above, rural = self.street_name[street], bool(self.community_rural[community])
        kind = Text("村", "village") if rural else Text("社区", "community")
        return Text(f"{above.zh}第{number}{kind.zh}", f"{above.en}, {kind.en} {number}")
