"""Twelve tasks of a historian, on real text, by keyboard alone, with and without JavaScript.

Each is done as a person would: by what the pages offer, from the box or the masthead. The last
four change the collection, and are done in both browsers between the same rebuilds.
"""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from corpus.home import Home
from tests.browser.conftest import serving
from tests.browser.real_text import write_pile
from tests.browser.test_reading import run, texts
from tests.browser.test_stories import found, leaving, one, press, total
from tests.conftest import BuiltOnce

pytestmark = [pytest.mark.slow, pytest.mark.shared]

TOKEN = "a-token-that-nobody-guesses"
_TAB_STOPS = """
const radios = (one) => [...document.getElementsByName(one.name)];
const isPassed = (one) => one.type === "radio"
  && one !== (radios(one).find((other) => other.checked) ?? radios(one)[0]);
const stops = [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && !isPassed(one)
    && one.checkVisibility({ visibilityProperty: true }));
return [stops.indexOf(document.activeElement), stops.indexOf(arguments[0])];
"""


@dataclass(frozen=True)
class Desk:
    """A server over real text, and its collection."""

    address: str
    home: Home


@pytest.fixture(scope="module")
def desk(shared_data: Path, built_once: BuiltOnce) -> Iterator[Desk]:
    def build(folder: Path) -> None:
        write_pile(shared_data, folder / "pile")
        run("add", str(folder / "pile"), "--home", str(folder / "home"))
        run("rebuild", "--home", str(folder / "home"))
        (folder / "token").write_text(TOKEN + "\n", encoding="utf-8")

    folder = built_once("desk", build)
    with serving(Home(folder / "home"), "--decisions-token-file", str(folder / "token")) as address:
        yield Desk(address, Home(folder / "home"))


@pytest.fixture(params=["with JavaScript", "without"])
def reader(request: pytest.FixtureRequest) -> Chrome:
    """Each browser in turn."""
    name = "browser" if request.param == "with JavaScript" else "plain_browser"
    chrome: Chrome = request.getfixturevalue(name)
    return chrome


def reach(browser: Chrome, target: WebElement) -> WebElement:
    """Presses Tab until something has the focus."""
    here, there = browser.execute_script(_TAB_STOPS, target)
    assert there >= 0, "nobody reaches this by Tab"
    steps = there - here
    tab = [Keys.TAB] if steps > 0 else [Keys.SHIFT, Keys.TAB, Keys.NULL]
    for _ in range(abs(steps)):
        press(browser, *tab)
    assert browser.switch_to.active_element == target
    return target


def follow(browser: Chrome, target: WebElement) -> None:
    """Goes where a link or a button leads, by Enter."""
    reach(browser, target)
    leaving(browser, lambda: press(browser, Keys.ENTER))


def link(browser: Chrome, text: str, within: str = "main") -> WebElement:
    return one(browser, within).find_element(By.PARTIAL_LINK_TEXT, text)


def ask(browser: Chrome, desk: Desk, query: str) -> None:
    """Types a question into the box of the first page."""
    browser.get(f"{desk.address}/search")
    reach(browser, one(browser, "#q"))
    press(browser, query)
    leaving(browser, lambda: press(browser, Keys.ENTER))


def fill(browser: Chrome, selector: str, text: str) -> None:
    field = one(browser, selector)
    if field.get_attribute("value") != text:  # who signs is remembered in the tab
        reach(browser, field)
        press(browser, text)


def sign(browser: Chrome, form: str) -> None:
    fill(browser, f"{form} [name=who]", "Ada")
    fill(browser, f"{form} [name=token]", TOKEN)


def days(browser: Chrome) -> list[str]:
    return [one.get_attribute("datetime") or "" for one in found(browser, ".hit .source time")]


