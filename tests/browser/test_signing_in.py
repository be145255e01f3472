"""Signing in, in a real browser without JavaScript, and what other sites can make it do."""

from __future__ import annotations

import json
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
from selenium.webdriver.support.ui import WebDriverWait

from corpus.home import Home
from search.dossiers.replay import load
from tests.browser.conftest import chromium, serving
from tests.browser.test_accessibility import COLORS, WHOLE, axe, dark, violations
from tests.browser.test_stories import leaving, until
from webui.access import store
from webui.access.guard import Guard
from webui.access.people import People
from webui.access.roles import Role
from webui.app import create_app
from webui.collection import open_collection

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
    leaving(browser, browser.find_element(By.CSS_SELECTOR, "main form button").click)


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
        until(browser, lambda: "/dossiers/" in browser.current_url)
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
                until(browser, partial(_is_headed, browser, said))
        assert [one.name for one in load(home.dossiers).all()] == ["Bridge"]

        browser.get(f"{address}/search?q=drone")
        browser.find_element(By.CSS_SELECTOR, "form.person button").click()
        until(browser, lambda: browser.current_url == f"{address}/sign-in")
        browser.back()
        until(browser, lambda: "/sign-in?next=" in browser.current_url)
    finally:
        browser.quit()


def _is_headed(browser: Chrome, said: str) -> bool:
    return browser.find_element(By.TAG_NAME, "h1").text == said


_FORGER = """<!doctype html><title>begun</title><iframe name="hidden"></iframe><script>
const addresses = %s;
const types = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
const said = {form_key: "0".repeat(64), name: "Forged", who: "Anna", text: "Forged", q: "drone",
              token: "x", next: "/", language: "uk", action: "split", _method: "DELETE"};
const query = new URLSearchParams(said), json = JSON.stringify(said);
const sent = (address, options) =>
  fetch(address, {credentials: "include", ...options}).catch(() => 0);
async function forge() {
  for (const [method, address] of addresses) {
    for (const body of [query, json, new Blob([json], {type: "text/plain"}), new Uint8Array(9)])
      await sent(address, {method: "POST", mode: "no-cors", body});
    await sent(address, {method, mode: "cors", body: json,
                         headers: {"Content-Type": "application/json", "X-Form-Key": "0"}});
    await sent(`${address}?${query}`, {mode: "no-cors", headers: {"Accept": "text/html"}});
    new Image().src = `${address}?${query}`;
    navigator.sendBeacon(address, query);
    for (const enctype of types) {
      const form = Object.assign(document.createElement("form"),
                                 {method: "post", action: address, enctype, target: "hidden"});
      for (const [name, value] of Object.entries(said)) {
        const field = document.createElement("input");
        [field.name, field.value] = [name, value];
        form.append(field);
      }
      document.body.append(form);
      const loaded = new Promise((done) => {
        document.querySelector("iframe").addEventListener("load", done, {once: true});
        setTimeout(done, 2000);
      });
      form.submit();
      await loaded;
    }
  }
  document.title = "done";
}
forge();
</script>"""


def _changing(home: Home) -> list[tuple[str, str]]:
    """Method and path of everything that changes or makes something."""
    found = create_app(open_collection(home), people=Guard(home))
    urls = found.url_map.bind("localhost")
    return [
        (method, urls.build(rule.endpoint, dict.fromkeys(rule.arguments, "1"), method=method))
        for rule in found.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"})
    ]


def _kept(home: Home) -> dict[str, bytes]:
    """What people keep here, and who they are; not when they were last seen."""
    files = [*home.path.glob("*.jsonl"), *home.citations.rglob("*.*")]
    kept = {str(path): path.read_bytes() for path in files if path.is_file()}
    if home.people.exists():
        with store.reading(home.people) as database:
            kept["people"] = repr(People(database).all()).encode()
    return kept


def _forge(browser: Chrome, folder: Path, name: str, address: str, home: Home) -> None:
    """Has a page of another site try everything; says what of it was answered other than no."""
    targets = [(method, address + path) for method, path in _changing(home)]
    assert len(targets) > 15
    (folder / "forger.html").write_text(_FORGER % json.dumps(targets), encoding="utf-8")
    before = _kept(home)
    browser.get("about:blank")  # else what another process of the browser asks is not in its log
    _answers(browser, address)
    with _elsewhere(folder) as port:
        browser.get(f"http://{name}:{port}/forger.html")
        WebDriverWait(browser, 240).until(lambda page: page.title == "done")
    answers = _answers(browser, address)
    assert _kept(home) == before
    assert {path for method, path, _ in answers if method != "GET"} >= {one for _, one in targets}
    assert not [one for one in answers if one[0] not in {"GET", "OPTIONS"} and one[2] < 400]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_nothing_that_another_site_makes_a_browser_send_changes_anything(
    peopled: tuple[str, Home], tmp_path: Path, browser: Chrome, name: str
) -> None:
    """`localhost` is another site; 127.0.0.1 is the same on another port, and gets the cookie."""
    address, home = peopled
    _sign_in(browser, address)
    _forge(browser, tmp_path, name, address, home)
    browser.get(f"{address}/search?q=drone")
    assert browser.find_elements(By.CSS_SELECTOR, "form.person button"), "she was signed out"
    browser.delete_all_cookies()


def test_nor_does_it_where_nobody_signs_in(
    site: str, demo_home: Home, tmp_path: Path, browser: Chrome
) -> None:
    _forge(browser, tmp_path, "localhost", site, demo_home)


def _answers(browser: Chrome, address: str) -> list[tuple[str, str, int]]:
    """Method, address and status of all that was asked of a server since the log was read."""
    log = browser.get_log("performance")  # type: ignore[no-untyped-call]  # selenium has no type here
    asked: dict[str, tuple[str, str]] = {}
    answered: list[tuple[str, int]] = []
    for message in (json.loads(entry["message"])["message"] for entry in log):
        told = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            request = told["request"]
            asked.setdefault(
                told["requestId"], (request["method"], request["url"].partition("?")[0])
            )
        elif message["method"] == "Network.responseReceivedExtraInfo":  # what was blocked, too
            answered.append((told["requestId"], int(told["statusCode"])))
    return [
        (*asked[one], status)
        for one, status in answered
        if one in asked and asked[one][1].startswith(address)
    ]


def test_pages_for_people_who_sign_in_are_accessible(
    browser: Chrome, peopled: tuple[str, Home], axe: str
) -> None:
    address, _ = peopled
    browser.get(f"{address}/sign-in")
    browser.find_element(By.ID, "name").send_keys("Anna")
    browser.find_element(By.ID, "password").send_keys("no idea at all")
    browser.find_element(By.CSS_SELECTOR, "main form button").click()
    until(browser, lambda: "nobody with this name" in browser.find_element(By.ID, "told").text)
    found = violations(browser, axe, WHOLE)
    _sign_in(browser, address)
    for path in ("/search?q=drone", "/dossiers", "/sign-in"):
        browser.get(address + path)
        found += violations(browser, axe, WHOLE)
        dark(browser)
        found += violations(browser, axe, COLORS)
    assert not found, "\n".join(found)
    browser.delete_all_cookies()
