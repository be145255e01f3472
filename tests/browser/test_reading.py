"""An article read in a real browser: its versions, its doubts, its marks, what people decided."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from corpus.home import Home
from indexer.entities.authority.record import Authority
from tests.browser.conftest import serving
from tests.browser.test_accessibility import WHOLE, axe, dark, read_aloud, violations
from tests.browser.test_stories import leaving, press
from tests.conftest import BuiltOnce
from webui.cli import main

__all__ = ["axe"]  # a fixture, used by name

TOKEN = "a-token-that-nobody-guesses"
PAGE = """<!doctype html><html lang="en"><head><title>Dam at Oster breached</title>
<link rel="canonical" href="https://ledger.example/oster-dam">
<meta property="article:published_time" content="{date}"></head><body><article>
<h1>Dam at Oster breached</h1>
<p>Water poured through the dam at Oster before dawn on Wednesday, and {villages} villages below it
were being emptied by boat, the governor of the district told reporters at the scene.</p>
<p>Marta Lindqvist, who runs the rescue teams, said that the gates had failed one by one and
that {blame}. Engineers of the power company had asked for repairs since the spring.</p>
<p>Roads to the south were closed, and trains were held back at the junction of Oster while
soldiers carried sandbags to the embankment by hand, as no trucks could reach it.</p>
</article></body></html>"""
LATER = f"{date.today().year + 2}-06-07T08:00:00Z"  # noqa: DTZ011  # any day to come will do
FIRST = PAGE.format(date=LATER, villages="eleven", blame="nobody could yet say why")
EDITED = PAGE.format(date=LATER, villages="fourteen", blame="an explosion had been heard")


def run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def edited(demo_home: Home, built_once: BuiltOnce) -> Iterator[tuple[str, Home]]:
    """A server over the bundled articles and a page that was saved again after it was edited."""

    def build(folder: Path) -> None:
        home, page = folder / "home", folder / "oster-dam.html"
        shutil.copytree(demo_home.path, home)
        for content in (FIRST, EDITED):
            page.write_text(content, encoding="utf-8")
            run("add", str(page), "--home", str(home))
        run("rebuild", "--home", str(home))
        (folder / "token").write_text(TOKEN + "\n", encoding="utf-8")

    folder = built_once("edited", build)
    home = Home(folder / "home")
    with serving(home, "--decisions-token-file", str(folder / "token")) as address:
        yield address, home


def texts(browser: Chrome, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def open_article(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/search?q=oster+lindqvist")
    link = browser.find_element(By.CSS_SELECTOR, ".hit h2 a")
    leaving(browser, link.click)


def test_two_versions_and_what_changed_between_them(
    browser: Chrome, edited: tuple[str, Home], axe: str
) -> None:
    open_article(browser, edited[0])
    assert "fourteen villages" in browser.find_element(By.CSS_SELECTOR, ".body").text
    versions = texts(browser, ".versions li")
    assert [version.startswith(f"Version {n}, collected") for n, version in enumerate(versions, 1)]
    assert len(versions) == 2
    assert "shown here" in versions[1]
    leaving(browser, browser.find_element(By.LINK_TEXT, "what changed").click)
    assert texts(browser, ".difference del") == ["eleven", "nobody could yet say why."]
    assert texts(browser, ".difference ins") == ["fourteen", "an explosion had been heard."]
    assert read_aloud(browser)
    assert not violations(browser, axe, WHOLE)


def test_doubts_are_told_in_plain_words(browser: Chrome, edited: tuple[str, Home]) -> None:
    open_article(browser, edited[0])
    (doubts,) = texts(browser, ".doubts")
    assert "dated after the day it was collected" in doubts
    assert "_" not in doubts


def decoration(element: WebElement) -> str:
    return element.value_of_css_property("text-decoration-line")


def test_marks_of_a_kind_are_switched_off_and_on(browser: Chrome, edited: tuple[str, Home]) -> None:
    open_article(browser, edited[0])
    person = browser.find_element(By.CSS_SELECTOR, ".body .person")
    assert decoration(person) == "underline"
    switch = browser.find_element(By.ID, "show-person")
    switch.click()
    assert decoration(person) == "none"
    switch.click()
    assert decoration(person) == "underline"


def test_stepping_goes_round_both_ways(browser: Chrome, edited: tuple[str, Home]) -> None:
    open_article(browser, edited[0])
    marks = [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, ".text mark[id]")]
    assert len(marks) > 2

    def said() -> str:
        return browser.find_element(By.CSS_SELECTOR, ".stepper [role=status]").text

    press(browser, "N")
    assert said() == f"match {len(marks)} of {len(marks)}"
    press(browser, "n")
    assert said() == f"match 1 of {len(marks)}"
    press(browser, "n")
    assert said() == f"match 2 of {len(marks)}"
    press(browser, "N")
    (current,) = texts(browser, "mark.current")
    assert current == marks[0]


@pytest.mark.slow
def test_a_name_is_corrected_in_the_browser(
    browser: Chrome, edited: tuple[str, Home], axe: str
) -> None:
    address, home = edited
    open_article(browser, address)
    leaving(browser, browser.find_element(By.LINK_TEXT, "Marta Lindqvist").click)
    assert "Nobody has decided anything" in browser.find_element(By.ID, "decisions").text
    browser.find_element(By.CSS_SELECTOR, ".deciding summary").click()
    assert not violations(browser, axe, WHOLE)
    dark(browser)
    assert not violations(browser, axe, WHOLE)
    browser.find_element(By.CSS_SELECTOR, "input[value=rename]").click()
    for name, text in (("rename", "M. Lindqvist"), ("who", "Ada"), ("token", TOKEN)):
        browser.find_element(By.CSS_SELECTOR, f"input[name={name}]:not([type=radio])").send_keys(
            text
        )
    leaving(browser, browser.find_element(By.CSS_SELECTOR, ".deciding button").click)
    told = browser.find_element(By.ID, "decisions").text
    assert "Shown as M. Lindqvist counts from the next rebuild" in told.replace("\n", " ")

    run("rebuild", "--home", str(home.path))
    browser.refresh()
    assert browser.find_element(By.TAG_NAME, "h1").text == "M. Lindqvist"
    told = browser.find_element(By.ID, "decisions").text
    assert "Ada" in told
    assert "counts from" not in told
    browser.find_element(By.CSS_SELECTOR, ".deciding summary").click()
    choice = Select(browser.find_element(By.CSS_SELECTOR, "select[name=undo]"))
    (made,) = Authority.load(home.decisions).standing
    assert choice.first_selected_option.get_attribute("value") == made.decision_id
    assert browser.get_cookies() == []
