"""A results folder made up in a second, laid out like a forecast's: to draw and print without simulating."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from miaopu.experiments import grid, targets
from miaopu.experiments.columns import Columns, text_column
from miaopu.experiments.folder import MAKER
from miaopu.experiments.intervals import COVERS, probability
from miaopu.experiments.store import Results, open_results, write_manifest, write_tables
from miaopu.model.vocabulary import indicators

FIRST_YEAR, MONTHS, DEADLINE = 2022, 72, 47
CITY = {
    "福田区": "南园 园岭 福田 沙头 香蜜湖 梅林 莲花 华富 福保 华强北",
    "罗湖区": "桂园 黄贝 东门 翠竹 南湖 笋岗 东湖 莲塘 东晓 清水河",
    "盐田区": "梅沙 盐田 沙头角 海山",
    "南山区": "南头 南山 沙河 蛇口 招商 粤海 桃源 西丽",
    "宝安区": "新安 西乡 航城 福永 福海 沙井 新桥 松岗 燕罗 石岩",
    "龙岗区": "平湖 坪地 南湾 坂田 布吉 龙城 龙岗 横岗 吉华 宝龙 园山",
    "龙华区": "观湖 民治 龙华 大浪 福城 观澜",
    "坪山区": "坪山 马峦 碧岭 石井 坑梓 龙田",
    "光明区": "光明 公明 新湖 凤凰 玉塘 马田",
    "大鹏新区": "葵涌 大鹏 南澳",
}
RARE = {"栟茶县": "栟茶 埇桥 硚口", "垟圳区": "垟圳 㙦头 深圳"}
SHARES = (
    "street_hub_coverage",
    "street_hub_coverage_effective",
    "capability",
    "governance",
    "service_capability",
    "finance_capability",
    "leadership",
)
COUNTS = {
    "groups": 5200,
    "filed": 2400,
    "registered": 260,
    "nascent": 1900,
    "growing": 620,
    "mature": 130,
    "brand_organizations": 12,
    "class_filed": 300,
}
PAID = {
    ("district_bureau", "hub_startup"): 30e5,
    ("district_bureau", "hub_support"): 60e5,
    ("district_bureau", "programme"): 20e5,
    ("street", "activity"): 18e5,
    ("street", "purchase"): 22e5,
    ("lottery", "venture"): 15e5,
    ("lottery", "startup"): 9e5,
    ("community_fund", "micro_grant"): 4e5,
    ("livelihood_projects", "micro_project"): 90e5,
    ("city", "demonstration"): 5e5,
    ("city", "award"): 2e5,
    ("district_bureau", "custody_fee"): 1e5,
}
MOVED = PAID | {
    ("district_bureau", "appropriation"): 140e5,
    ("street", "appropriation"): 50e5,
    ("lottery", "appropriation"): 30e5,
    ("livelihood_projects", "appropriation"): 95e5,
    ("organization", "donation"): 12e5,
    ("organization", "earned"): 20e5,
    ("organization", "running_cost"): 120e5,
    ("hub", "hub_running"): 50e5,
    ("district_bureau", "lapse"): 12e5,
}


def make(
    folder: Path,
    streets: dict[str, str] | None = None,
    draws: int = 40,
    replicates: int = 3,
    prefectures: int = 0,
    aims: bool = True,
    seed: int = 1,
    without: bool = False,
) -> Results:
    """Write a folder for a place of `streets` (names by district), open it; without targets unless `aims`.

    With `without` also what happens without the plan, districts at the end of years, and a target for each district.
    """
    rng = np.random.default_rng(seed)
    streets = streets or CITY
    draw = np.repeat(np.arange(draws), replicates)
    level = rng.normal(size=draws)[draw] + 0.4 * rng.normal(size=len(draw))
    months = months_of(level, rng)
    tables: dict[str, Columns] = {
        "runs.parquet": runs_of(draw, level),
        "months.parquet": months,
        "streets.parquet": streets_of(level, sum(len(names.split()) for names in streets.values()), rng),
        "ledger.parquet": ledger_of(level),
        "targets.csv": targets_of(months, draw, replicates)
        if aims
        else targets_of(months, draw, replicates, 0),
        "places.csv": places_of(streets, prefectures),
        "failures.csv": {"run": np.zeros(0, np.int64)},
    }
    if aims:
        tables["grid.csv"] = grid_of()
    if without:
        tables |= districts_of(months, level, len(streets), replicates)
        tables["targets.csv"] = targets_of(months, draw, replicates, each=tables["districts.parquet"])
        idle = months_of(level[::replicates] - 3.0, np.random.default_rng(seed))
        tables["baseline_months.parquet"] = idle
        tables["baseline_targets.csv"] = targets_of(idle, np.arange(draws), 1)
    folder.mkdir(parents=True)
    write_tables(folder, tables)
    write_manifest(folder, manifest_of(draws, replicates, aims))
    return open_results(folder)


def province(counties: int = 122, townships: int = 16, prefectures: int = 14) -> dict[str, str]:
    """Streets by district of a large made-up place."""
    return {
        f"第{k + 1}县": " ".join(f"{k + 1}县{j + 1}乡" for j in range(townships)) for k in range(counties)
    }


def manifest_of(draws: int, replicates: int, aims: bool) -> dict[str, object]:
    """What a forecast would say of itself."""
    return {
        "made_by": MAKER,
        "kind": "forecast",
        "format": 1,
        "draws": draws,
        "replicates": replicates,
        "seed": 1,
        "name": {
            "zh": "深圳市社区社会组织培育发展专项行动计划（2022-2025年，征求意见稿）",
            "en": "Shenzhen action plan for community social organizations 2022-2025 (draft)",
        },
        "scenario": {
            "file": "made-up.yaml",
            "data": {"plan": {"assessment": {"order_strength": {"value": "0.1", "from": "2022-12"}}}},
        },
        "scenario_sha256": "3f9a1c7e" + "0" * 56,
        "started": "2026-11-22T08:00:00+00:00",
        "made_with": {"miaopu": "0.1.0"},
        "runs": draws * replicates,
        "failed": 0,
        "grid": {"target": "hubs", "counts": "nominal", "indicator": "street_hub_coverage"} if aims else None,
    }


def months_of(level: np.ndarray, rng: np.random.Generator) -> Columns:
    """Every indicator of the table, rising with the plan and falling a little after it."""
    month = np.arange(MONTHS)
    rise = 1 / (1 + np.exp(-(month - 30) / 9))
    fall = np.clip(month - DEADLINE, 0, None) / 100
    table: Columns = {
        "run": np.repeat(np.arange(len(level), dtype=np.int32), MONTHS),
        "month": np.tile(month.astype(np.int32), len(level)),
        "year": np.tile((FIRST_YEAR + month // 12).astype(np.int32), len(level)),
        "month_of_year": np.tile((month % 12 + 1).astype(np.int32), len(level)),
    }
    for place, name in enumerate(dict.fromkeys([*SHARES, *COUNTS, *indicators()])):
        steps = np.cumsum(rng.normal(0, 0.004, (len(level), MONTHS)), axis=1)
        path = 0.25 + 0.06 * level[:, None] + (0.5 + 0.07 * level[:, None]) * rise + steps - fall
        path = np.clip(path * (0.75 if "effective" in name else 1 - 0.05 * (place % 7)), 0, 1)
        table[name] = (path * COUNTS.get(name, 1)).astype(np.float32).ravel()
    return table


def runs_of(draw: np.ndarray, level: np.ndarray) -> Columns:
    """Where each run comes from."""
    return {
        "run": np.arange(len(draw), dtype=np.int32),
        "draw": draw.astype(np.int32),
        "p_start_coverage": 0.3 + 0.05 * level,
        "p_order_felt": np.full(len(draw), 0.9) + 0.01 * level,
    }


def streets_of(level: np.ndarray, streets: int, rng: np.random.Generator) -> Columns:
    """The first hub of each street in each run."""
    mean = 24 - 6 * level[:, None] + 18 * rng.normal(size=streets)[None, :]
    first = np.round(mean + 6 * rng.normal(size=(len(level), streets)))
    first = np.where(first > MONTHS - 1, -1, np.clip(first, 0, None)).astype(np.int16)
    later = first + rng.integers(0, 24, first.shape)
    return {
        "run": np.repeat(np.arange(len(level), dtype=np.int32), streets),
        "street": np.tile(np.arange(streets, dtype=np.int32), len(level)),
        "first_nominal": first.ravel(),
        "first_effective": np.where((first < 0) | (later > MONTHS - 1), -1, later).astype(np.int16).ravel(),
    }


def ledger_of(level: np.ndarray) -> Columns:
    """Money by payer and instrument."""
    years = np.arange(FIRST_YEAR, FIRST_YEAR + MONTHS // 12)
    pairs, amounts = list(MOVED), np.array(list(MOVED.values()))
    course = np.array([0.5, 0.8, 1.0, 1.1, 0.6, 0.4])
    yuan = amounts[None, None, :] * course[None, :, None] * np.exp(0.15 * level)[:, None, None]
    shape = (len(level), len(years), len(pairs))
    return {
        "run": np.broadcast_to(np.arange(len(level), dtype=np.int32)[:, None, None], shape).ravel(),
        "year": np.broadcast_to(years.astype(np.int32)[None, :, None], shape).ravel(),
        "payer": np.tile(text_column([payer for payer, _ in pairs]), shape[0] * shape[1]),
        "instrument": np.tile(text_column([name for _, name in pairs]), shape[0] * shape[1]),
        "yuan": np.round(yuan, 2).ravel(),
    }


def districts_of(months: Columns, level: np.ndarray, districts: int, replicates: int) -> dict[str, Columns]:
    """Brand organizations of each district in each December: none in the last district in every third draw."""
    kept, run = np.arange(11, MONTHS, 12), np.arange(len(level))
    shape = (len(level), len(kept), districts)
    brands = np.broadcast_to(np.arange(len(kept))[None, :, None] + 1.0, shape).copy()
    brands[(run // replicates) % 3 == 0, :, -1] = 0.0
    month = np.broadcast_to(kept[None, :, None], shape).ravel()
    return {
        "districts.parquet": {
            "run": np.broadcast_to(run[:, None, None], shape).ravel().astype(np.int32),
            "month": month.astype(np.int32),
            "year": (FIRST_YEAR + month // 12).astype(np.int32),
            "month_of_year": (month % 12 + 1).astype(np.int32),
            "district": np.broadcast_to(np.arange(districts)[None, None, :], shape).ravel().astype(np.int32),
            "brand_organizations": brands.ravel().astype(np.float32),
        }
    }


def targets_of(
    months: Columns, draw: np.ndarray, replicates: int, most: int = 99, each: Columns | None = None
) -> Columns:
    """Some targets of every kind; with the districts' table `each` also one that every district must reach."""
    asked = [
        (
            "hubs",
            "85%以上的街道有枢纽型组织",
            "85 % of streets have a hub",
            "street_hub_coverage",
            0.85,
            "2025-12",
        ),
        ("filed", "备案组织不少于1800个", "At least 1,800 filed organizations", "filed", 1800.0, "2024-12"),
        ("capable", "组织能力平均得分达到0.6", "Mean capability of 0.6", "capability", 0.6, "every year"),
    ]
    rows = []
    for name, zh, en, indicator, limit, due in asked[:most]:
        both = ("nominal", "effective") if indicator == "street_hub_coverage" else ("",)
        for counts in both:
            column = indicator + ("_effective" if counts == "effective" else "")
            last = 47 if due == "every year" else (int(due[:4]) - FIRST_YEAR) * 12 + int(due[5:]) - 1
            value = months[column].astype(float).reshape(-1, MONTHS)[:, last]
            sure = probability(value >= limit, draw, True, 1)
            low, middle, high = np.quantile(value, [0.05, 0.5, 0.95])
            rows.append(
                (
                    name,
                    zh,
                    en,
                    "SZ-01i",
                    indicator,
                    "whole",
                    ">=",
                    limit,
                    due,
                    counts,
                    "",
                    *sure[:3],
                    middle,
                    low,
                    high,
                    int(draw.max()) + 1,
                    replicates,
                    sure.covers,
                    *COVERS[sure.covers],
                    0.01,
                    0.01,
                    0.01,
                )
            )
    if each is not None:
        at = each["month"] == DEADLINE
        worst = each["brand_organizations"][at].astype(float).reshape(len(draw), -1).min(axis=1)
        sure = probability(worst >= 1, draw, True, 1)
        said = ("brands", "品牌组织数", "brand organizations", "SZ-08c", "brand_organizations", "every district")
        counted = (">=", 1.0, "2025-12", "", "", *sure[:3], *np.quantile(worst, [0.5, 0.05, 0.95]))
        spread = (int(draw.max()) + 1, replicates, sure.covers, *COVERS[sure.covers], 0.01, 0.01, 0.01)
        rows.append((*said, *counted, *spread))
    return {
        name: text_column([str(row[k]) for row in rows])
        if kind == "text"
        else np.array([row[k] for row in rows])
        for k, (name, kind) in enumerate(targets.KINDS.items())
    }


