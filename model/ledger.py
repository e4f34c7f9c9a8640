"""The ledger: every fen that moves is entered once, by the account that pays or receives and by the instrument.

An instrument says where the money goes: `in` from outside into the account, `out` to the outside, `hub` to hubs,
`organization` to organizations. From the ledger alone the cash of every account follows; tests check it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .compiled import compiled
from .text import Text

ACCOUNTS = (
    "city",
    "district_bureau",
    "street",
    "lottery",
    "livelihood_projects",
    "community_fund",
    "hub",
    "organization",
)
CITY, BUREAU, STREET, LOTTERY, LIVELIHOOD, COMMUNITY_FUND, HUB, ORGANIZATION = range(8)
ACCOUNT_LABELS = (
    Text("市级财政", "city"),
    Text("区级民政经费", "district bureau"),
    Text("街道（乡镇）经费", "street"),
    Text("福彩公益金", "lottery fund"),
    Text("民生微实事资金", "livelihood projects"),
    Text("社区基金", "community fund"),
    Text("枢纽组织", "hub"),
    Text("社区社会组织", "organization"),
)


class Instrument(NamedTuple):
    """A way in which money moves."""

    name: str
    flow: str
    label: Text


INSTRUMENTS = (
    Instrument("appropriation", "in", Text("预算拨入", "appropriation")),
    Instrument("lapse", "out", Text("结余收回", "lapsed")),
    Instrument("donation", "in", Text("社会捐赠", "donations")),
    Instrument("earned", "in", Text("自营收入", "earned income")),
    Instrument("charity", "in", Text("慈善资助", "charitable support")),
    Instrument("revitalisation", "in", Text("乡村振兴资金", "rural-revitalisation money")),
    Instrument("programme", "out", Text("工作经费", "programme costs")),
    Instrument("hub_startup", "hub", Text("枢纽建设补助", "hub start-up grants")),
    Instrument("hub_support", "hub", Text("枢纽运营经费", "hub support")),
    Instrument("hub_wages", "out", Text("社工岗位工资", "social workers' wages")),
    Instrument("hub_running", "out", Text("枢纽运行支出", "hub running costs")),
    Instrument("venture", "organization", Text("公益创投", "venture grants")),
    Instrument("startup", "organization", Text("初创支持", "start-up grants")),
    Instrument("activity", "organization", Text("活动资助", "activity subsidies")),
    Instrument("micro_project", "organization", Text("民生微实事项目", "livelihood micro-projects")),
    Instrument("demonstration", "organization", Text("示范项目", "demonstration projects")),
    Instrument("purchase", "organization", Text("购买服务", "purchased services")),
    Instrument("working_fund", "organization", Text("工作基金", "working fund")),
    Instrument("micro_grant", "organization", Text("社区基金小额资助", "community micro-grants")),
    Instrument("award", "organization", Text("奖励", "awards")),
    Instrument("custody_fee", "hub", Text("代管服务费", "custody fees")),
    Instrument("custody_cost", "out", Text("合作单位代管成本", "partners' custody costs")),
    Instrument("tax", "out", Text("税费", "tax")),
    Instrument("running_cost", "out", Text("组织运行支出", "organizations' running costs")),
    Instrument("misuse", "out", Text("违规支出", "misused money")),
    Instrument("others", "out", Text("其他单位承接", "other contractors")),
    Instrument("wound_up", "out", Text("注销清算移交", "handed over on dissolution")),
)
# fmt: off
(APPROPRIATION, LAPSE, DONATION, EARNED, CHARITY, REVITALISATION, PROGRAMME, HUB_STARTUP, HUB_SUPPORT, HUB_WAGES,
 HUB_RUNNING, VENTURE, STARTUP, ACTIVITY, MICRO_PROJECT, DEMONSTRATION, PURCHASE, WORKING_FUND, MICRO_GRANT, AWARD,
 CUSTODY_FEE, CUSTODY_COST, TAX, RUNNING_COST, MISUSE, OTHERS, WOUND_UP) = range(len(INSTRUMENTS))
# fmt: on
PUBLIC = tuple(
    i
    for i, item in enumerate(INSTRUMENTS)
    if item.name
    in (
        "venture",
        "startup",
        "activity",
        "micro_project",
        "demonstration",
        "purchase",
        "working_fund",
        "award",
    )
)
FEN = 100


def balances(ledger: np.ndarray) -> np.ndarray:
    """Change of cash of every account, in fen, that a ledger (accounts, instruments) implies."""
    change = np.zeros(len(ACCOUNTS), np.int64)
    for i, item in enumerate(INSTRUMENTS):
        column = ledger[:, i]
        if item.flow == "in":
            change += column
            continue
        change -= column
        if item.flow in ("hub", "organization"):
            change[HUB if item.flow == "hub" else ORGANIZATION] += column.sum()
    return change


@compiled
def pay(funder: Any, ledger: np.ndarray, instrument: int, wanted: int) -> int:
    """Take up to `wanted` fen from a funder's cash and enter it; returns what was paid."""
    paid = min(funder.cash, wanted)
    if paid <= 0:
        return 0
    funder.cash -= paid
    ledger[funder.kind, instrument] += paid
    return paid


@compiled
def fen(yuan: float) -> np.int64:
    """Yuan to whole fen."""
    return np.int64(np.floor(yuan * 100.0 + 0.5))
