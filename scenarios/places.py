"""Find the districts that a scenario names, in Chinese or in English."""

from __future__ import annotations

import numpy as np

from ..model.place import Place
from .cursor import offer
from .document import Named, Where


class Gazetteer:
    """The names of a place's prefectures and districts, and the districts that each stands for."""

    def __init__(self, place: Place) -> None:
        self.count = len(place.district_name)
        self.prefectures: dict[str, np.ndarray] = {}
        self.districts: dict[str, np.ndarray] = {}
        self.spelling: dict[str, str] = {}  # a name as looked up → as written in the place's own file
        home = np.asarray(place.district_prefecture)
        for index, name in enumerate(place.prefectures):
            self._learn(self.prefectures, name, home == index)
        for index, name in enumerate(place.district_name):
            here = np.arange(self.count) == index
            self._learn(self.districts, name, here)
            if len(place.prefectures) > 1:
                above = place.prefectures[home[index]]
                self._learn(self.districts, (f"{above.zh}/{name.zh}", f"{above.en}/{name.en}"), here)

    def _learn(self, names: dict[str, np.ndarray], pair: tuple[str, str], mask: np.ndarray) -> None:
        for name in set(pair):
            key = _folded(name)
            self.spelling[key] = name
            names[key] = names[key] | mask if key in names else mask

    def districts_in(self, where: Where) -> np.ndarray:
        """Which districts `where` means, (districts,) bool; unknown names are noted."""
        everywhere = not where.prefectures and not where.districts
        mask = np.full(self.count, everywhere)
        for named in where.prefectures:
            mask = mask | self._find(named, self.prefectures, "市州", "prefecture")
        for named in where.districts:
            mask = mask | self._find(named, self.districts, "区（县）", "district")
        return mask & ~self.districts_in(where.left_out) if where.left_out else mask

    def _find(self, named: Named, names: dict[str, np.ndarray], zh: str, en: str) -> np.ndarray:
        if not names:
            named.cursor.wrong("这个地方不分市州", "this place has no prefectures", named.in_key)
            return np.zeros(self.count, bool)
        found = names.get(_folded(named.name))
        if found is None:
            hint = offer(named.name, [self.spelling[name] for name in names])
            named.cursor.wrong(
                f"没有“{named.name}”这个{zh}{hint[0]}",
                f"no {en} is called `{named.name}`{hint[1]}",
                named.in_key,
            )
            return np.zeros(self.count, bool)
        if found.sum() > 1 and en == "district":
            full = [
                self.spelling[name] for name, mask in names.items() if "/" in name and (mask & found).any()
            ]
            named.cursor.wrong(
                f"不止一个区（县）叫“{named.name}”；请写明市州：{'、'.join(full)}",
                f"more than one district is called `{named.name}`; say which: {', '.join(full)}",
                named.in_key,
            )
        return found


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
