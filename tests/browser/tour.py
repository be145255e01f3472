"""Makes the pictures of `docs/tour.md` from the bundled articles: `make tour`.

Needs Chromium. The same articles and the same code give the same pages, so a picture that changed
is a page that changed.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from corpus.home import Home
from tests.browser.conftest import chromium, serving
from webui.server.cli import prepare_demo

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def _nothing(_browser: Chrome) -> None:
    """The page as it comes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        address: the page it begins at.
        act: what is done there before the picture is taken.
    """

    name: str
    address: str
    act: Callable[[Chrome], None] = _nothing
    width: int = 1280
    height: int = 900
    dark: bool = False
    language: str = "en"


def _click(*selectors: str) -> Callable[[Chrome], None]:
    def act(browser: Chrome) -> None:
        for selector in selectors:
            target = browser.find_element(By.CSS_SELECTOR, selector)
            browser.execute_script("arguments[0].click()", target)

    return act


def _reprinted(browser: Chrome) -> None:
    """Opens the first hit that several outlets ran."""
    hit = next(
        hit
        for hit in browser.find_elements(By.CSS_SELECTOR, ".hit")
        if "outlets ran this" in hit.text
    )
    browser.execute_script(
        "arguments[0].querySelector('.family summary').click(); arguments[0].scrollIntoView()", hit
    )


def _differences(browser: Chrome) -> None:
    _reprinted(browser)
    _click("details[open] a[href*='/against/']")(browser)


def _beside(browser: Chrome) -> None:
    """Opens the second hit beside the list, where there is room."""
    browser.execute_script("document.querySelectorAll('.hit h2 a')[1].click()")
    browser.find_element(By.CSS_SELECTOR, ".pane .body")


def _type(text: str) -> Callable[[Chrome], None]:
    def act(browser: Chrome) -> None:
        browser.find_element(By.ID, "q").send_keys(text)
        browser.find_element(By.CSS_SELECTOR, "[role=option]")

    return act


TOUR = (
    Picture("search", "/search?q=ceasefire"),
    Picture("type-ahead", "/search", _type("zelen"), height=520),
    Picture(
        "narrowed",
        "/search?q=ceasefire&date_from=2024&date_to=2024",
        _click("input[name=place]"),
    ),
    Picture("spellings", "/search?q=person:Zelensky", _click(".why summary"), height=820),
    Picture("article", "/search?q=grain", _click(".hit h2 a")),
    Picture("article-dark", "/search?q=drone", _click(".hit h2 a"), dark=True),
    Picture("family", "/search?q=ceasefire&limit=50", _reprinted, height=700),
    Picture("differences", "/search?q=ceasefire&limit=50", _differences),
    Picture(
        "name", "/search?q=person:Zelensky", _click(".hit h2 a", ".margin .tally a"), height=1000
    ),
    Picture("concordance", "/concordance?q=ceasefire&order=right", height=860),
    Picture("timeline", "/timeline?q=ceasefire&q=drone&q=sanctions", height=860),
    Picture("together", "/together", height=1080),
    Picture("coverage", "/coverage", height=860),
    Picture("nothing", "/search?q=ceasefire+zeppelin", height=700),
    Picture("wide", "/search?q=ceasefire", _beside, width=1660, height=860),
    Picture("map", "/map?q=ceasefire", height=860),
    Picture("quotes", "/quotes?q=ceasefire", height=760),
    Picture("cited", "/search?q=ceasefire+grain", _click(".cite button"), height=620),
    Picture("timeline-dark", "/timeline?q=ceasefire&q=drone&q=sanctions", height=860, dark=True),
    Picture("search-arabic", "/search?q=ceasefire", height=760, language="ar"),
    Picture("error", "/search?q=ceasefire+(grain+OR", height=420),
    Picture("phone", "/search?q=ceasefire", width=390, height=844),
    Picture("arabic", "/search?language=ar", _click(".hit h2 a"), width=390, height=844),
)


def take(browser: Chrome, site: str, picture: Picture) -> bytes:
    """One picture, as WebP."""
    feature = {"name": "prefers-color-scheme", "value": "dark" if picture.dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {
            "width": picture.width,
            "height": picture.height,
            "deviceScaleFactor": 1,
            "mobile": picture.width < 600,
        },
    )
    browser.implicitly_wait(10)
    headers = {"Accept-Language": picture.language}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": headers})
    browser.get(site + picture.address)
    picture.act(browser)
    options = {"format": "webp", "quality": 60}
    answer = browser.execute_cdp_cmd("Page.captureScreenshot", options)
    return base64.b64decode(answer["data"])


def main() -> None:
    """Takes the pictures named as arguments anew; without arguments, all of them."""
    chosen = [picture for picture in TOUR if picture.name in sys.argv[1:] or len(sys.argv) == 1]
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        prepare_demo(home)
        browser = chromium(scripts=True)
        try:
            with serving(home) as site:
                for picture in chosen:
                    content = take(browser, site, picture)
                    (PICTURES / f"{picture.name}.webp").write_bytes(content)
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
