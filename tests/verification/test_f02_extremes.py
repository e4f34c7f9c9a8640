"""F2, extreme values, one rate at a time: nought and certainty leave everything in order, and do what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.model.inputs import FUNDERS, Inputs
from miaopu.model.ledger import APPROPRIATION, DONATION, PUBLIC
from miaopu.tests.model.invariants import assert_every_month_holds, tally
from miaopu.tests.model.test_extremes import NO_RATES
from miaopu.tests.model.worlds import inputs, place, values

LEVERS = {"ladder.filing_drive": 1.0, "ladder.registration_drive": 1.0, "guidance.census": 0.5,
          "committee.co_option": 1.0, "party.joint_branches": 1.0, "party.recruitment": 1.0, "party.instructors": 1.0,
          "custody.legal_partners": 0.5, "custody.hub_custody": 0.5, "assessment.order_strength": 0.3,
          "funding.activity_subsidy": 2000.0, "hubs.annual_support": 60_000.0, "hubs.social_workers": 1.0,
          "funding.micro_project_share": 0.3, "social.community_funds": 0.5}  # fmt: skip
MONEY = {"district_bureau": 2e6, "street": 2e5, "livelihood_projects": 5e4, "community_fund": 2e4, "city": 1e6,
         "lottery": 2e5}  # fmt: skip


def _told(money: dict[str, float] | None = None) -> Inputs:
    where = place(2, 2, 2, neighbours=True, hub=-1, filed=6.0, registered=2.0, groups=6.0)
    return inputs(where, 14, LEVERS, MONEY if money is None else money, plan_from=0, deadline=11, checks=(11,))


@pytest.mark.parametrize("rate", [0.0, 1e9])
@pytest.mark.parametrize("name", NO_RATES)
def test_any_one_rate_may_be_nought_or_certainty(name: str, rate: float) -> None:
    """Books balance, stocks follow from flows and every state is possible in every month."""
    value = min(rate, 1.0) if name == "verification" else rate
    if name == "founding_balance":
        value = min(rate, 300.0)
    assert_every_month_holds(_told(), values(**{name: value}), 1)


@pytest.mark.parametrize("funder", FUNDERS)
def test_any_one_funder_may_have_nothing(funder: str) -> None:
    last = assert_every_month_holds(_told(MONEY | {funder: 0.0}), None, 2)
    row = FUNDERS.index(funder)
    assert not last.ledgers[:, row, [APPROPRIATION, DONATION, *PUBLIC]].any()
    assert last.ledgers[:, np.arange(last.ledgers.shape[1]) != row, APPROPRIATION].any()


@pytest.mark.parametrize("ladder", ["groups", "filed", "registered"])
def test_a_place_may_have_organizations_of_one_rung_only(ladder: str) -> None:
    rungs: dict[str, Any] = {"groups": 0.0, "filed": 0.0, "registered": 0.0} | {ladder: 8.0}
    told = inputs(place(2, 2, 2, hub=-1, **rungs), 14, LEVERS, MONEY)
    last = assert_every_month_holds(told, None, 3)
    assert tally(last.tallies[0], "groups", "filed", "registered").sum() > 32