def test_airstrikes_on_hospitals_in_gaza_since_2023(reader: Chrome, desk: Desk) -> None:
    ask(reader, desk, "airstrike hospital place:Gaza")
    everything = total(reader)
    reach(reader, one(reader, ".range [name=date_from]"))
    press(reader, "2023-11")
    leaving(reader, lambda: press(reader, Keys.ENTER))
    assert 2 < total(reader) < everything
    assert "since 1 November 2023" in one(reader, ".chips").text
    assert min(days(reader)) >= "2023-11"
    follow(reader, found(reader, ".hit h2 a")[0])
    text = one(reader, ".body").text.lower()
    assert "hospital" in text
    assert "strike" in text
    assert "Gaza" in texts(reader, ".margin [aria-labelledby=names-place] a")


def test_two_outlets_on_one_event(reader: Chrome, desk: Desk) -> None:
    ask(reader, desk, "chemical plant explosion Jiangsu")
    follow(reader, found(reader, ".hit h2 a")[0])
    event = one(reader, "#event")
    assert event.find_element(By.TAG_NAME, "h2").text == "One event, 2 reports"
    assert "47 / 62 dead" in event.text
    rows = [row.text for row in event.find_elements(By.CSS_SELECTOR, "tbody tr")]
    assert ["BBC News" in rows[0], "first report" in rows[0]] == [True, True]
    assert ["The Straits Times" in rows[1], "differs" in rows[1]] == [True, True]
    follow(reader, event.find_element(By.LINK_TEXT, "side by side"))
    assert texts(reader, ".beside th") == ["Older", "Newer"]
    older, newer = texts(reader, ".sides dd")
    assert ["BBC News" in older, "The Straits Times" in newer] == [True, True]


def test_who_somebody_is_in_which_roles_and_since_when(reader: Chrome, desk: Desk) -> None:
    ask(reader, desk, "person:Zelensky")
    articles = total(reader)
    follow(reader, found(reader, ".hit h2 a")[0])
    follow(reader, link(reader, "Volodymyr Zelenskyy", ".margin"))
    page = one(reader, "main").text
    assert f"in {articles} articles" in page
    first = re.search(r"First named (\d+ \w+ 2019) in Wikinews, last \d+ January 2025", page)
    assert first
    roles = texts(reader, "[aria-labelledby=roles-title] tbody tr")
    assert roles[0].startswith("Ukrainian President")
    assert "Zelensky" in texts(reader, "[aria-labelledby=names-title] a")
    follow(reader, link(reader, first[1], ".sheet"))
    assert first[1] in one(reader, ".source").text
    assert "Zelensk" in one(reader, ".body").text


def test_what_somebody_said(reader: Chrome, desk: Desk) -> None:
    reader.get(f"{desk.address}/search")
    follow(reader, link(reader, "Quotes", ".masthead nav"))
    follow(reader, link(reader, "Recep Tayyip Erdoğan", "[aria-labelledby=speakers-title]"))
    quotes = found(reader, ".quotes li")
    assert len(quotes) > 3
    assert all("Recep Tayyip Erdoğan" in quote.text for quote in quotes)
    said = quotes[0].find_element(By.CSS_SELECTOR, "blockquote a")
    words = said.text.strip("“”")
    follow(reader, said)
    place = one(reader, ".body p:target").text
    assert " ".join(words.split()[:5]) in " ".join(place.split())
    reader.back()
    address = link(reader, "All quotes as CSV").get_attribute("href") or ""
    with urllib.request.urlopen(address, timeout=60) as answer:
        *rows, last = csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline=""))
    assert len(rows) == len(quotes)
    assert "# complete" in next(iter(last.values()))


def test_the_earliest_report_without_its_reprints(reader: Chrome, desk: Desk) -> None:
    ask(reader, desk, "Ukraine missile attack")
    articles = total(reader)
    follow(reader, link(reader, "show one of each"))
    assert total(reader) == articles
    follow(reader, link(reader, "Oldest", ".orders"))
    assert len(found(reader, ".hit")) < articles
    assert days(reader) == sorted(days(reader))
    reprinted = next(hit for hit in found(reader, ".hit") if "ran this" in hit.text)
    reach(reader, reprinted.find_element(By.CSS_SELECTOR, ".family summary"))
    press(reader, Keys.ENTER)
    family = reprinted.find_elements(By.CSS_SELECTOR, ".family li")
    assert len(family) > 1
    assert "earliest" in family[0].text


