"""Standing questions: what came, changed and left since the last look, whenever published."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from tests.corpus.documents import COLLECTED, an_article, raw_document
from webui.cli import main


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    _take_in(made, "one", "The bridge fell at noon, and nobody crossed the river after that.")
    _take_in(made, "harbor", "Ships left the harbor in the fog while the lamps were still lit.")
    rebuild(made, processes=1)
    return made


def _take_in(
    home: Home, name: str, text: str, *, published: str = "2026-02-01", day: int = 0
) -> None:
    url = f"https://herald.example/{name}"
    article = an_article(url=url, text=text, title=name, published=PartialDate(published, "url"))
    raw = raw_document(f"<p>{text}</p>", url=url, collected=COLLECTED + timedelta(days=day))
    with Catalogue.open(home.catalogue) as catalogue:
        catalogue.put(raw, article)


def run(home: Home, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["watch", *arguments, "--home", str(home.path)])
    assert result.exit_code == code, result.output + result.stderr
    return result


def _news(home: Home, *options: str) -> dict[str, list[str]]:
    (told,) = json.loads(run(home, "news", "--json", *options).stdout)
    return {
        "came": [one["title"] for one in told["came"]],
        "changed": [one["title"] for one in told["changed"]],
        "left": told["left"],
    }


NOTHING: dict[str, list[str]] = {"came": [], "changed": [], "left": []}


def test_three_intakes_with_late_old_material(home: Home) -> None:
    run(home, "keep", "bridges", "bridge", "--from-now")
    assert _news(home) == NOTHING

    _take_in(home, "old", "An old bridge was closed to carts.", published="1999-05-05")
    assert _news(home) == NOTHING  # taken in, and not yet searchable
    rebuild(home, processes=1)
    assert _news(home, "--keep-unseen") == NOTHING | {"came": ["old"]}
    assert _news(home) == NOTHING | {"came": ["old"]}
    assert _news(home) == NOTHING

    _take_in(home, "one", "The bridge did not fall, the governor now says; it was closed.", day=2)
    _take_in(home, "old", "An old ford was closed to carts.", published="1999-05-05", day=2)
    _take_in(home, "new", "A bridge opened.", day=2)
    rebuild(home, processes=1)
    told = _news(home)
    assert (told["came"], told["changed"]) == (["new"], ["one"])
    assert told["left"] == [an_article(url="https://herald.example/old").article_id]
    assert _news(home) == NOTHING


def test_the_exit_code_tells_cron_and_nothing_new_is_silent(home: Home) -> None:
    run(home, "keep", "bridges", "bridge")
    result = run(home, "news", "--exit-code", code=6)
    assert result.stdout.startswith("bridges: 1 new article\n  + ")
    result = run(home, "news", "--exit-code")
    assert (result.stdout, result.stderr) == ("", "")


def test_narrowing_is_kept_with_the_question(home: Home) -> None:
    run(home, "keep", "later", "", "--from", "2027")
    run(home, "keep", "all", "")
    told: list[dict[str, Any]] = json.loads(run(home, "news", "--json").stdout)
    assert {one["name"]: len(one["came"]) for one in told} == {"later": 0, "all": 2}


def test_questions_are_listed_and_dropped(home: Home) -> None:
    run(home, "keep", "bridges", "bridge")
    assert "bridges: bridge  (looked never)" in run(home, "list").stdout
    run(home, "drop", "bridges")
    assert json.loads(run(home, "list", "--json").stdout) == []
    run(home, "keep", "bridges", "harbor")
    assert _news(home)["came"] == ["harbor"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["keep", "bridges", "harbor"], 5, "already"),
        (["keep", " ", "harbor"], 5, "under a name"),
        (["keep", "broken", "(bridge"], 2, "never closed"),
        (["drop", "nothing"], 3, "watch list"),
        (["news", "nothing"], 3, "watch list"),
    ],
)
def test_errors_say_what_to_do(home: Home, arguments: list[str], code: int, message: str) -> None:
    run(home, "keep", "bridges", "bridge")
    before = home.questions.read_bytes()
    assert message in run(home, *arguments, code=code).stderr
    assert home.questions.read_bytes() == before


def test_a_damaged_line_is_named_and_costs_itself(home: Home) -> None:
    run(home, "keep", "bridges", "bridge")
    home.questions.write_bytes(home.questions.read_bytes() + b"<<<<<<<\n")
    result = run(home, "news")
    assert "Set aside: line 2" in result.stderr
    assert "1 new article" in result.stdout
    assert _news(home) == NOTHING
