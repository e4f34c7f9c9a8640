"""One look for all charts: sizes, colours with fixed meanings, titles, footers and marks of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..model.text import Text
from .fonts import FALLBACK, FAMILY, font_settings
from .likelihood import degree, favourable, unfavourable
from .words import wrap

if TYPE_CHECKING:
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

WIDTH = 170.0  # mm: the text of an A4 page
HALF_PAGE, FULL_PAGE = 112.0, 240.0  # mm high
MARGIN = 3.0  # mm
POINT = 25.4 / 72  # mm
DPI = 200

# Okabe and Ito's and Paul Tol's colours, told apart with any colour vision; steps also differ in lightness
REACHED, AT_RISK, MISSED = "#009E73", "#E69F00", "#D55E00"
PLAN, BASELINE = "#332288", "#777777"
NOMINAL, EFFECTIVE = "#0072B2", "#882255"
CAPABILITY = "#117733"
TOWN, COUNTRY = "#4477AA", "#8A6D1F"
PARTS = {
    "governance": "#332288",
    "service_capability": "#CC6677",
    "finance_capability": "#999933",
    "leadership": "#44AA99",
}
LADDER = {"groups": "#4FA3C7", "filed": "#2A7F8E", "registered": "#17505C"}
STAGES = {
    "class_filed": "#B08EC6",
    "nascent": "#9A72B5",
    "growing": "#7F51A0",
    "mature": "#5F3283",
    "brand_organizations": "#3D1260",
}
KINDS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#EE8866", "#44BB99", "#99DDFF")
REST = "#BBBBBB"
INK, SOFT, FAINT, AFTER = "#222222", "#555555", "#DDDDDD", "#F1EFEA"
COUNTED = {"nominal": NOMINAL, "effective": EFFECTIVE}

TITLE, SUBTITLE, TEXT, FOOT = 10.5, 8.5, 8.0, 6.5  # points
SPACING = 1.38  # from line to line, in sizes of the letters
BAND = Text(
    "实线为中位数，深、浅色带为全部推演的50%和90%范围，参数不确定性与随机性均计入。",
    "Line: median; dark and light bands: 50 % and 90 % of all runs, over parameters and chance.",
)


class Origin(Protocol):
    """Whatever knows where the numbers of a chart come from."""

    def origin(self, lang: str) -> list[str]:
        """Lines of the footer: what was run, how often, when, and with which version."""
        ...


def theme() -> dict[Any, Any]:
    """matplotlib's settings for every chart of the house."""
    return font_settings() | {
        "font.size": TEXT,
        "axes.titlesize": TEXT + 0.5,
        "axes.labelsize": TEXT,
        "legend.fontsize": TEXT,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.6,
        "axes.axisbelow": True,
        "grid.color": FAINT,
        "grid.linewidth": 0.5,
        "lines.linewidth": 1.6,
        "legend.frameon": False,
        "legend.handlelength": 1.4,
        "legend.columnspacing": 1.4,
        "patch.linewidth": 0.0,
        "ytick.alignment": "center",
        "legend.labelspacing": 0.35,
        "figure.facecolor": "white",
        "savefig.dpi": DPI,
        "figure.dpi": 100,
        "path.simplify": False,
        "text.hinting": "none",
    }


def verdict_colour(low: float, high: float) -> str:
    """The colour of a target by the word that the whole interval of its probability allows."""
    word = degree(low, high)
    return REACHED if favourable(word) else MISSED if unfavourable(word) else AT_RISK


def chances() -> Colormap:
    """The colours of a probability or a share, from 0 (nearly white) to 1 (dark blue)."""
    from matplotlib.colors import LinearSegmentedColormap

    steps = ["#F4F7FA", "#C9DDED", "#8DBBDC", "#4A90C2", "#1F6399", "#08345C"]
    return LinearSegmentedColormap.from_list("chances", steps)


def readable_on(share: float) -> str:
    """The colour of a letter that stands on `chances()(share)`."""
    return "white" if share > 0.58 else INK


def sheet(
    known: Origin,
    lang: str,
    title: str,
    subtitle: str,
    notes: list[str],
    height: float | None = None,
    content: float | None = None,
) -> Figure:
    """An empty figure with its title, subtitle and footer, and room for axes between them.

    Either the whole `height` is given or that of the `content` between title and footer, in mm. The footer
    tells the notes, then the scenario, the number of runs and where the numbers come from.
    """
    from matplotlib.figure import Figure

    width = WIDTH - 2 * MARGIN
    head = [(line, TITLE, INK, "bold") for line in broken(title, width, TITLE, "bold")]
    head += [(line, SUBTITLE, SOFT, "normal") for line in broken(subtitle, width, SUBTITLE)]
    foot = [line for said in [*notes, *known.origin(lang)] if said for line in broken(said, width, FOOT)]
    above = MARGIN + sum(size for _, size, *_ in head) * POINT * SPACING + 1.5
    below = MARGIN + len(foot) * FOOT * POINT * SPACING + 1.0
    height = above + below + (content or 0.0) if height is None else height
    figure = Figure(figsize=(WIDTH / 25.4, height / 25.4))
    at = height - MARGIN
    for line, size, colour, weight in head:
        at = _write(figure, at, line, size, colour, weight)
    at = below - 1.0
    for line in foot:
        at = _write(figure, at, line, FOOT, SOFT, "normal")
    box = (MARGIN / WIDTH, below / height, 1 - 2 * MARGIN / WIDTH, (height - above - below) / height)
    figure.set_layout_engine("constrained", rect=box, w_pad=0.02, h_pad=0.02, wspace=0.03)
    return figure


def settle(figure: Figure) -> None:
    """Lay the figure out for good, in round numbers: the solver's last digits differ from time to time."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, low, width, height = (round(edge, 6) for edge in axes.get_position(original=True).bounds)
        axes.set_position((left, low, width, height))


def broken(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """The text in lines no wider than `width` mm, for letters of `size` points."""
    return wrap(text, width, lambda line: breadth(line, size, weight))


def breadth(text: str, size: float, weight: str = "normal") -> float:
    """How wide a line of the house font is, in mm."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=[FAMILY, FALLBACK], size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] * POINT


def _write(figure: Figure, top: float, words: str, size: float, colour: str, weight: str) -> float:
    """Write one line below `top` (mm); returns where it ends."""
    line, height = size * POINT * SPACING, figure.get_figheight() * 25.4
    figure.text(
        MARGIN / WIDTH,
        (top - line / 2) / height,
        words,
        size=size,
        color=colour,
        weight=weight,
        va="center_baseline",
    )
    return top - line