def test_a_bibliography_of_chosen_hits(
    reader: Chrome, desk: Desk, request: pytest.FixtureRequest
) -> None:
    ask(reader, desk, "hospital Gaza")
    chosen = []
    for hit in found(reader, ".hit")[:3:2]:
        chosen.append(hit.find_element(By.CSS_SELECTOR, "h2").text)
        reach(reader, hit.find_element(By.CSS_SELECTOR, ".tick input"))
        press(reader, Keys.SPACE)
    if not found(reader, ".picking details[open]"):
        reach(reader, one(reader, ".picking summary"))
        press(reader, Keys.ENTER)
    fill(reader, ".picking [name=name]", f"Hospitals {request.node.callspec.id}")
    sign(reader, ".picking")
    follow(reader, one(reader, ".picking button"))
    assert texts(reader, ".items h2") == chosen
    for name, count in (("BibTeX", r"(?m)^@\w+\{"), ("RIS", r"(?m)^TY  - ")):
        with urllib.request.urlopen(link(reader, name).get_attribute("href") or "") as answer:
            assert len(re.findall(count, answer.read().decode())) == len(chosen)
    with urllib.request.urlopen(link(reader, "CSL-JSON").get_attribute("href") or "") as answer:
        listed = json.load(answer)
    assert [entry["title"] for entry in listed] == chosen


def test_where_it_is(reader: Chrome, desk: Desk) -> None:
    reader.get(f"{desk.address}/search")
    follow(reader, link(reader, "Map", ".masthead nav"))
    reach(reader, one(reader, "#q"))
    press(reader, "hospital")
    leaving(reader, lambda: press(reader, Keys.ENTER))
    rows = [row.text.split() for row in found(reader, ".figures tbody tr")]
    gaza = next(row for row in rows if row[0] == "Gaza")
    dots = [dot.get_attribute("aria-label") or "" for dot in found(reader, ".world a")]
    assert any(dot.startswith("Gaza: ") for dot in dots)
    dot = one(reader, ".world a:not([tabindex='-1'])")
    named = (dot.get_attribute("aria-label") or "").partition(":")[0]
    follow(reader, dot)
    assert named in one(reader, ".chips").text
    reader.back()
    follow(reader, link(reader, "Gaza", ".figures"))
    assert total(reader) == int(gaza[1])


@pytest.mark.parametrize("typed", ["Зеленський", "Zelenskiy", "Selenskyj"])
def test_a_transliterated_name(reader: Chrome, desk: Desk, typed: str) -> None:
    ask(reader, desk, f"person:{typed}")
    assert "was read as Volodymyr Zelenskyy" in one(reader, "main").text
    found_as_name = total(reader)
    written = {mark.text for mark in found(reader, ".hit mark")}
    assert {name.split()[-1] for name in written} & {"Zelensky", "Zelenskyy"}
    ask(reader, desk, "Zelensky")
    as_a_word = total(reader)
    follow(reader, link(reader, "show them"))
    assert as_a_word < total(reader) == found_as_name


def test_the_undated(reader: Chrome, desk: Desk) -> None:
    reader.get(f"{desk.address}/search")
    undated = link(reader, "undated", ".time")
    number = int(undated.text.split()[0])
    follow(reader, undated)
    assert total(reader) == number > 2
    assert {day.text for day in found(reader, ".hit .undated")} == {"undated"}
    assert not found(reader, "svg.chart a")
    follow(reader, found(reader, ".hit h2 a")[0])
    assert "The page does not say" in one(reader, ".provenance").text


def add(desk: Desk, folder: Path, name: str, text: str, *, day: str = "2025-02-01") -> None:
    """One more article, and a rebuild."""
    record = {"title": f"{name} reported", "date": day, "source": "The Ledger", "text": text}
    page = folder / f"{name}.jsonl"
    page.write_text(json.dumps(record) + "\n", encoding="utf-8")
    run("add", str(page), "--home", str(desk.home.path))
    run("rebuild", "--home", str(desk.home.path))


