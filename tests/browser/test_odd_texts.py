"""Words, outlets and addresses longer than a line, scripts from right to left: what collections
hold and no sample has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from corpus.home import Home
from tests.browser.conftest import serving
from tests.conftest import BuiltOnce
from webui.cli import main

pytestmark = pytest.mark.slow

LONG = "Truppenbewegungsbeobachtungsstelle" * 4
ODD = (
    {
        "title": LONG,
        "text": f"{LONG} reported shelling near Kharkiv, and {LONG} did not.",
        "outlet": LONG,
        "url": "https://news.example/" + "a-path-that-goes-on-" * 20,
        "date": "1907-03",
    },
    {
        "title": "هدنة في غزة بعد أسابيع من القصف",
        "text": "قالت الأمم المتحدة إن الهدنة بدأت. shelling stopped, Reuters reported.",
        "outlet": "صحيفة الشرق",
        "date": "2025-01-19",
    },
)


@pytest.fixture(scope="module")
def odd(built_once: BuiltOnce) -> Iterator[str]:
    """A server over odd articles."""

    def build(folder: Path) -> None:
        folder.mkdir()
        dump, home = folder / "odd.jsonl", str(folder / "home")
        dump.write_text("\n".join(map(json.dumps, ODD)), encoding="utf-8")
        for command in (["add", str(dump)], ["rebuild"]):
            result = CliRunner().invoke(main, [*command, "--home", home], catch_exceptions=False)
            assert result.exit_code == 0, result.output

    with serving(Home(built_once("odd", build) / "home")) as address:
        yield address


def article(browser: Chrome, odd: str, outlet: str) -> str:
    """Address of the article of an outlet, as the search links it."""
    browser.get(f"{odd}/search?q=shelling")
    (hit,) = (hit for hit in browser.find_elements(By.CSS_SELECTOR, ".hit") if outlet in hit.text)
    return hit.find_element(By.CSS_SELECTOR, "h2 a").get_attribute("href") or ""


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_longer_than_a_line_is_broken(browser: Chrome, odd: str, width: int) -> None:
    paths = ("search?q=shelling", "concordance?q=shelling", "timeline", "coverage", "facets/outlet")
    addresses = [article(browser, odd, LONG), *(f"{odd}/{path}" for path in paths)]
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for address in addresses:
        browser.get(address)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, address


def test_arabic_begins_at_the_right_and_its_citation_at_the_left(browser: Chrome, odd: str) -> None:
    browser.get(article(browser, odd, "صحيفة"))
    directions = {
        selector: browser.execute_script(
            "return getComputedStyle(document.querySelector(arguments[0])).direction", selector
        )
        for selector in ("h1", ".body p", ".citations dd")
    }
    assert directions == {"h1": "rtl", ".body p": "rtl", ".citations dd": "ltr"}


def test_a_century_of_coverage_begins_with_its_latest_years(browser: Chrome, odd: str) -> None:
    browser.get(f"{odd}/coverage")
    shown = browser.execute_script(
        "const box = document.querySelector('.grid').getBoundingClientRect();"
        "return [...document.querySelectorAll('.grid thead abbr')].filter(year => {"
        "  const {left, right} = year.getBoundingClientRect();"
        "  return left >= box.left && right <= box.right }).map(year => year.textContent)"
    )
    assert "2025" in shown
    assert "1907" not in shown


def test_no_page_breaks_its_own_seal(browser: Chrome, odd: str) -> None:
    browser.get_log("browser")  # type: ignore[no-untyped-call]  # selenium has no type here
    for path in ("search?q=shelling", "coverage", "api/docs"):
        browser.get(f"{odd}/{path}")
        assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # as above
