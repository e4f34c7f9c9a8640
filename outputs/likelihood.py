"""One scale of words for probabilities, in briefs and charts alike, and what an interval allows one to say.

The bounds are those of the IPCC's calibrated language (Mastrandrea et al. 2010); the classes are nested, and a word is
only used where the whole interval of the probability lies in its class. So a probability of 0.94 known to within 0.88
and 0.97 is called likely, not very likely, and one that may be 0.3 as well as 0.6 is called open.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ..model.text import Text


class Degree(NamedTuple):
    """A word of the scale, and the probabilities that it covers, both ends included."""

    name: str
    word: Text  # before a verb: 很可能（实现）, likely
    low: float
    high: float


ALMOST_CERTAIN = Degree("almost_certain", Text("几乎肯定", "virtually certain"), 0.99, 1.0)
VERY_LIKELY = Degree("very_likely", Text("很可能", "very likely"), 0.90, 1.0)
LIKELY = Degree("likely", Text("较有可能", "likely"), 0.66, 1.0)
EVEN = Degree("even", Text("可能与不可能各半", "about as likely as not"), 0.33, 0.66)
UNLIKELY = Degree("unlikely", Text("不大可能", "unlikely"), 0.0, 0.33)
VERY_UNLIKELY = Degree("very_unlikely", Text("很不可能", "very unlikely"), 0.0, 0.10)
ALMOST_IMPOSSIBLE = Degree("almost_impossible", Text("几乎不可能", "virtually impossible"), 0.0, 0.01)
OPEN = Degree("open", Text("尚不能判断", "open"), 0.0, 1.0)
# the strongest first: the first that holds the whole interval is the word
SCALE = (ALMOST_CERTAIN, ALMOST_IMPOSSIBLE, VERY_LIKELY, VERY_UNLIKELY, LIKELY, UNLIKELY, EVEN)


def degree(low: float, high: float) -> Degree:
    """The strongest word that holds for every probability from `low` to `high`; OPEN where none does."""
    if math.isnan(low) or math.isnan(high):
        return OPEN
    return next((one for one in SCALE if one.low <= low and high <= one.high), OPEN)


def favourable(one: Degree) -> bool:
    """Whether the word says that it will probably happen."""
    return one in (ALMOST_CERTAIN, VERY_LIKELY, LIKELY)


def unfavourable(one: Degree) -> bool:
    """Whether the word says that it will probably not happen."""
    return one in (ALMOST_IMPOSSIBLE, VERY_UNLIKELY, UNLIKELY)


def scale_note(lang: str) -> str:
    """The scale in one sentence, for the foot of a brief or chart."""
    ranges = [(ALMOST_CERTAIN, "≥99"), (VERY_LIKELY, "≥90"), (LIKELY, "≥66"), (EVEN, "33–66"), (UNLIKELY, "≤33"),
              (VERY_UNLIKELY, "≤10"), (ALMOST_IMPOSSIBLE, "≤1")]  # fmt: skip
    zh = "、".join(f"“{one.word.zh}”{at.replace('–', '～')}%" for one, at in ranges)
    en = ", ".join(f'"{one.word.en}" {at} %' for one, at in ranges)
    return Text(
        f"可能性用语：{zh}；概率的整个区间都落在某一档内才用该档的词，否则写“{OPEN.word.zh}”。",
        f"Words for probabilities: {en}; a word is used only where the whole interval lies in its class, "
        f"else the answer is called {OPEN.word.en}.",
    ).of(lang)
