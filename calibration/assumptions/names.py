"""What figures are called that have no name in the model's tables: budgets, shocks, prices, figures of a region."""

from __future__ import annotations

from ...model.text import Text
from ...model.vocabulary import Lever
from ...scenarios.region import RegionData

_HIT = {
    "founding": Text("新成立", "founding"), "service": Text("服务", "service"), "hubs": Text("建枢纽", "hubs"),
    "filing": Text("备案", "filing"), "training": Text("培训", "training"), "money": Text("资金", "money"),
    "exit": Text("退出", "exits"), "": Text("清退比例", "share struck off"),
}  # fmt: skip
_PLACE = {
    "communities": Text("全域社区总数", "communities in all"),
    "villages": Text("村的总数", "villages in all"),
    "urban_per_town": Text("每镇社区居委会数", "urban communities of a town"),
    "communities_split": Text("各区社区数的分布", "communities by district"),
    "populations": Text("各区（县）人口的分布", "residents by district"),
    "prefectures": Text("各市州人口的分布", "residents by prefecture"),
    "spread.street": Text("街道间人口差异", "spread of residents between streets"),
    "spread.community": Text("社区间人口差异", "spread of residents between communities"),
    "weights.street": Text("街道人口相对乡的倍数", "residents of a street to a township's"),
    "weights.town": Text("镇人口相对乡的倍数", "residents of a town to a township's"),
    "weights.township": Text("乡的人口（参照值）", "residents of a township (reference)"),
    "weights.urban_community": Text("社区人口相对村的倍数", "residents of an urban community to a village's"),
    "shares.elderly": Text("老年人占比", "share of elderly people"),
    "shares.children": Text("儿童占比", "share of children"),
    "shares.difficulty": Text("困难群众占比", "share of people in difficulty"),
    "shares.foreign": Text("外籍居民占比", "share of foreign residents"),
    "shares.party_members": Text("党员占比", "share of Party members"),
    "stations": Text("有社工站的街道占比", "share of streets with a social-work station"),
    "units": Text("街道乡镇的个数", "number of streets, towns or townships"),
}  # fmt: skip
_CONSTANTS = {
    "OTHER_DOMAINS": Text("新成立组织的领域构成（其他）", "fields of newly founded organizations (the others)"),
    "USUALLY_MET": Text("计划之前已由组织满足的需求比例", "share of needs that organizations meet before any plan"),
    "REFERENCE_URBAN, REFERENCE_RURAL": Text("参考规模的社区、村人口", "residents of reference communities"),
    "AGE": Text("起点小组、备案、登记组织的平均年龄（月）", "mean ages at the start (months)"),
    "FOREIGN_SPREAD": Text("外籍居民聚居程度（对数标准差）", "how foreign residents gather (log sd)"),
}  # fmt: skip
_TOPICS = {
    "hub_kinds": Text("哪些组织计为枢纽", "which organizations count as hubs"),
    "sessions": Text("培训场次怎样计", "how training sessions count"),
    "exemplars": Text("优秀典型怎样计", "how exemplars count"),
    "rounding": Text("街道数怎样取整", "how numbers of streets are rounded"),
    "targets": Text("目标的达标线", "threshold of a target"),
}


def budget_label(funder: str) -> Text:
    """What a funder's budget is called."""
    from ...experiments.design.nouns import nouns

    return nouns()[f"funders.{funder}.budget"].label


def shock_label(name: dict[str, str], hit: str) -> Text:
    """A shock and what it hits; the whole shock's depth without."""
    return Text(f"{name['zh']}：{_HIT[hit].zh}", f"{name['en']}: {_HIT[hit].en}")


def depth_label(name: dict[str, str]) -> Text:
    """The whole shock, as it is varied."""
    return Text(f"{name['zh']}的影响深度", f"depth of the {name['en']}")


def price_label(lever: Lever) -> Text:
    """What a unit of the lever costs."""
    return Text(f"单价：{lever.label.zh}", f"price: {lever.label.en}")


def constant_label(name: str) -> Text:
    """What a constant of the code is called; its own name where nobody gave it one."""
    return _CONSTANTS.get(name, Text(name, name))


def word_label(topic: str) -> Text:
    """Words that the plan leaves open and a reading settles, or a target's threshold."""
    return _TOPICS[topic]


def place_label(factor: str) -> Text:
    """What is varied of a region, "region.spread.street"."""
    return _PLACE[factor.removeprefix("region.")]


def region_label(path: str, data: RegionData) -> tuple[Text, str]:
    """What a figure of the region file is called, with its district, and its unit."""
    parts = path.split(".")
    if parts[0] == "prefectures" and "districts" not in parts:
        name = data.prefectures[int(parts[1])].name
        label = _PLACE["units"] if parts[2] == "units" else Text("人口", "residents")
        return Text(f"{name.zh}{label.zh}", f"{name.en}: {label.en}"), _unit(parts[2])
    if "districts" not in parts:
        key = "communities" if path == "communities.total" else path.removeprefix("communities.")
        key = ".".join(key.split(".")[:2])
        key = key.split(".")[0] if key.split(".")[0] in ("stations", "units") else key
        kind = "（农村）" if path.endswith(".rural") else "", " (rural)" if path.endswith(".rural") else ""
        return Text(f"{_PLACE[key].zh}{kind[0]}", f"{_PLACE[key].en}{kind[1]}"), _unit(parts[0])
    name = _district(parts, data)
    last = parts[parts.index("districts") + 2 :]
    if last[0] == "shares":
        label = _PLACE[f"shares.{last[1]}"]
    else:
        label = Text("社区数", "communities") if last[0] == "communities" else Text("人口", "residents")
    return Text(f"{name.zh}{label.zh}", f"{name.en}: {label.en}"), _unit(last[0])


def _district(parts: list[str], data: RegionData) -> Text:
    place = int(parts[parts.index("districts") + 1])
    above = int(parts[1]) if parts[0] == "prefectures" else -1
    return [one for one in data.districts if one.prefecture == above][place].name


def _unit(group: str) -> str:
    return {"shares": "share", "stations": "share", "spread": "log sd", "weights": "ratio",
            "population": "persons", "population_about": "persons"}.get(group, "count")  # fmt: skip
