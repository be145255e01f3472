"""From finding to proving in a real browser: thirty articles, by keyboard, into other hands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from corpus.home import Home
from search.dossiers.replay import load
from search.output.evidence import signing
from tests.browser.conftest import serving
from tests.browser.test_accessibility import COLORS, WHOLE, axe, dark, violations
from tests.browser.test_dossiers import TOKEN, _fill
from tests.browser.test_stories import leaving, press, until

__all__ = ["axe"]  # a fixture, used by name
pytestmark = pytest.mark.slow
QUESTIONS = ("ceasefire", "drone -ceasefire", "minister -drone -ceasefire")
_PATIENCE = 60


@pytest.fixture
def kept(demo_home: Home, tmp_path: Path) -> Iterator[tuple[str, Home]]:
    """A server over the bundled articles with a key, where dossiers can be changed."""
    home = Home(tmp_path / "home")
    home.path.mkdir()
    for name in ("catalogue.sqlite", "index"):
        (home.path / name).symlink_to(demo_home.path / name)
    signing.make_key(home.key)
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")
    with serving(home, "--decisions-token-file", str(tmp_path / "token")) as address:
        yield address, home


def _enter(browser: Chrome, selector: str) -> None:
    """Presses a button or follows a link with the keyboard."""
    element = browser.find_element(By.CSS_SELECTOR, selector)
    leaving(browser, lambda: element.send_keys(Keys.ENTER))


def _gathered(browser: Chrome, address: str) -> None:
    """Ten articles of each of three questions, ticked with the keyboard, into one dossier."""
    for place, question in enumerate(QUESTIONS):
        browser.get(f"{address}/search")
        box = browser.find_element(By.ID, "q")
        box.send_keys(question)
        leaving(browser, partial(box.send_keys, Keys.ENTER))
        press(browser, *"jx" * 10)
        assert browser.find_element(By.CSS_SELECTOR, ".picked").text == "10 ticked"
        _fill(browser, who="Ada", token=TOKEN, **({} if place else {"name": "Proof"}))
        _enter(browser, ".picking button")


def _annotated(browser: Chrome, address: str, article: str) -> str:
    """The first words of an article as a passage with a note."""
    browser.get(f"{address}/articles/{article}")
    browser.execute_script(
        "const p = document.querySelector('.body p').firstChild;"
        "getSelection().setBaseAndExtent(p, 0, p, Math.min(30, p.length))"
    )
    chosen = str(browser.execute_script("return getSelection().toString()")).strip()
    press(browser, "x")
    browser.switch_to.active_element.send_keys("Who says so?")
    _enter(browser, ".picking button")
    return chosen


def _downloaded(browser: Chrome, folder: Path) -> Path:
    """The package that pressing the button brings."""
    folder.mkdir()
    behavior = {"behavior": "allow", "downloadPath": str(folder)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", behavior)
    _fill(browser, who="Ada", token=TOKEN)
    browser.find_element(By.CSS_SELECTOR, ".keeping button").send_keys(Keys.ENTER)
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if found := [*folder.glob("*.zip")]:
            return found[0]
        time.sleep(0.1)
    pytest.fail("no package came")


def _checked(bag: Path, script: Path | None = None) -> subprocess.CompletedProcess[str]:
    """As somebody without Dispatches does it, in a folder where none of it is.

    Args:
        script: a verifier of their own; that of the package without.
    """
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script or bag / "verify.py"), str(bag)],
        cwd=bag,
        capture_output=True,
        text=True,
        check=False,
    )


def _kinds(bag: Path) -> dict[str, Path]:
    """One file of each kind."""
    kinds: dict[str, Path] = {}
    for path in sorted(one for one in bag.rglob("*") if one.is_file()):
        name = re.sub(r"articles/[a-z2-7]{16}/", "", path.relative_to(bag).as_posix())
        kinds.setdefault(re.sub(r"[0-9a-f]{64}|/\d+/", "*", name), path)
    return kinds


def _each_kind_is_named(bag: Path, own: Path) -> None:
    """Changes one byte in one file of each kind, and has it named.

    Args:
        own: the verifier of who was handed the package.
    """
    kinds = _kinds(bag)
    assert {"verify.py", "signature.bin", "data/dossier.jsonl"} <= {*kinds}
    assert len(kinds) > 16, [*kinds]
    for kind, path in kinds.items():
        if kind == "signature.bin" and not shutil.which("openssl"):
            continue  # Python alone cannot check it, and says so
        content = path.read_bytes()
        place = len(content) // 2
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        told = _checked(bag, own)
        # Of the tag manifest its signature tells, or the file that the changed line speaks of.
        where = (
            r"\S+" if kind == "tagmanifest-sha256.txt" else re.escape(str(path.relative_to(bag)))
        )
        assert told.returncode == 1, kind
        assert re.search(rf"^{where}: ", told.stdout, re.MULTILINE), (kind, told.stdout)
        path.write_bytes(content)


def test_thirty_articles_from_three_questions_to_a_court(
    browser: Chrome, kept: tuple[str, Home], tmp_path: Path, axe: str
) -> None:
    address, home = kept
    _gathered(browser, address)
    (dossier,) = load(home.dossiers).all()
    assert len(dossier.items) == 30
    page = f"{address}/dossiers/{dossier.dossier_id}"
    assert browser.current_url == page
    first, second, *_ = dossier.items
    chosen = _annotated(browser, address, first)
    assert browser.find_element(By.CSS_SELECTOR, ".kept-passage p").text == chosen
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    _enter(browser, f"button[value='down:{first}']")
    (dossier,) = load(home.dossiers).all()
    assert [*dossier.items][:2] == [second, first]

    browser.get(page)
    _enter(browser, "a[href^='/search?dossier=']")
    assert browser.find_element(By.ID, "count").text == "30 articles"
    for name in ("timeline", "map"):
        browser.get(page)
        _enter(browser, f"a[href^='/{name}?dossier=']")
        assert "Proof" in browser.find_element(By.CSS_SELECTOR, ".chips").text
    browser.get(page)
    saved = browser.find_element(By.CSS_SELECTOR, "a[href$='report.html']").get_attribute("href")
    with urllib.request.urlopen(str(saved)) as answer:
        report = answer.read().decode()
    assert report.count('<li id="r') == 30
    assert chosen.split()[0] in report
    _enter(browser, "a[href$='/evidence']")
    assert "30 articles" in browser.find_element(By.CSS_SELECTOR, ".lead").text
    assert not violations(browser, axe, WHOLE)
    dark(browser)
    assert not violations(browser, axe, COLORS)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    package = _downloaded(browser, tmp_path / "downloads")

    elsewhere = tmp_path / "elsewhere"
    with zipfile.ZipFile(package) as opened:
        opened.extractall(elsewhere)
    bag = elsewhere / "evidence"
    told = _checked(bag)
    signature = "good" if shutil.which("openssl") else "unchecked"
    assert told.stdout.endswith(f"signature: {signature}\n"), told
    assert told.returncode == 0

    _each_kind_is_named(bag, Path(shutil.copy(bag / "verify.py", tmp_path / "verify.py")))
    assert _checked(bag).returncode == 0
    browser.get(f"file://{bag}/data/index.html")
    assert len(browser.find_elements(By.CSS_SELECTOR, "a[href^='articles/']")) >= 30
    browser.find_element(By.CSS_SELECTOR, "a[href^='articles/']").click()
    until(browser, lambda: "Taken in" in browser.find_element(By.TAG_NAME, "main").text)
