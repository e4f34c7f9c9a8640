"""A rule of one's own in the month: every January a newspaper honours the best service organization of each district.

The winner gains members, half of what its leaders lack, a gift from the newspaper, and an award of the district.
Run as a script, it compares towns with and without the prize under the same luck.
"""

from __future__ import annotations

import inspect

import mesa
import numpy as np

from miaopu.model import District, Ecosystem, Funder, Organization
from miaopu.model.codes import DIFFICULTY, ELDERLY_CHILDREN, FILED, LIVING, REGISTERED
from miaopu.model.ledger import BUREAU
from miaopu.scenarios import load

SERVICE = (ELDERLY_CHILDREN, DIFFICULTY, LIVING)
JANUARY = 1
YUAN = 100  # fen


class PrizeTown(Ecosystem):
    """A scenario with a yearly prize; without `prize` it is the scenario alone."""

    def __init__(self, scenario: str = "town", prize: bool = True, rng: int | None = None) -> None:
        super().__init__(load(scenario), rng=rng)
        self.prize = prize
        self.winners: list[int] = []
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "capability": lambda model: model.indicator("capability"),
                "members": lambda model: model.agents_by_type[Organization].agg("members", np.sum),
                "winners": lambda model: len(model.winners),
            }
        )

    def before_month(self) -> None:
        """The prize is given on the first of January."""
        if self.prize and self.date[1] == JANUARY:
            for district in self.agents_by_type[District]:
                self.award(district)

    def after_month(self) -> None:
        """Mesa's collector collects when asked."""
        self.datacollector.collect(self)

    def award(self, district: District) -> None:
        """Honours one organization of the district. The jury is not quite sure who serves best."""
        known = self.agents_by_type[Organization].where(district=district.row, active=1, ladder=(FILED, REGISTERED))
        serving = known.where(domain=SERVICE)
        if not len(serving):
            return
        winner = serving[int(np.argmax(serving.array("service") + 0.05 * self.draw(serving, "jury")))]
        self.winners.append(winner.unique_id)
        winner.members += 20
        winner.leadership += 0.5 * (1.0 - winner.leadership)
        winner.cash += 3_000 * YUAN  # the newspaper's gift: entered in the ledger as a donation
        bureau = self.agents_by_type[Funder].where(kind=BUREAU, district=district.row)[0]
        bureau.pay(winner, 2_000 * YUAN, "award")  # no more than the purse holds


if __name__ == "__main__":  # other processes import this file
    towns, seeds = {"scenario": "town", "prize": [False, True]}, {"rng": range(1, 11)}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        rows = mesa.batch_run(PrizeTown, towns, number_processes=2, **seeds)
    else:  # in Mesa 3.3 the seed is one parameter among others
        rows = mesa.batch_run(PrizeTown, towns | seeds, number_processes=2)
    for name in ("capability", "members"):
        with_prize, without = (np.array([row[name] for row in rows if row["prize"] == one]) for one in (True, False))
        print(f"{name}: {without.mean():.3f} without the prize, {with_prize.mean():.3f} with it")
