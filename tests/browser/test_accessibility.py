"""WCAG 2.2 AA by axe-core on every kind of page, light and dark; none wider than its screen."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.conftest import requested

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "search": "/search?q=ceasefire",
    "filtered": "/search?q=ceasefire&date_from=2023&date_to=2023&place_not=none",
    "nothing": "/search?q=zzzz+ceasefire",
    "error": "/search?q=drone+(strike",
    "facet": "/facets/person?q=ceasefire",
    "concordance": "/concordance?q=ceasefire&order=right",
    "timeline": "/timeline?q=ceasefire&q=drone",
    "together": "/together",
    "coverage": "/coverage",
    "languages": "/languages?q=ceasefire",
    "dossiers": "/dossiers",
    "watch": "/watch?q=ceasefire",
    "batch": "/batch",
    "docs": "/api/docs",
    "missing": "/nowhere",
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, of which only the file is used."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.submodule_search_locations
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


WHOLE = {"type": "tag", "values": TAGS}
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What a dark page can do otherwise than the same page light."""


def violations(browser: Chrome, axe: str, rules: dict[str, Any]) -> list[str]:
    browser.execute_script(axe)
    found: dict[str, Any] = browser.execute_async_script(
        "const [runOnly, done] = arguments;"
        "axe.run({runOnly}).then(done, e => done({error: `${e}`}))",
        rules,
    )
    assert "error" not in found, found
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def dark(browser: Chrome) -> None:
    feature = {"name": "prefers-color-scheme", "value": "dark"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def reached(browser: Chrome, site: str, name: str) -> str:
    """The address of a page of one kind: written down above, or reached as a reader would."""
    if name in PAGES:
        return site + PAGES[name]
    path, selector = REACHED[name]
    browser.get(site + path if path.startswith("/") else reached(browser, site, path))
    return browser.find_element(By.CSS_SELECTOR, selector).get_attribute("href") or ""


REACHED = {
    "article": ("/search?q=ceasefire&collapse=family", ".hit h2 a"),
    "entity": ("article", ".margin .tally a"),
    "compare": ("/search?q=ceasefire&collapse=family", ".family a[href*='/against/']"),
}
"""Kinds of pages without an address of their own: where they are linked, and by what."""


LONG = {"docs"}
"""What takes seconds to look through, and is for those who write scripts."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name in LONG else [])
        for name in (*PAGES, *REACHED)
    ],
)
def test_every_kind_of_page_light_and_dark(browser: Chrome, site: str, axe: str, name: str) -> None:
    address = reached(browser, site, name)
    browser.get(address)
    browser.set_script_timeout(240 if name in LONG else 30)
    found = [f"light: {one}" for one in violations(browser, axe, WHOLE)]
    dark(browser)
    found += [f"dark: {one}" for one in violations(browser, axe, COLORS)]
    assert not found, "\n".join(found)
    elsewhere = [url for url in requested(browser) if not url.startswith((site, "data:,"))]
    assert not elsewhere


@pytest.mark.parametrize(
    "width", [320, 1280, *(pytest.param(width, marks=pytest.mark.slow) for width in (768, 3840))]
)
def test_no_page_is_wider_than_its_screen(browser: Chrome, site: str, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    addresses = {name: reached(browser, site, name) for name in (*PAGES, *REACHED)}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for name, address in addresses.items():
        browser.get(address)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, name


def test_a_page_is_light_and_asks_for_three_things(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    sizes: list[list[Any]] = browser.execute_script(
        "return [...performance.getEntriesByType('navigation'),"
        " ...performance.getEntriesByType('resource')].map(e => [e.name, e.decodedBodySize])"
    )
    assert len(sizes) == 3
    assert sum(size for _, size in sizes) < 150_000


NAMED_ROLES = {"button", "link", "checkbox", "combobox", "searchbox", "textbox", "radio"}


def read_aloud(browser: Chrome) -> list[tuple[str, str]]:
    """Role and name of everything that a screen reader meets, in order; controls have names."""
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    spoken = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]
    for role, name in spoken:
        assert name or role not in NAMED_ROLES, f"a {role} without a name"
    return spoken


def test_a_search_page_read_aloud(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    spoken = read_aloud(browser)
    roles = {role for role, _ in spoken}
    assert {"banner", "main", "search", "navigation", "complementary", "contentinfo"} <= roles
    assert any(role == "combobox" and name.startswith("Search") for role, name in spoken)
    assert any(role == "heading" and name.endswith("articles") for role, name in spoken)
    assert any(role == "link" and "collected" in name for role, name in spoken)


def test_an_article_read_aloud(browser: Chrome, site: str) -> None:
    browser.get(reached(browser, site, "article"))
    title = browser.find_element(By.ID, "title").text
    spoken = read_aloud(browser)
    assert {"banner", "main", "article", "complementary", "contentinfo"} <= {r for r, _ in spoken}
    assert ("article", title) in spoken
    assert ("complementary", "Beside the text") in spoken
    assert ("group", "Mark names in the text") in spoken
    boxes = [name for role, name in spoken if role == "checkbox"]
    assert boxes
    assert set(boxes) <= {"People", "Organizations", "Places"}
    headings = [name for role, name in spoken if role == "heading"]
    assert headings[0] == title
    for heading in ("Cite", "Provenance", "Similar articles"):
        assert heading in headings
    steps = [name for role, name in spoken if role == "button"]
    assert {"Previous match", "Next match"} <= set(steps)
    assert any(role == "mark" for role, _ in spoken)
    order = [role for role, _ in spoken]
    assert order.index("banner") < order.index("article") < order.index("complementary")


MORE = {
    "map": "/map?q=ceasefire",
    "quotes": "/quotes?q=ceasefire",
    "form": "/ask",
    "places": "/facets/place",
}
"""Kinds of pages that have tests of their own in English."""
ENGLISH_ALONE = {"docs"}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*sorted({*PAGES} - ENGLISH_ALONE), *MORE, *REACHED])
def test_every_kind_of_page_from_right_to_left(
    browser: Chrome, site: str, axe: str, name: str
) -> None:
    address = site + MORE[name] if name in MORE else reached(browser, site, name)
    paper = {"width": 794, "height": 1123, "deviceScaleFactor": 1, "mobile": False}
    try:
        browser.execute_cdp_cmd("Network.enable", {})
        asked = {"headers": {"Accept-Language": "ar"}}
        browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", asked)
        browser.get(address)
        whole = browser.find_element(By.TAG_NAME, "html")
        assert (whole.get_attribute("lang"), whole.get_attribute("dir")) == ("ar", "rtl")
        found = violations(browser, axe, WHOLE)
        if name == "coverage":  # a cell that is scrolled half under the first column
            found = [one for one in found if not one.startswith("target-size")]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        found += [f"printed: {one}" for one in violations(browser, axe, COLORS)]
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", paper)
        printed = browser.execute_script("return document.documentElement.scrollWidth")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {}})
    assert not found, "\n".join(found)
    assert printed <= paper["width"]
