"""Signing in, in a real browser without JavaScript, and what other sites can make it do."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from corpus.home import Home
from search.dossiers.replay import load
from tests.browser.conftest import chromium, serving
from tests.browser.test_accessibility import COLORS, WHOLE, axe, dark, violations
from webui.access import store
from webui.access.people import People
from webui.access.roles import Role

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.slow
__all__ = ["axe"]  # a fixture


@pytest.fixture(scope="module")
def peopled(
    demo_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Home]]:
    """Address and home of a server to which Anna may sign in."""
    home = Home(tmp_path_factory.mktemp("peopled") / "home")
    shutil.copytree(demo_home.path, home.path)
    with store.writing(home.people, new=True) as database:
        People(database).add("Anna", Role.DECIDER, PASSWORD)
    with serving(home, ready="/healthz") as address:
        yield address, home


def _sign_in(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/search?q=drone")
    browser.find_element(By.ID, "name").send_keys("Anna")
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "main form button").click()


@contextmanager
def _elsewhere(folder: Path) -> Iterator[int]:
    """A site of somebody else: a port of this machine, under both of its names."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_signing_in_keeping_something_and_signing_out(
    peopled: tuple[str, Home], tmp_path: Path
) -> None:
    address, home = peopled
    browser = chromium(scripts=False)
    try:
        _sign_in(browser, address)
        assert browser.current_url == f"{address}/search?q=drone"
        browser.get(f"{address}/dossiers")
        browser.find_element(By.ID, "name").send_keys("Bridge")
        browser.find_element(By.CSS_SELECTOR, "form.keeping > p > button").click()
        assert [(one.name, one.who) for one in load(home.dossiers).all()] == [("Bridge", "Anna")]

        forged = (
            f'<form method="post" action="{address}/dossiers">'
            '<input name="name" value="Forged"><button>Win</button></form>'
        )
        (tmp_path / "forged.html").write_text(forged, encoding="utf-8")
        with _elsewhere(tmp_path) as port:
            for name, said in (("127.0.0.1", "Forbidden"), ("localhost", "Unauthorized")):
                # the same site on another port is sent the cookie, another site is not
                browser.get(f"http://{name}:{port}/forged.html")
                browser.find_element(By.TAG_NAME, "button").click()
                assert browser.find_element(By.TAG_NAME, "h1").text == said
        assert [one.name for one in load(home.dossiers).all()] == ["Bridge"]

        browser.get(f"{address}/search?q=drone")
        browser.find_element(By.CSS_SELECTOR, "form.person button").click()
        assert browser.current_url == f"{address}/sign-in"
        browser.back()
        assert "/sign-in?next=" in browser.current_url
    finally:
        browser.quit()


def test_pages_for_people_who_sign_in_are_accessible(
    browser: Chrome, peopled: tuple[str, Home], axe: str
) -> None:
    address, _ = peopled
    browser.get(f"{address}/sign-in")
    browser.find_element(By.ID, "name").send_keys("Anna")
    browser.find_element(By.ID, "password").send_keys("no idea at all")
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    assert "nobody with this name" in browser.find_element(By.ID, "told").text
    found = violations(browser, axe, WHOLE)
    _sign_in(browser, address)
    for path in ("/search?q=drone", "/dossiers", "/sign-in"):
        browser.get(address + path)
        found += violations(browser, axe, WHOLE)
        dark(browser)
        found += violations(browser, axe, COLORS)
    assert not found, "\n".join(found)
    browser.delete_all_cookies()
