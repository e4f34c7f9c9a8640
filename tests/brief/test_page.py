"""The HTML brief: one file, nothing from outside, all words in order; and how a browser without a network shows it."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from miaopu.outputs.brief.document import Document, Figure, lines, plain
from miaopu.outputs.brief.page import write_page
from miaopu.tests.brief.made_document import LANGUAGES, MARKUP, first_missing, made_document, squeezed
from miaopu.tests.brief.opened import Page, page_of
from miaopu.tests.browser import browser, dom, printed, screenshot

Made = tuple[Document, Path]


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp(f"page-{request.param}")
    document = made_document(request.param, folder)
    write_page(document, folder / "brief.html")
    return document, folder / "brief.html"


def test_all_words_are_there_once_and_in_order(made: Made) -> None:
    document, path = made
    assert squeezed("".join(page_of(path).words)) == squeezed("".join(lines(document)))


def test_nothing_comes_from_outside_and_nothing_runs(made: Made) -> None:
    page = page_of(made[1])
    for tag, attributes in page.elements:
        assert tag not in {"script", "link", "iframe", "object", "embed", "form", "base", "a"}
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "xlink:href", "action", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
    html = made[1].read_text(encoding="utf-8")
    meant = re.findall(r"url\(\s*[\"']?(.)", html)
    assert meant and set(meant) <= {"d", "#"} and html.count("url(\"data:") == meant.count("d")
    assert "@import" not in html
    (policy,) = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert policy is not None and policy.startswith("default-src 'none'") and "script-src" not in policy


def test_headings_tables_and_figures_mean_what_they_are(made: Made) -> None:
    document, path = made
    page = page_of(path)
    assert [attributes["lang"] for attributes in page.all("html")] == ["zh-CN" if document.lang == "zh" else "en-GB"]
    assert (len(page.all("h1")), len(page.all("h2")), len(page.all("h3"))) == (1, 4, 1)
    assert len(page.all("table")) == len(page.all("caption")) == len(page.all("thead")) == 3
    assert all(head.get("scope") in {"col", "row"} for head in page.all("th"))
    assert len(page.all("figcaption")) == len(page.all("svg")) == 3
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    assert [(one["role"], one["aria-label"]) for one in page.all("svg")] == [("img", one.alt) for one in figures]


def test_names_inside_drawings_never_meet(made: Made) -> None:
    page = page_of(made[1])
    names = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(names) == len(set(names)) > 30
    meant = {(attributes.get("href") or "") for _, attributes in page.elements if attributes.get("href")}
    meant |= {f"#{name}" for _, one in page.elements for value in one.values() for name in
              re.findall(r"url\(#([^)]+)\)", value or "")}  # fmt: skip
    local = {name[1:] for name in meant if name.startswith("#")}
    assert local and local <= set(names)
    assert len(page.all("style")) == 1  # a drawing's own style sheet would hold for the page


def test_the_font_within_has_every_letter_of_the_text_and_few_more(made: Made) -> None:
    document, path = made
    said = "".join(lines(document))
    html = path.read_text(encoding="utf-8")
    fonts = re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", html)
    assert len(fonts) == 2
    for font in fonts:
        letters = set(map(chr, TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()))
        assert set(said) - {"\n"} <= letters
        assert len(letters) < len(set(said)) + 60
    assert len(html) < 600_000


def test_equal_documents_give_equal_bytes(made: Made, tmp_path: Path) -> None:
    document, path = made
    write_page(document, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == path.read_bytes()


def test_a_page_that_cannot_be_made_leaves_the_old_one(made: Made, tmp_path: Path) -> None:
    (tmp_path / "brief.html").write_text("kept", encoding="utf-8")
    lost = Figure("lost", "", "", tmp_path / "lost.png", tmp_path / "lost.svg")
    with pytest.raises(FileNotFoundError):
        write_page(replace(made[0], blocks=(plain("x"), lost)), tmp_path / "brief.html")
    assert (tmp_path / "brief.html").read_text(encoding="utf-8") == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]


PROBE = """<script>
document.fonts.ready.then(() => {
  const box = one => { const at = one.getBoundingClientRect(); return [at.width, at.height]; };
  const told = {
    fonts: [...document.fonts].map(one => one.status),
    fetched: performance.getEntriesByType("resource").map(one => one.name),
    width: document.documentElement.scrollWidth, window: innerWidth,
    svg: [...document.querySelectorAll("svg")].map(box),
    images: [...document.querySelectorAll("svg image")].map(box),
    text: getComputedStyle(document.querySelector("p.body")).fontSize,
  };
  parent.postMessage(JSON.stringify(told), "*");
});
</script></body>"""


OUTER = """<!DOCTYPE html><iframe src="inner.html" style="border: 0; width: {width}px; height: 800px"></iframe>
<pre id="told"></pre><script>addEventListener("message", said => told.textContent = said.data)</script>"""


def _probed(path: Path, out: Path, width: int) -> dict[str, Any]:
    """What a copy of the page, which may run one script, tells of itself in a window of `width` pixels.

    Within a page of its own, because a headless browser has no window as narrow as a phone.
    """
    html = path.read_text(encoding="utf-8").replace("</body>", PROBE)
    html = html.replace("default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'")
    (out / "inner.html").write_text(html, encoding="utf-8")
    (out / "outer.html").write_text(OUTER.format(width=width), encoding="utf-8")
    told = re.search(r'<pre id="told">(.*?)</pre>', dom(out / "outer.html", 1400), re.S)
    assert told is not None and told[1]
    return json.loads(unescape(told[1]))


@pytest.mark.slow
def test_a_browser_without_a_network_shows_the_same_words(made: Made) -> None:
    document, path = made
    seen = Page(dom(path))
    assert first_missing(lines(document), "".join(seen.words)) is None
    assert squeezed(MARKUP) in squeezed("".join(seen.words))


@pytest.mark.slow
@pytest.mark.parametrize("width", [1200, 390])
def test_a_browser_loads_the_font_fetches_nothing_and_fits_the_page(made: Made, tmp_path: Path, width: int) -> None:
    told = _probed(made[1], tmp_path, width)
    assert told["fonts"] == ["loaded", "loaded"] and all(url.startswith("data:") for url in told["fetched"])
    assert told["width"] <= told["window"] == width  # no scrolling sideways but within tables and charts
    assert len(told["svg"]) == 3 and all(w > 400 and h > 200 for w, h in told["svg"])
    assert len(told["images"]) == 3 and all(w > 100 and h > 50 for w, h in told["images"])
    assert float(told["text"].removesuffix("px")) >= 15


@pytest.mark.slow
def test_a_browser_draws_the_page_and_prints_it_on_a4(made: Made, tmp_path: Path) -> None:
    document, path = made
    shown = np.asarray(Image.open(screenshot(path, tmp_path / "page.png", 1200, 3000)).convert("L"))
    assert shown.shape == (3000, 1200) and 0.02 < (shown < 200).mean() < 0.6
    with pypdfium2.PdfDocument(printed(path, tmp_path / "page.pdf")) as opened:
        assert 4 <= len(opened) <= 10
        assert opened[0].get_size() == pytest.approx((595.3, 841.9), abs=1.5)
        text = "".join(page.get_textpage().get_text_range() for page in opened)
    assert squeezed(document.title) in squeezed(text) and "㮾梨" in squeezed(text)


def test_a_machine_without_a_browser_skips_unless_one_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("MIAOPU_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser here"):
        browser()
    monkeypatch.setenv("MIAOPU_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match="no browser here"):
        browser()
