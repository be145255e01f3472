"""A real server over the bundled articles, and a real Chromium in front of it.

The server runs once for all tests, as `dispatches serve` would; so does each browser, because
starting one takes seconds. Where there is no Chromium the tests skip, saying so.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from corpus.home import Home

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(home: Home, *more: str, ready: str = "/readyz") -> Iterator[str]:
    """`dispatches serve` on a free port, with more options perhaps; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from webui.cli import main; main()", "serve"]
    options = ["--home", str(home.path), "--port", str(port), "--workers", "2"]
    server = subprocess.Popen([*command, *options, *more], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}{ready}", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert server.poll() is None, f"the server ended with {server.returncode}"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"nothing answers on {address}")


@pytest.fixture(scope="session")
def site(demo_home: Home) -> Iterator[str]:
    """Address of a server over the bundled articles."""
    with serving(demo_home) as address:
        yield address


def chromium(*, scripts: bool) -> webdriver.Chrome:
    """Starts a browser, or skips."""
    if not CHROMIUM or not DRIVER:
        pytest.skip("needs chromium and chromedriver, which are not on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",  # the tests may run as root
        "--disable-dev-shm-usage",
        "--window-size=1280,1000",
        "--hide-scrollbars",
        "--disable-gpu",  # there is none, and one in software costs more than drawing without
        "--disable-background-networking",
        "--disable-extensions",
        "--force-prefers-reduced-motion",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.add_experimental_option("perfLoggingPrefs", {"enablePage": False})
    if not scripts:
        setting = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", setting)
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="session")
def _scripted() -> Iterator[webdriver.Chrome]:
    driver = chromium(scripts=True)
    yield driver
    driver.quit()


@pytest.fixture
def browser(_scripted: webdriver.Chrome) -> webdriver.Chrome:
    """Chromium, with nothing left over from the test before."""
    _scripted.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    _scripted.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    _scripted.get("about:blank")
    requested(_scripted)
    return _scripted


@pytest.fixture(scope="session")
def plain_browser() -> Iterator[webdriver.Chrome]:
    """Chromium with JavaScript off."""
    driver = chromium(scripts=False)
    yield driver
    driver.quit()


def requested(driver: webdriver.Chrome) -> list[str]:
    """Every address that pages asked for since the last call."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]  # type: ignore[no-untyped-call]  # selenium has no type here
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
