"""Series with a figure to begin from and a later one to score, and the naive forecasts of each.

There are five, in three kinds; five outcomes bear no statement about coverage. Figures that were only planned
(Ningbo's 60 % for 2019) are in none. What Ningbo and Shandong had in hubs when the model's runs begin is not known: 1 %
is judgement, as in the scenarios of the calibration.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.text import Text
from .naive import Figure

ZHEJIANG = "https://jicengzhizhi.com/2022/1023/643.shtml"
ZHEJIANG_2018 = "http://18522802179.com/n152/n166/c40196/content.html"
SHANDONG = "http://www.shandong.gov.cn/art/2022/10/5/art_97564_558459.html"
NINGBO = "http://news.swchina.org/hot/2019/0214/33170.shtml"
HUNAN = "https://jxxfw.com/periodical/c510ddabb1d15e75ff7932f41a7b2ccf.html"
ASSUMED = "scenarios of the calibration"

Pair = tuple[Figure, Figure]


@dataclass(frozen=True)
class Naive:
    """A naive forecast of a series; `fitted_to` says in words which figures it uses."""

    forecast: str  # last_value, trend or logistic
    fitted_to: str
    last: Figure
    pair: Pair | None = None  # where the rate comes from; none for last_value


@dataclass(frozen=True)
class Series:
    """What is scored: `constant` + the sum of `parts` (observations of one place, and how many times each counts)."""

    name: str
    label: Text
    unit: Text
    year: float  # of the figure scored
    parts: Mapping[str, float]
    fitted_to: tuple[str, ...]  # observations that the model may use: earlier ones of the place, all of other places
    naive: tuple[Naive, ...]
    constant: float = 0.0
    limits: tuple[float, float] = (-math.inf, math.inf)  # what can be published at all


_ORGANIZATIONS = Text("个", "organizations")
_SHARE = Text("占乡镇街道的比例", "share of streets and townships")
_STOCK, _WHOLE = (0.0, math.inf), (0.0, 1.0)
_ZJ = ("zj_urban", "zj_rural", "zj_registered")
_ZJ_2016 = Figure(2016.0, 100_000, ZHEJIANG, "S")  # fewer than
_ZJ_2018 = Figure(2019.0, 150_000, ZHEJIANG_2018, "M")  # more than, filed only
_ZJ_2021 = Figure(2022.0, 262_000, ZHEJIANG, "S")
_SD_2021 = Figure(2021.75, 172_400, SHANDONG, "D")
_NB_START, _NB = Figure(2010.0, 0.01, ASSUMED, "K"), Figure(2019.0, 0.45, NINGBO, "S")
_SD_START, _SD = Figure(2013.0, 0.01, ASSUMED, "K"), Figure(2022.75, 0.285, SHANDONG, "D")
_HN_START, _HN = Figure(2018.4, 0.0, HUNAN, "M"), Figure(2020.0, 1.0, HUNAN, "M")

# 100,000 in urban communities at 19 each, 162,100 in villages at 9 each
_ZJ_COMMUNITIES = {"zj_urban": 100_000 / 19, "zj_rural": 162_100 / 9}

SERIES = (
    Series(
        "zhejiang_stock", Text("浙江省社区社会组织总数", "community social organizations, Zhejiang"), _ORGANIZATIONS,
        2022.0, _ZJ_COMMUNITIES, ("zj_filed_2018", "sd_growth", "sd_hubs", "nb_hubs", "hn_stations"),
        (
            Naive("last_value", "zj_filed_2018", _ZJ_2018),
            Naive("trend", "zj_start zj_filed_2018", _ZJ_2018, (_ZJ_2016, _ZJ_2018)),
        ),
        limits=_STOCK,
    ),
    Series(
        "shandong_stock", Text("山东省社区社会组织总数", "community social organizations, Shandong"), _ORGANIZATIONS,
        2022.75, {"sd_growth": 172_400.0}, (*_ZJ, "sd_hubs", "nb_hubs", "hn_stations"),
        (
            Naive("last_value", "sd_start", _SD_2021),
            Naive("trend", "sd_start zj_start zj_stock", _SD_2021, (_ZJ_2016, _ZJ_2021)),
        ),
        constant=172_400.0,
        limits=_STOCK,
    ),
    Series(
        "ningbo_hubs", Text("宁波市枢纽覆盖率", "hub coverage, Ningbo"), _SHARE,
        2019.0, {"nb_hubs": 1.0}, (*_ZJ, "sd_growth", "sd_hubs", "hn_stations"),
        (
            Naive("last_value", "nb_start", _NB_START),
            Naive("logistic", "nb_start sd_hubs", _NB_START, (_SD_START, _SD)),
            Naive("logistic", "nb_start hn_stations", _NB_START, (_HN_START, _HN)),
        ),
        limits=_WHOLE,
    ),
    Series(
        "shandong_hubs", Text("山东省枢纽覆盖率", "hub coverage, Shandong"), _SHARE,
        2022.75, {"sd_hubs": 1.0}, (*_ZJ, "sd_growth", "nb_hubs", "hn_stations"),
        (
            Naive("last_value", "sd_start", _SD_START),
            Naive("logistic", "sd_start nb_hubs", _SD_START, (_NB_START, _NB)),
            Naive("logistic", "sd_start hn_stations", _SD_START, (_HN_START, _HN)),
        ),
        limits=_WHOLE,
    ),
    Series(
        "hunan_stations", Text("湖南省乡镇社工站覆盖率", "coverage with township stations, Hunan"), _SHARE,
        2020.0, {"hn_stations": 1.0}, (*_ZJ, "sd_growth", "sd_hubs", "nb_hubs"),
        (
            Naive("last_value", "hn_start", _HN_START),
            Naive("logistic", "hn_start nb_hubs", _HN_START, (_NB_START, _NB)),
            Naive("logistic", "hn_start sd_hubs", _HN_START, (_SD_START, _SD)),
        ),
        limits=_WHOLE,
    ),
)  # fmt: skip