def grid_of() -> Columns:
    """P over start coverage and order strength."""
    cells = [(a, b) for a in grid.START_COVERAGE for b in grid.ORDER_STRENGTH]
    chance = np.array([1 / (1 + np.exp(-(6 * a + 12 * b - 3.2))) for a, b in cells]).round(3)
    return {
        "start_coverage": np.array([a for a, _ in cells]),
        "order_strength": np.array([b for _, b in cells]),
        "probability": chance,
        "runs": np.full(len(cells), 40),
        "probability_low": np.clip(chance - 0.1, 0, 1),
        "probability_high": np.clip(chance + 0.1, 0, 1),
    }


def places_of(streets: dict[str, str], prefectures: int) -> Columns:
    """Names of prefectures (if any), districts and streets."""
    rows = [("prefecture", k, f"第{k + 1}市", f"Prefecture {k + 1}", -1) for k in range(prefectures)]
    count = len(streets)
    rows += [
        ("district", k, name, f"District {k + 1}", k * prefectures // count if prefectures else -1)
        for k, name in enumerate(streets)
    ]
    named = [(name, k) for k, names in enumerate(streets.values()) for name in names.split()]
    rows += [
        ("street", k, f"{name}街道", f"Street {k + 1}", district) for k, (name, district) in enumerate(named)
    ]
    level, index, zh, en, parent = zip(*rows, strict=True)
    return {
        "level": text_column(list(level)),
        "index": np.array(index),
        "name_zh": text_column(list(zh)),
        "name_en": text_column(list(en)),
        "parent": np.array(parent),
    }
