"""A researcher's afternoon, played in Chromium: by mouse, by keyboard alone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import requested

PATIENCE = 20


def total(browser: Chrome) -> int:
    said = browser.find_element(By.ID, "count").text
    match = re.match(r"([\d,]+) articles?", said)
    return int(match[1].replace(",", "")) if match else 0


def until(browser: Chrome, arrived: Callable[[], object]) -> None:
    """Waits for a page: a click returns before it is there, where the machine is busy."""
    WebDriverWait(browser, PATIENCE, ignored_exceptions=[Exception]).until(lambda _: arrived())


def leaving(browser: Chrome, act: Callable[[], object]) -> None:
    """Does something and waits until another page stands there."""
    before = browser.find_element(By.TAG_NAME, "html").id
    address = browser.current_url
    act()

    def arrived() -> bool:
        return (
            browser.current_url != address
            and browser.find_element(By.TAG_NAME, "html").id != before
            and bool(browser.find_elements(By.CSS_SELECTOR, ".colophon"))
        )

    until(browser, arrived)


def found(browser: Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def months_with_hits(browser: Chrome) -> list[WebElement]:
    return [
        bar
        for bar in found(browser, "svg.chart a")
        if re.search(r": [1-9]\d* of", bar.get_attribute("aria-label") or "")
    ]


def press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def test_by_mouse(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search")
    box = one(browser, "#q")
    box.send_keys("ceasefire")
    leaving(browser, lambda: one(browser, ".ask button").click())
    everything = total(browser)
    assert everything > 10

    people = [
        box.get_attribute("value") for box in found(browser, "[type=checkbox][name=person]")[:2]
    ]
    leaving(browser, found(browser, "[type=checkbox][name=person]")[0].click)
    with_first = total(browser)
    assert 0 < with_first < everything
    leaving(browser, one(browser, f"[type=checkbox][name=person][value='{people[1]}']").click)
    with_both = total(browser)
    assert with_first <= with_both < everything
    assert len(found(browser, "[type=checkbox][name=person]:checked")) == 2

    out = found(browser, "button[name=org_not]")[-1]
    ActionChains(browser).move_to_element(out).perform()
    leaving(browser, out.click)
    without = total(browser)
    assert 0 < without < with_both
    assert len(found(browser, ".chip")) == 3

    bar = months_with_hits(browser)[0]
    label = bar.get_attribute("aria-label") or ""
    leaving(browser, lambda: ActionChains(browser).move_to_element(bar).click().perform())
    assert total(browser) == int(re.findall(r": (\d+) of", label)[0])
    assert found(browser, "svg.chart a.chosen")
    assert label.split(":")[0] in one(browser, ".chips").text

    leaving(browser, one(browser, ".hit h2 a").click)
    marks = found(browser, ".body mark")
    assert marks
    assert all(mark.text.lower().startswith("ceasefire") for mark in marks)
    press(browser, "n")
    assert one(browser, "mark.current").text == marks[0].text
    assert f"match 1 of {len(marks)}" in one(browser, ".stepper").text
    assert all(address.startswith(site) for address in requested(browser) if address != "data:,")


def test_a_range_of_months_can_be_dragged(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    bars = found(browser, "svg.chart a .room")
    first, last = bars[3], bars[9]
    drag = ActionChains(browser).move_to_element(first).click_and_hold().move_to_element(last)
    leaving(browser, lambda: drag.release().perform())
    labels = [bar.get_attribute("data-start") or "" for bar in found(browser, "svg.chart a.chosen")]
    assert len(labels) == 7
    assert labels[0] in browser.current_url


def tab_to(browser: Chrome, selector: str, *, back: bool = False) -> WebElement:
    """Presses Tab until something that fits has the focus."""
    for _ in range(250):
        press(browser, *((Keys.SHIFT, Keys.TAB, Keys.NULL) if back else (Keys.TAB,)))
        active = browser.switch_to.active_element
        if browser.execute_script("return arguments[0].matches(arguments[1])", active, selector):
            return active
    raise AssertionError(f"Tab never reaches {selector}")


@pytest.mark.slow
def test_by_keyboard_alone(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search")
    press(browser, "/")
    press(browser, "ceasefire")
    leaving(browser, lambda: press(browser, Keys.ENTER))
    everything = total(browser)

    tab_to(browser, "[type=checkbox][name=person]")
    leaving(browser, lambda: press(browser, Keys.SPACE))
    assert one(browser, "[type=checkbox][name=person]:checked") == browser.switch_to.active_element
    tab_to(browser, "[type=checkbox][name=person]:not(:checked)")
    leaving(browser, lambda: press(browser, Keys.SPACE))
    chosen = total(browser)
    assert 0 < chosen < everything
    tab_to(browser, "[data-facet=org] li:last-child button[name=org_not]")
    leaving(browser, lambda: press(browser, Keys.ENTER))
    assert len(found(browser, ".chip")) == 3

    bar = tab_to(browser, "svg.chart a", back=True)
    press(browser, Keys.HOME)
    for _ in range(len(found(browser, "svg.chart a"))):
        bar = browser.switch_to.active_element
        if re.search(r": [1-9]\d* of", bar.get_attribute("aria-label") or ""):
            break
        press(browser, Keys.ARROW_RIGHT)
    leaving(browser, lambda: press(browser, Keys.ENTER))
    assert 0 < total(browser) <= chosen

    press(browser, "j")
    leaving(browser, lambda: press(browser, Keys.ENTER))
    press(browser, "n")
    assert one(browser, "mark.current").text.lower() == "ceasefire"
    press(browser, "?")
    assert "next match in the text" in one(browser, "dialog[open]").text
    press(browser, Keys.ESCAPE)
    assert not found(browser, "dialog[open]")


def test_without_javascript(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search")
    assert not found(browser, "html.js")
    one(browser, "#q").send_keys("ceasefire")
    leaving(browser, lambda: one(browser, ".ask button").click())
    everything = total(browser)

    for person in found(browser, "[type=checkbox][name=person]")[:2]:
        person.click()
    leaving(browser, one(browser, ".apply button").click)
    chosen = total(browser)
    assert 0 < chosen < everything
    assert len(found(browser, "[type=checkbox][name=person]:checked")) == 2
    out = found(browser, "button[name=org_not]")[-1]
    ActionChains(browser).move_to_element(out).perform()
    leaving(browser, out.click)
    assert 0 < total(browser) < chosen

    bar = months_with_hits(browser)[0]
    leaving(browser, lambda: ActionChains(browser).move_to_element(bar).click().perform())
    assert total(browser) > 0
    leaving(browser, one(browser, ".hit h2 a").click)
    assert found(browser, ".body mark")
    one(browser, ".steps a").click()
    until(browser, lambda: browser.current_url.endswith("#hit-1"))


def test_what_is_typed_ahead_becomes_a_name(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search")
    one(browser, "#q").send_keys("zelen")
    WebDriverWait(browser, PATIENCE).until(lambda _: found(browser, "[role=option]"))
    press(browser, Keys.ARROW_DOWN)
    assert one(browser, "#q").get_attribute("aria-activedescendant") == "suggestion-0"
    press(browser, Keys.ENTER)
    assert (one(browser, "#q").get_attribute("value") or "").startswith('person:"')
    leaving(browser, lambda: press(browser, Keys.ENTER))
    assert total(browser) > 0
    assert found(browser, ".passage mark")


@pytest.mark.parametrize("begun", ["person:puti", 'person:"vladimir put', '(drone) -person:"put'])
def test_a_name_begun_behind_its_field_is_finished(browser: Chrome, site: str, begun: str) -> None:
    browser.get(f"{site}/search")
    one(browser, "#q").send_keys(begun)
    WebDriverWait(browser, PATIENCE).until(lambda _: found(browser, "[role=option]"))
    assert {small.text.partition(" ")[0] for small in found(browser, "[role=option] small")} == {
        "person"
    }
    press(browser, Keys.ARROW_DOWN)
    press(browser, Keys.ENTER)
    before = begun.partition("person:")[0]
    assert one(browser, "#q").get_attribute("value") == f'{before}person:"Vladimir Putin" '


def test_a_facet_is_searched_inside(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search")
    inside = one(browser, "[data-facet=person] .find-in")
    inside.send_keys("zelen")
    WebDriverWait(browser, PATIENCE).until(
        lambda _: "found" in (one(browser, "[data-facet=person] [role=status]").text
                              or one(browser, "[data-facet=person] [role=status]")
                              .get_attribute("textContent") or "")
    )  # fmt: skip
    leaving(browser, one(browser, "[data-facet=person] input[type=checkbox]").click)
    assert "Zelensk" in one(browser, ".chips").text


def test_an_error_is_shown_where_it_is(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=drone (strike")
    assert one(browser, "[role=alert] em").text
    assert one(browser, "#q").get_attribute("aria-invalid") == "true"


def test_nothing_is_kept_in_the_browser(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    assert browser.get_cookies() == []
    assert browser.execute_script("return localStorage.length") == 0


def test_a_claim_is_traced_to_its_first_report(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=&collapse=family&limit=50")
    reprinted = next(
        hit for hit in found(browser, ".hit") if "outlets ran this" in hit.text
    ).find_element(By.CSS_SELECTOR, ".family")
    reprinted.find_element(By.TAG_NAME, "summary").click()
    reports = reprinted.find_elements(By.TAG_NAME, "li")
    assert len(reports) > 1
    assert "earliest" in reports[0].text
    days = [
        day.get_attribute("datetime") or ""
        for day in reprinted.find_elements(By.CSS_SELECTOR, "li time")
    ]
    assert days[0] == min(days)
    leaving(browser, reports[0].find_element(By.TAG_NAME, "a").click)

    family = one(browser, "#family")
    assert "outlets ran this" in family.text
    assert "this article" in family.find_elements(By.TAG_NAME, "li")[0].text
    leaving(browser, family.find_element(By.LINK_TEXT, "differences").click)
    assert found(browser, ".difference ins, .difference del")
    same = re.search(r"(\d+) % of the words are the same", one(browser, ".sheet").text)
    assert same
    assert int(same[1]) > 40


def test_a_name_is_found_in_all_its_spellings(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=person:Zelensky")
    spellings = {mark.text for mark in found(browser, ".passage mark, .hit h2 mark")}
    assert len({word for word in spellings if word.split()[-1].startswith("Zelensk")}) > 1
    assert "was read as Volodymyr Zelenskyy" in one(browser, ".aside-line").text
    one(browser, ".why summary").click()
    assert "by a name of the same" in one(browser, ".why").text
