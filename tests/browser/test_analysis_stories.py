"""A researcher looks at a result otherwise, takes it along, and hears a page read aloud."""

from __future__ import annotations

import csv
import io
import re
import urllib.parse
import urllib.request

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.test_stories import PATIENCE, found, leaving, one, total


@pytest.fixture(params=["with JavaScript", "without"])
def either(request: pytest.FixtureRequest) -> Chrome:
    """Each browser in turn."""
    name = "browser" if request.param == "with JavaScript" else "plain_browser"
    chrome: Chrome = request.getfixturevalue(name)
    return chrome


def link(browser: Chrome, text: str) -> str:
    """Where a link under the result leads."""
    links = one(browser, ".result-links")
    return links.find_element(By.LINK_TEXT, text).get_attribute("href") or ""


def test_a_name_in_three_spellings_is_exported(either: Chrome, site: str) -> None:
    browser = either
    browser.get(f"{site}/search")
    one(browser, "#q").send_keys("person:Zelensky")
    leaving(browser, lambda: one(browser, ".ask button").click())
    count = total(browser)
    with urllib.request.urlopen(link(browser, "CSV"), timeout=60) as response:
        *rows, last = csv.DictReader(io.TextIOWrapper(response, "utf-8", newline=""))
    assert len(rows) == count > 3
    assert last["id"].startswith(f"# complete: {count} of {count} articles")
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == count
    with urllib.request.urlopen(link(browser, "JSON Lines"), timeout=60) as response:
        texts = response.read().decode()
    spellings = set(re.findall(r"\b(?:Zelens\w+|Selensk\w+|Зеленськ\w+|Зеленск\w+)", texts))
    assert len(spellings) >= 3, spellings


def test_the_coverage_of_two_places_in_a_month_is_compared(either: Chrome, site: str) -> None:
    browser = either
    questions = ["place:Ukraine", "place:Israel"]
    browser.get(f"{site}/timeline")
    for box, question in zip(found(browser, ".questions input"), questions, strict=False):
        box.send_keys(question)
    leaving(browser, lambda: one(browser, ".questions button").click())
    one(browser, ".numbers summary").click()
    heads = [cell.text for cell in found(browser, ".numbers thead th")]
    assert heads == ["Month", *questions, "Collected"]
    row = max(
        found(browser, ".numbers tbody tr"),
        key=lambda one: int(one.find_elements(By.TAG_NAME, "td")[0].text.split()[0]),
    )
    month = row.find_element(By.TAG_NAME, "th").text
    cells = [cell.text for cell in row.find_elements(By.TAG_NAME, "td")]
    counts = [int(cell.split()[0]) for cell in cells]
    assert counts[0] > 0
    assert counts[-1] >= max(counts[:-1])

    label = f"{month}: {counts[0]} of {counts[-1]} collected"
    bar = next(
        bar
        for bar in found(browser, ".strand:first-of-type svg.chart a")
        if (bar.get_attribute("aria-label") or "").startswith(label)
    )
    browser.get(urllib.parse.urljoin(site, bar.get_dom_attribute("href") or ""))
    assert total(browser) == counts[0]
    assert month in one(browser, ".chips").text

    browser.get(link(browser, "Coverage"))
    assert one(browser, ".analysis-head h1").text == "Coverage"
    assert int(found(browser, ".grid .all td.sum")[0].text) >= counts[0]


def test_from_a_result_to_its_words_and_back(either: Chrome, site: str) -> None:
    browser = either
    browser.get(f"{site}/search?q=ceasefire&date_from=2024")
    everything = total(browser)
    leaving(browser, lambda: browser.get(link(browser, "Concordance")))
    WebDriverWait(browser, PATIENCE).until(lambda _: found(browser, ".kwic tbody tr"))
    assert all(cell.text.lower() == "ceasefire" for cell in found(browser, ".kwic mark"))
    leaving(browser, lambda: browser.find_element(By.LINK_TEXT, "Words after").click())
    after = [cell.text.lower() for cell in found(browser, ".kwic td.k3")]
    words = [re.findall(r"[^\W_]+", text)[:1] for text in after]
    assert words == sorted(words)
    leaving(browser, lambda: one(browser, ".results-head p a").click())
    assert total(browser) == everything


def test_an_article_read_aloud(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire&collapse=family")
    leaving(browser, one(browser, ".hit h2 a").click)
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    spoken = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]
    roles = [role for role, _ in spoken]
    assert {"banner", "main", "article", "navigation", "complementary", "contentinfo"} <= {*roles}
    headings = [name for role, name in spoken if role == "heading"]
    title = one(browser, "h1").text
    assert headings[0] == title
    assert {"Cite", "Provenance"} <= {*headings}
    assert roles.index("main") < roles.index("article") < roles.index("complementary")
    assert any(role == "button" and name == "Next match" for role, name in spoken)
    boxes = [name for role, name in spoken if role == "checkbox"]
    assert boxes
    for role, name in spoken:
        if role in {"button", "link", "checkbox", "combobox", "searchbox", "textbox", "heading"}:
            assert name, f"a {role} without a name"


def test_a_line_of_the_concordance_opens_the_article_at_that_match(
    either: Chrome, site: str
) -> None:
    browser = either
    browser.get(f"{site}/concordance?q=ceasefire&order=left")
    lines = browser.find_elements(By.CSS_SELECTOR, ".kwic td.k2 a")
    line = next(one for one in lines if not (one.get_attribute("href") or "").endswith("#hit-1"))
    match = line.text
    leaving(browser, line.click)
    aim = one(browser, ":target")
    assert aim.text == match
    place = browser.execute_script("return arguments[0].getBoundingClientRect().top", aim)
    assert 0 <= place < browser.execute_script("return innerHeight")


def test_months_of_coverage_begin_with_the_latest_and_it_is_said(
    browser: Chrome, site: str
) -> None:
    browser.get(f"{site}/coverage")
    columns = browser.execute_script(
        "const box = document.querySelector('.grid');"
        "const {left, right} = box.getBoundingClientRect();"
        "const names = box.querySelector('.stub').getBoundingClientRect().right;"
        "return [...box.querySelectorAll('thead abbr')].map(column => {"
        "  const seen = column.parentElement.getBoundingClientRect();"
        "  return [column.title, seen.left >= names - 1 && seen.right <= right + 1] })"
    )
    (_, first_is_seen), *_, (_, last_is_seen) = columns
    assert (first_is_seen, last_is_seen) == (False, True)
    assert "earlier ones lie to the left" in one(browser, ".legend").text
