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


def kinds(browser: Chrome, site: str) -> dict[str, str]:
    """Every kind of page, with an article and an entity that are there."""
    browser.get(f"{site}/search?q=ceasefire&collapse=family")
    article = browser.find_element(By.CSS_SELECTOR, ".hit h2 a").get_attribute("href") or ""
    browser.get(article)
    entity = browser.find_element(By.CSS_SELECTOR, ".margin .tally a").get_attribute("href") or ""
    pages = {name: site + path for name, path in PAGES.items()}
    return {**pages, "article": article, "entity": entity}


def test_every_kind_of_page_light_and_dark(browser: Chrome, site: str, axe: str) -> None:
    found = []
    for name, address in kinds(browser, site).items():
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.get(address)
        found += [f"{name}, light: {one}" for one in violations(browser, axe, WHOLE)]
        dark(browser)
        found += [f"{name}, dark: {one}" for one in violations(browser, axe, COLORS)]
    assert not found, "\n".join(found)
    elsewhere = [url for url in requested(browser) if not url.startswith((site, "data:,"))]
    assert not elsewhere


@pytest.mark.parametrize("width", [320, 768, 1280, 3840])
def test_no_page_is_wider_than_its_screen(browser: Chrome, site: str, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    addresses = kinds(browser, site)
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


def test_landmarks_and_names_for_a_screen_reader(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    spoken = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]
    roles = {role for role, _ in spoken}
    assert {"banner", "main", "search", "navigation", "complementary", "contentinfo"} <= roles
    assert any(role == "combobox" and name.startswith("Search") for role, name in spoken)
    assert any(role == "heading" and name.endswith("articles") for role, name in spoken)
    assert any(role == "link" and "collected" in name for role, name in spoken)
    for role, name in spoken:
        if role in {"button", "link", "checkbox", "combobox", "searchbox", "textbox"}:
            assert name, f"a {role} without a name"
