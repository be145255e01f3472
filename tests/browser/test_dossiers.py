"""Dossiers in a real browser: picked by keyboard, noted on, ordered; and without JavaScript.

Beside them standing questions, and tables of questions; and two people who work at once.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import Select, WebDriverWait

from corpus.home import Home
from search.dossiers.replay import load
from tests.browser.conftest import serving
from tests.browser.test_accessibility import COLORS, WHOLE, axe, dark, read_aloud, violations
from tests.browser.test_stories import PATIENCE, leaving, press

__all__ = ["axe"]  # a fixture, used by name

TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture(scope="module")
def kept(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Home]]:
    """A server over the bundled articles where dossiers can be changed."""
    folder = tmp_path_factory.mktemp("kept")
    home = Home(folder / "home")
    home.path.mkdir()
    for name in ("catalogue.sqlite", "index"):
        (home.path / name).symlink_to(demo_home.path / name)
    (folder / "token").write_text(TOKEN + "\n", encoding="utf-8")
    with serving(home, "--decisions-token-file", str(folder / "token")) as address:
        yield address, home


def _fill(browser: Chrome, **values: str) -> None:
    for name, text in values.items():
        field = browser.find_element(By.CSS_SELECTOR, f".keeping [name='{name}']")
        field.clear()
        field.send_keys(text)


def _accessible(browser: Chrome, axe: str) -> list[str]:
    found = [f"light: {one}" for one in violations(browser, axe, WHOLE)]
    dark(browser)
    found += [f"dark: {one}" for one in violations(browser, axe, COLORS)]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return found


def _all_open(browser: Chrome) -> None:
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.slow
def test_a_dossier_is_made_by_keyboard_and_worked_on(
    browser: Chrome, kept: tuple[str, Home], axe: str
) -> None:
    address, home = kept
    browser.get(f"{address}/search?q=ceasefire")
    for key in "jxjjx":
        press(browser, key)
    boxes = browser.find_elements(By.CSS_SELECTOR, ".tick input")
    assert [box.is_selected() for box in boxes[:4]] == [True, False, True, False]
    assert browser.find_element(By.CSS_SELECTOR, ".picked").text == "2 ticked"
    assert not _accessible(browser, axe)
    read_aloud(browser)
    _fill(browser, name="Ceasefires", who="Ada", token=TOKEN)
    submit = browser.find_element(By.CSS_SELECTOR, ".picking button")
    leaving(browser, lambda: submit.send_keys(Keys.ENTER))
    (dossier,) = load(home.dossiers).all()
    assert browser.current_url == f"{address}/dossiers/{dossier.dossier_id}"
    first, second = dossier.items

    browser.get(f"{address}/articles/{first}")
    browser.execute_script(
        "const p = document.querySelector('.body p').firstChild;"
        "getSelection().setBaseAndExtent(p, 0, p, Math.min(30, p.length))"
    )
    chosen = str(browser.execute_script("return getSelection().toString()")).strip()
    press(browser, "x")
    assert browser.switch_to.active_element.get_attribute("id") == "note"
    assert browser.find_element(By.ID, "words").get_attribute("value") == chosen
    browser.switch_to.active_element.send_keys("Who <b>says</b> so?")
    assert browser.find_element(By.ID, "token").get_attribute("value") == TOKEN  # in this tab
    assert not _accessible(browser, axe)
    leaving(browser, browser.find_element(By.CSS_SELECTOR, ".picking button").click)
    assert browser.find_element(By.CSS_SELECTOR, ".kept-passage p").text == chosen
    assert "Who <b>says</b> so?" in browser.find_element(By.CSS_SELECTOR, ".items").text

    _all_open(browser)
    assert not _accessible(browser, axe)
    read_aloud(browser)
    down = browser.find_element(By.CSS_SELECTOR, f"button[value='down:{first}']")
    leaving(browser, down.click)
    assert [
        one.get_attribute("id") for one in browser.find_elements(By.CSS_SELECTOR, ".items > li")
    ] == [
        f"a-{second}",
        f"a-{first}",
    ]
    for width in (320, 1280):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for path in ("/dossiers", f"/dossiers/{dossier.dossier_id}", "/search?q=ceasefire"):
            browser.get(address + path)
            _all_open(browser)
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.get(f"{address}/dossiers")
    assert not _accessible(browser, axe)
    assert browser.get_cookies() == []


def test_all_of_it_works_without_javascript(plain_browser: Chrome, kept: tuple[str, Home]) -> None:
    browser, (address, home) = plain_browser, kept
    browser.get(f"{address}/search?q=drone")
    browser.find_element(By.CSS_SELECTOR, ".picking summary").click()
    browser.find_element(By.CSS_SELECTOR, ".picking input[name=all]").click()
    total = browser.find_element(By.ID, "count").text.split()[0]
    _fill(browser, name="Drones", who="Bo", token=TOKEN)
    leaving(browser, browser.find_element(By.CSS_SELECTOR, ".picking button").click)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Drones"
    items = browser.find_elements(By.CSS_SELECTOR, ".items > li")
    assert len(items) == int(total)

    first = str(items[0].get_attribute("id")).removeprefix("a-")
    items[0].find_element(By.CSS_SELECTOR, "details:last-of-type summary").click()
    Select(browser.find_element(By.ID, f"state-{first}")).select_by_visible_text("checked")
    _fill(browser, who="Bo", token=TOKEN, **{f"tag-{first}": "photo"})
    leaving(browser, browser.find_element(By.CSS_SELECTOR, f"button[value='save:{first}']").click)
    assert "#photo" in browser.find_element(By.ID, f"a-{first}").text
    assert "checked" in browser.find_element(By.ID, f"a-{first}").text

    _fill(browser, who="Bo", token="wrong")
    undo = browser.find_element(By.CSS_SELECTOR, "button[value^='undo:']")
    leaving(browser, undo.click)
    assert "not the operator's token" in browser.find_element(By.TAG_NAME, "main").text
    (drones,) = [one for one in load(home.dossiers).all() if one.name == "Drones"]
    assert drones.items[first].tags == ["photo"]


def test_questions_are_asked_together_and_one_is_kept(
    browser: Chrome, kept: tuple[str, Home], axe: str
) -> None:
    address, _ = kept
    browser.get(f"{address}/batch")
    table = browser.find_element(By.ID, "table")
    table.send_keys('name,question\nقصف,ceasefire\n"<b>two</b>",drone\nbroken,(drone\n')
    browser.find_element(By.CSS_SELECTOR, "button[value=show]").send_keys(Keys.ENTER)
    rows_there = expected_conditions.presence_of_element_located((By.CSS_SELECTOR, "tbody tr"))
    WebDriverWait(browser, PATIENCE).until(rows_there)
    rows = browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert [row.find_element(By.TAG_NAME, "bdi").text for row in rows] == ["قصف", "<b>two</b>"]
    assert all(row.find_elements(By.CSS_SELECTOR, "li a") for row in rows)
    refused = browser.find_element(By.CSS_SELECTOR, "[aria-labelledby='refused']").text
    assert "line 4" in refused
    assert not _accessible(browser, axe)
    read_aloud(browser)
    metrics = {"width": 320, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    leaving(browser, rows[0].find_element(By.CSS_SELECTOR, "th a").click)
    keep = browser.find_element(By.CSS_SELECTOR, "a[href^='/watch?']")
    leaving(browser, lambda: keep.send_keys(Keys.ENTER))
    browser.find_element(By.NAME, "from_now").click()
    _fill(browser, name="Truces", who="Ada", token=TOKEN)
    leaving(browser, browser.find_element(By.CSS_SELECTOR, "button[value=keep]").click)
    leaving(browser, browser.find_element(By.LINK_TEXT, "Truces").click)
    came = browser.find_elements(By.CSS_SELECTOR, "ol.items li")
    assert came
    assert not _accessible(browser, axe)
    read_aloud(browser)
    leaving(browser, browser.find_element(By.CSS_SELECTOR, "button[value=seen]").click)
    browser.get(f"{address}/watch/news?name=Truces")
    assert "Nothing came" in browser.find_element(By.TAG_NAME, "main").text
    day = browser.find_element(By.ID, "since")
    day.send_keys("01012020")
    leaving(browser, lambda: day.send_keys(Keys.ENTER))
    assert "Taken in since 2020-01-01" in browser.find_element(By.CSS_SELECTOR, ".lead").text
    assert len(browser.find_elements(By.CSS_SELECTOR, "ol.items li")) == len(came)
    assert not browser.find_elements(By.CSS_SELECTOR, "button[value=seen]")
    assert not _accessible(browser, axe)
    metrics["width"] = 320
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _sent(address: str, body: dict[str, object]) -> list[str]:
    """Changes that the server acknowledged, by their ids."""
    asked = urllib.request.Request(
        f"{address}/api/v1/dossiers",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        told = json.load(answer)
    return [str(one) for one in told["changes"]]


def test_two_people_at_once_lose_nothing(kept: tuple[str, Home]) -> None:
    address, home = kept
    found = f"{address}/api/v1/search?{urlencode({'q': '', 'limit': 24})}"
    with urllib.request.urlopen(found) as answer:
        ids = [one["id"] for one in json.load(answer)["items"]]
    (dossier,) = _sent(address, {"who": "Ada", "changes": [{"action": "create", "name": "Both"}]})

    def adds(who: str) -> list[str]:
        acknowledged = []
        for number, article in enumerate(ids if who == "Ada" else reversed(ids)):
            add = {"action": "add", "dossier": dossier, "articles": [article]}
            note = {"action": "note", "dossier": dossier, "about": "", "text": f"{who} {number}"}
            acknowledged += _sent(address, {"who": who, "changes": [note]})
            if number % 2:
                acknowledged += _sent(address, {"who": who, "changes": [add]})
        return acknowledged

    with ThreadPoolExecutor(2) as people:
        acknowledged = [one for each in people.map(adds, ("Ada", "Boris")) for one in each]
    after = load(home.dossiers)
    assert {one.id for one in after.log} >= {*acknowledged}
    assert after.damaged == ()
    both = after.dossier("Both")
    assert {*both.items} == {*ids}
    for who in ("Ada", "Boris"):
        said = [note.text for note in both.notes() if note.who == who]
        assert said == [f"{who} {number}" for number in range(len(ids))]
