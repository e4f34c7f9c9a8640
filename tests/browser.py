"""A headless browser with no network, for tests that open a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = "MIAOPU_BROWSER"  # "required": a machine without a browser fails the tests instead of skipping them
WITHOUT = "no browser here (chromium, chromium-browser or google-chrome): the HTML brief was not opened in one"
OFFLINE = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


def browser() -> str:
    """The browser of this machine. Skips the test where there is none, fails it where one is required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        required = os.environ.get(REQUIRED) == "required"
        (pytest.fail if required else pytest.skip)(WITHOUT)
    assert found is not None
    return found


def _run(page: Path, *flags: str) -> str:
    with tempfile.TemporaryDirectory(prefix="miaopu-browser-", ignore_cleanup_errors=True) as profile:
        command = [browser(), *OFFLINE, f"--user-data-dir={profile}", *flags, page.as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def dom(page: Path, width: int = 1200, height: int = 900) -> str:
    """What the browser makes of a page, as HTML, after its scripts have run."""
    return _run(page, f"--window-size={width},{height}", "--virtual-time-budget=4000", "--dump-dom")


def screenshot(page: Path, out: Path, width: int = 1200, height: int = 900) -> Path:
    """A picture of the page."""
    _run(page, f"--window-size={width},{height}", f"--screenshot={out}")
    return out


def printed(page: Path, out: Path) -> Path:
    """The page as the browser prints it, a PDF."""
    _run(page, "--no-pdf-header-footer", f"--print-to-pdf={out}")
    return out