def test_what_is_new_since_the_last_look(
    browser: Chrome, plain_browser: Chrome, desk: Desk, tmp_path: Path
) -> None:
    both = {"Hospitals": browser, "Hospitals again": plain_browser}
    for name, reader in both.items():
        ask(reader, desk, "hospital Gaza")
        follow(reader, link(reader, "Keep this question", ".result-links"))
        fill(reader, "[name=name]", name)
        sign(reader, ".keeping")
        follow(reader, one(reader, ".keeping button"))
        follow(reader, link(reader, name))
        assert "Nothing came, changed or left" in one(reader, "main").text
    add(desk, tmp_path, "Convoy", "A convoy reached the hospital in Gaza City, doctors said there.")
    for name, reader in both.items():
        reader.get(f"{desk.address}/search")
        follow(reader, link(reader, "Watch", ".masthead nav"))
        follow(reader, next(a for a in found(reader, ".dossiers a") if a.text == name))
        assert "1 article came" in one(reader, "main").text
        assert texts(reader, ".items h3") == ["Convoy reported"]


def test_a_wrong_merge_is_corrected_and_the_correction_taken_back(
    browser: Chrome, plain_browser: Chrome, desk: Desk
) -> None:
    def decide(reader: Chrome, *, action: str, counts: str) -> None:
        ask(reader, desk, "person:Zelenskyy")
        follow(reader, found(reader, ".hit h2 a")[0])
        follow(reader, link(reader, "Volodymyr Zelenskyy", ".margin"))
        reach(reader, one(reader, ".deciding summary"))
        press(reader, Keys.ENTER)
        reach(reader, one(reader, "[name=action][value=merge]"))
        radios = [radio.get_attribute("value") for radio in found(reader, "[name=action]")]
        for _ in range(radios.index(action)):
            press(reader, Keys.ARROW_DOWN)
        assert one(reader, "[name=action]:checked").get_attribute("value") == action
        if action == "split":
            reach(reader, one(reader, "[name=split][value='Volodymyr Zelensky']"))
            press(reader, Keys.SPACE)
            fill(reader, "[name=split_label]", "Another Zelensky")
        sign(reader, ".deciding")
        follow(reader, one(reader, ".deciding button"))
        told = " ".join(one(reader, "#decisions").text.split())
        assert f"Not to be called Volodymyr Zelensky {counts} the next rebuild" in told
        run("rebuild", "--home", str(desk.home.path))

    ask(browser, desk, "person:Zelenskyy")
    whole = total(browser)
    decide(browser, action="split", counts="counts from")
    ask(plain_browser, desk, "Trump Zelensky call")
    follow(plain_browser, found(plain_browser, ".hit h2 a")[0])
    follow(plain_browser, link(plain_browser, "Another Zelensky", ".margin"))
    left = re.search(r"in (\d+) articles", one(plain_browser, ".lead").text)
    assert left
    assert 0 < int(left[1]) < whole
    decide(plain_browser, action="undo", counts="taken back, counts until")
    ask(plain_browser, desk, "person:Zelenskyy")
    assert total(plain_browser) == whole


def test_a_view_that_was_shared_opens_after_ten_rebuilds(
    browser: Chrome, plain_browser: Chrome, desk: Desk, tmp_path: Path
) -> None:
    addresses = {}
    for name, reader in (("person:Zelensky", browser), ("hospital Gaza", plain_browser)):
        ask(reader, desk, name)
        hits = total(reader)
        follow(reader, one(reader, ".cite button"))
        addresses[reader] = reader.current_url, hits, texts(reader, ".cited-list > li a")
        assert "Nothing has changed since" in one(reader, ".lead").text
    for number in range(10):
        add(desk, tmp_path, f"Quiet {number}", f"Night {number} at the river was quiet, they said.")
    for reader, (address, hits, titles) in addresses.items():
        reader.get(address)
        assert f"It found {hits} articles." in one(reader, ".lead").text
        assert "Nothing has changed since" in one(reader, ".lead").text
        assert texts(reader, ".cited-list > li a") == titles
        follow(reader, found(reader, ".cited-list > li a")[0])
        assert one(reader, "h1").text
        assert one(reader, ".body").text
