"""How sure the answer is: what intervals cover, on how many runs they rest, and what they leave out."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ....model.text import Text
from ...tables import FEW_DRAWS, FEW_RUNS
from ...words import bracketed, percent, span
from ...words import chance as chance_words
from ..document import Paragraph
from ..findings import Chance, Findings
from .parts import called, listed, own, paragraph

FINE = 0.05  # half-width of an interval within which whole per cents mean something
WIDE = 0.10  # half-width above which an interval is called wide
STEP = 0.05  # what a probability is rounded to where they do not
FEW = Text(
    "本次推演次数偏少，以上判断仅供试算，不宜据以决策。",
    "This rests on few runs: a first look, not yet a basis for a decision.",
)


def half_width(chance: Chance) -> float:
    """Half the interval of a probability."""
    return (chance.high - chance.low) / 2


def about(chance: Chance, lang: str) -> str:
    """A probability no finer than its interval allows: 95%, else 约65%."""
    if math.isnan(chance.value) or chance.value in (0, 1) or half_width(chance) < FINE:
        return chance_words(chance.value, lang)
    rounded = round(chance.value / STEP) * STEP
    rounded = min(1 - STEP, max(STEP, rounded))
    return Text("约", "about ").of(lang) + percent(rounded, lang)


def sure(chance: Chance, lang: str) -> str:
    """95%，区间91%～98%: a probability with its interval, to stand in brackets."""
    between = span(chance_words(chance.low, lang), chance_words(chance.high, lang), lang)
    return about(chance, lang) + Text("，区间", ", interval ").of(lang) + between


def odds(chance: Chance, lang: str) -> str:
    """95%（91%～98%）: a probability with its interval in brackets, as tables write it."""
    between = span(chance_words(chance.low, lang), chance_words(chance.high, lang), lang)
    return "—" if math.isnan(chance.value) else bracketed(about(chance, lang), between, lang)


def few(findings: Findings) -> Chance | None:
    """The probability that rests on the fewest runs, where these are too few to say much."""
    chances = [target.chance for target in findings.targets]
    least = min(chances, key=lambda chance: (chance.draws, chance.runs), default=None)
    return least if least is not None and (least.draws < FEW_DRAWS or least.runs < FEW_RUNS) else None


def certainty(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """How sure the probabilities are, in one paragraph; empty where there are none."""
    if not findings.targets:
        return ()
    said = [
        _covered(findings, lang),
        *_sizes(findings, lang),
        _widths(findings, lang),
        *_wide(findings, lang),
        *_origin(findings, lang),
    ]
    return (paragraph(Text("", " ").of(lang).join(said)),)


def _covered(findings: Findings, lang: str) -> str:
    """What the intervals cover, and what they do not; methods that differ are named in one pair of brackets."""
    found: dict[str, list[str]] = {}
    for target in findings.targets:
        what, _, how = target.chance.covers.of(lang).partition("（" if lang == "zh" else " (")
        methods = found.setdefault(what, [])
        if how and how[:-1] not in methods:
            methods.append(how[:-1])
    between = Text("；", "; ").of(lang)
    parts = [
        what + (f"（{between.join(how)}）" if lang == "zh" else f" ({between.join(how)})") if how else what
        for what, how in found.items()
    ]
    said = between.join(parts)
    return Text(
        f"达标概率的区间：{said}；模型规则本身可能有的偏差不在其内。",
        f"Intervals of probabilities: {said}; that the model's rules may be wrong is not in them.",
    ).of(lang)


def _sizes(findings: Findings, lang: str) -> Iterator[str]:
    """How many runs there were, whether they are enough, and how many failed."""
    first = findings.targets[0].chance
    each = first.runs // max(1, first.draws)
    yield Text(
        f"结果依据{first.draws}组参数抽样、每组重复{each}次，共{first.runs}次推演。",
        f"They rest on {first.draws} parameter draws with {each} replicate{'s' if each != 1 else ''} each, "
        f"{first.runs:,} runs in all.",
    ).of(lang)
    if few(findings) is not None:
        yield Text(
            f"次数偏少（宜不少于{FEW_DRAWS}组、{FEW_RUNS}次），增加后再用于决策。",
            f"That is few: take at least {FEW_DRAWS} draws and {FEW_RUNS} runs before deciding anything.",
        ).of(lang)
    failed = sum(source.failed for source in findings.sources if source.kind == "forecast")
    if failed:
        runs = f"{failed} more run{'s' if failed > 1 else ''} failed and {'are' if failed > 1 else 'is'} left out."
        yield Text(f"另有{failed}次推演失败，未计入。", runs).of(lang)


def _widths(findings: Findings, lang: str) -> str:
    """How far the intervals reach."""
    halves = sorted(100 * half_width(target.chance) for target in findings.targets)
    least, most = (f"{math.ceil(round(half, 6))}" for half in (halves[0], halves[-1]))
    reach = least if least == most else span(least, most, lang)
    return Text(f"区间半宽{reach}个百分点。", f"They reach {reach} points to either side.").of(lang)


def _wide(findings: Findings, lang: str) -> Iterator[str]:
    """Which targets have intervals too wide to go by."""
    rows = own(findings.targets)
    names = list(dict.fromkeys(called(one, lang, False) for one in rows if half_width(one.chance) > WIDE))
    if names:
        points = round(100 * WIDE)
        yield Text(
            f"{listed(names, 'zh')}的区间较宽（半宽超过{points}个百分点），增加参数抽样可以收窄。",
            f"The interval for {listed(names, 'en')} is wide (more than {points} points to either side); more "
            "parameter draws would narrow it.",
        ).of(lang)


def _origin(findings: Findings, lang: str) -> Iterator[str]:
    """Where the parameters come from."""
    known = [source for source in findings.sources if source.kind in ("forecast", "compare")]
    if known:
        yield known[0].parameters.of(lang)
