"""The site of these pages: is every page in it, and can it be read and searched with no network?"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.browser.conftest import chromium
from tests.conftest import ROOT
from tests.docs.test_pages import PAGES

pytestmark = pytest.mark.slow

_LOADED = re.compile(
    r'<(?:script|img|iframe|source)\b[^>]*?\ssrc="([^"]*)"|<link\b[^>]*?\shref="([^"]*)"'
)
_IN_STYLES = re.compile(r"""url\(['"]?([^'")]*)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("sphinx") is None:
        pytest.skip("needs Sphinx, which `make docs` installs")
    folder = tmp_path_factory.mktemp("site")
    options = ("--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", "docs")
    command = [sys.executable, "-m", "sphinx", *options, "--builder", "html", ".", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_site(site: Path) -> None:
    for page in PAGES:
        assert (site / page.relative_to(ROOT).with_suffix(".html")).is_file(), page


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = 0
    for page in site.rglob("*.html"):
        for found in _LOADED.findall(page.read_text(encoding="utf-8")):
            address = "".join(found)
            assert urljoin("file:///site/", address).startswith(("file:", "data:")), (page, address)
            loaded += 1
    for style in site.rglob("*.css"):
        for address in _IN_STYLES.findall(style.read_text(encoding="utf-8")):
            assert urljoin("file:///site/", address).startswith(("file:", "data:", "#")), style
    assert loaded > 100


def test_it_is_searched_as_files_without_a_server(site: Path) -> None:
    browser = chromium(scripts=True)
    try:
        browser.implicitly_wait(20)
        browser.get(f"{(site / 'search.html').as_uri()}?q=telegram+channel")
        found = browser.find_element("css selector", "ul.search a")
        assert (found.get_attribute("href") or "").startswith("file://")
        titles = {
            one.text for one in browser.find_elements("css selector", "ul.search a") if one.text
        }
        assert any("Recipes" in title or "Telegram" in title for title in titles), titles
    finally:
        browser.quit()
