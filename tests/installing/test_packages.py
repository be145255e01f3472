"""Wheel and source distribution: are they the same from the same files, and whole?"""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.installing.conftest import built, copied, kept, outside
from tests.installing.serving import asked, serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("first")
    return built(copied(folder / "a"), folder / "dist")


def test_packages_are_the_same_bytes_wherever_and_whenever_they_are_built(
    packages: dict[str, bytes], tmp_path: Path
) -> None:
    source = copied(tmp_path / "elsewhere" / "in-another-folder")
    for number, file in enumerate(sorted(source.rglob("*"))):
        os.utime(file, (number, number))
    before = os.umask(0o077)
    try:
        again = built(source, tmp_path / "dist")
    finally:
        os.umask(before)

    assert sorted(Path(name).suffix for name in packages) == [".gz", ".whl"]
    assert again == packages


def test_the_source_distribution_makes_the_same_wheel(
    packages: dict[str, bytes], tmp_path: Path
) -> None:
    (archive,) = (one for name, one in packages.items() if name.endswith(".gz"))
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    wheel = built(source, tmp_path / "dist", "-t", "wheel")

    assert wheel == {name: packages[name] for name in packages if name.endswith(".whl")}
    assert (source / "tests").is_dir()


def test_a_wheel_holds_every_file_of_the_rooms_and_nothing_else(packages: dict[str, bytes]) -> None:
    (wheel,) = (one for name, one in packages.items() if name.endswith(".whl"))
    with zipfile.ZipFile(io.BytesIO(wheel)) as files:
        held = {name for name in files.namelist() if ".dist-info/" not in name}
    shipped = ("corpus/", "indexer/", "search/", "webui/", "wsgi.py")

    assert held == {name for name in kept() if name.startswith(shipped)}


def test_what_is_installed_serves_the_bundled_articles_away_from_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    command = [str(installed / "env" / "bin" / "dispatches"), "demo", "--port", "0", "--json"]
    environment = outside(HOME=str(tmp_path), NUMBA_CACHE_DIR=str(tmp_path / "compiled"))
    with serving(command, cwd=tmp_path, env=environment) as told:
        found = json.loads(asked(f"{told['url']}/api/v1/search?q=drone&facet=person")[1])
        article = found["items"][0]["id"]
        page = asked(f"{told['url']}/articles/{article}")[1]
        style = asked(f"{told['url']}/static/dispatches.css")[1]

    where = "import corpus, wsgi; print(corpus.__file__)"
    module = subprocess.run(
        [str(installed / "env" / "bin" / "python"), "-c", where],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert module.startswith(str(installed))
    assert told["articles"] > 100
    assert "dispatches.css" in page
    assert style == (ROOT / "webui" / "static" / "dispatches.css").read_text(encoding="utf-8")
    assert found["facets"]["person"], "the model that finds names is not there"
