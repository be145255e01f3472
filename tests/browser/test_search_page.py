"""What a search page offers, tried out by readers; most of their browsers run no scripts."""

from __future__ import annotations

import re

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.test_stories import found, leaving, one, total, until


def follow(browser: Chrome, text: str, within: str = "main") -> None:
    leaving(browser, one(browser, within).find_element(By.PARTIAL_LINK_TEXT, text).click)


def number(text: str) -> int:
    match = re.search(r"[\d,]+", text)
    assert match, text
    return int(match[0].replace(",", ""))


def test_a_slip_of_the_pen_is_put_right(plain_browser: Chrome, site: str) -> None:
    plain_browser.get(f"{site}/search?q=cesefire")
    assert one(plain_browser, "#count").text == "Nothing found"
    follow(plain_browser, "ceasefire")
    assert total(plain_browser) > 10


def test_nothing_found_says_which_part_to_leave_out(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?q=ceasefire+zzzz&date_from=2023&date_to=2023")
    assert "Without zzzz, which no article has" in one(browser, ".nothing").text
    promised = one(browser, ".nothing li a")
    articles = number(promised.text)
    leaving(browser, promised.click)
    assert total(browser) == articles


def test_any_becomes_all(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?q=ceasefire")
    for box in found(browser, "input[type=checkbox][name=place]")[:2]:
        box.click()
    leaving(browser, one(browser, ".apply button").click)
    any_of_them = total(browser)
    follow(browser, "all of them")
    assert len(found(browser, "input[name=place_all]:checked")) == 2
    assert 0 < total(browser) < any_of_them
    assert len(found(browser, ".chip.chip-all")) == 2
    follow(browser, "Any of these")
    assert total(browser) == any_of_them


@pytest.mark.slow
def test_every_value_of_a_facet_by_pages(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search")
    link = one(browser, "[data-facet=place] .more a")
    everything = number(link.text)
    leaving(browser, link.click)
    seen = []
    while True:
        seen += [value.get_attribute("href") for value in found(browser, ".values a")]
        following = found(browser, ".paging [rel=next]")
        if not following:
            break
        leaving(browser, following[0].click)
    assert len(set(seen)) == len(seen) == everything
    one(browser, "#facet_q").send_keys("kyi")
    leaving(browser, one(browser, ".find button").click)
    articles = number(one(browser, ".values li data").text)
    leaving(browser, one(browser, ".values a").click)
    assert total(browser) == articles
    assert len(found(browser, ".chip")) == 1


def test_the_undated_are_a_bucket_of_their_own(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search")
    everything = total(browser)
    undated = number(browser.find_element(By.PARTIAL_LINK_TEXT, "undated").text)
    follow(browser, "undated")
    assert total(browser) == undated
    assert {day.text for day in found(browser, ".hit .undated")} == {"undated"}
    (chip,) = found(browser, ".chip")
    leaving(browser, chip.click)
    assert total(browser) == everything


def test_more_hits_on_a_page(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?q=ceasefire")
    assert len(found(browser, ".hit")) == 10
    follow(browser, "25", ".limits")
    assert len(found(browser, ".hit")) == 25
    titles = [title.text for title in found(browser, ".hit h2")]
    follow(browser, "Next page")
    later = [title.text for title in found(browser, ".hit h2")]
    assert len(titles) + len(later) == total(browser)
    assert not found(browser, ".paging [rel=next]")


def test_a_family_is_one_hit_or_all_of_its_reports(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?q=ceasefire&limit=100")
    articles = number(found(browser, "#count")[0].text)
    (families,) = (
        number(line.text) for line in found(browser, ".results-head > p") if "famil" in line.text
    )
    assert len(found(browser, ".hit")) == articles
    follow(browser, "show one of each")
    assert len(found(browser, ".hit")) == families < articles
    follow(browser, "show each report")
    assert len(found(browser, ".hit")) == articles


def test_zooming_from_years_to_days_and_out_again(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?date_from=2023&date_to=2023")
    year = total(browser)
    assert one(browser, "svg.chart").get_attribute("aria-label") == "Articles by month"
    month = next(
        bar
        for bar in found(browser, "svg.chart a.chosen")
        if re.search(r": [1-9]\d* of", bar.get_attribute("aria-label") or "")
    )
    browser.get(f"{site}{month.get_dom_attribute('href')}")
    assert one(browser, "svg.chart").get_attribute("aria-label") == "Articles by day"
    assert 0 < total(browser) <= year
    day = next(
        bar
        for bar in found(browser, "svg.chart a.chosen")
        if re.search(r": [1-9]\d* of", bar.get_attribute("aria-label") or "")
    )
    browser.get(f"{site}{day.get_dom_attribute('href')}")
    label = one(browser, "svg.chart a.chosen").get_attribute("aria-label") or ""
    assert total(browser) == number(label.partition(": ")[2])
    steps = "nav[aria-label='Wider ranges']"
    narrow = total(browser)
    follow(browser, "2023", steps)
    assert narrow <= total(browser) == year
    follow(browser, "All dates", steps)
    assert "date_from" not in browser.current_url


def test_why_a_hit_matched(plain_browser: Chrome, site: str) -> None:
    browser = plain_browser
    browser.get(f"{site}/search?q=accepting")
    why = one(browser, ".why")
    why.find_element(By.TAG_NAME, "summary").click()
    assert "accepting by another form of the word" in why.text


def test_back_from_a_choice_shows_the_page_without_it(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/search?q=ceasefire")
    leaving(browser, lambda: one(browser, ".facet input[type=checkbox]").click())
    assert [box.is_selected() for box in found(browser, ".facet input:checked")] == [True]

    leaving(browser, browser.back)

    assert found(browser, ".chip") == []
    assert found(browser, ".facet input:checked") == []


def screen(browser: Chrome, width: int, height: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def on_screen(browser: Chrome, selector: str, height: int) -> int:
    """How many of something begin on the first screen, a headline with it."""
    return sum(
        element.rect["y"] + element.rect["height"] <= height for element in found(browser, selector)
    )


def test_how_many_hits_a_first_screen_shows(browser: Chrome, site: str) -> None:
    for width, height, hits in ((1366, 768, 3), (1920, 1080, 5), (390, 844, 1)):
        screen(browser, width, height)
        browser.get(f"{site}/search?q=drone")
        assert on_screen(browser, ".hit h2", height) >= hits, (width, height)


def test_on_a_wide_screen_the_chosen_article_stands_beside_the_list(
    browser: Chrome, site: str
) -> None:
    screen(browser, 1700, 1000)
    browser.get(f"{site}/search?q=drone")
    here = browser.current_url
    titles = [link.text for link in found(browser, ".hit h2 a")]
    found(browser, ".hit h2 a")[1].click()

    def stands_beside(title: str) -> None:
        asked = "return document.querySelector('.pane h2')?.textContent"
        until(browser, lambda: browser.execute_script(asked) == title)

    stands_beside(titles[1])
    assert "drone" in one(browser, ".pane .body mark").text.lower()
    assert one(browser, ".hit.current h2").text == titles[1]
    until(browser, lambda: browser.current_url.startswith(f"{here}#"))
    browser.refresh()
    stands_beside(titles[1])
    one(browser, "[aria-label='Next hit']").click()
    stands_beside(titles[2])
    one(browser, "[aria-label='Previous hit']").click()
    stands_beside(titles[1])
    one(browser, ".pane").send_keys(Keys.ESCAPE)
    assert not one(browser, ".pane").is_displayed()
    assert browser.switch_to.active_element.text == titles[1]
    until(browser, lambda: browser.current_url == here)


def test_what_was_asked_is_kept_only_if_that_is_switched_on(browser: Chrome, site: str) -> None:
    def kept() -> list[str]:
        asked: list[str] = browser.execute_script("return Object.keys(localStorage)")
        return asked

    def switch() -> None:
        browser.find_element(By.XPATH, "//label[contains(., 'Keep what I ask')]/input").click()

    def before() -> list[str]:
        links = found(browser, ".asked a")
        return [link.get_attribute("textContent") or "" for link in links]

    browser.get(f"{site}/search?q=drone")
    assert kept() == []
    switch()
    assert before() == ["drone"]
    browser.get(f"{site}/search?q=ceasefire&date_from=2024")
    browser.get(f"{site}/search?q=drone&cursor=")
    browser.get(f"{site}/search")
    assert before() == ["drone", "ceasefire · since 1 January 2024"]
    one(browser, ".asked summary").click()
    leaving(browser, found(browser, ".asked a")[1].click)
    assert "q=ceasefire" in browser.current_url
    assert found(browser, ".chip")
    one(browser, ".asked summary").click()
    one(browser, ".asked button").click()
    assert before() == []
    switch()
    assert kept() == []


def test_elsewhere_a_hit_leads_to_its_page(
    browser: Chrome, plain_browser: Chrome, site: str
) -> None:
    screen(browser, 1366, 768)
    screen(plain_browser, 1700, 1000)
    for one_of in (browser, plain_browser):
        one_of.get(f"{site}/search?q=drone")
        leaving(one_of, found(one_of, ".hit h2 a")[0].click)
        assert "/articles/" in one_of.current_url
    plain_browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
