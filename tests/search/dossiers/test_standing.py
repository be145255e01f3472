"""Standing questions: what came, changed and left since the last look, whenever published."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import CliRunner, Result

from corpus.dates import PartialDate
from corpus.home import Home
from corpus.store import Catalogue, chain
from indexer.generations import publishing
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from search.dossiers import replay
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


def test_a_renamed_question_was_seen_as_before(home: Home) -> None:
    run(home, "keep", "bridges", "bridge")
    run(home, "news")
    run(home, "keep", "bridges", "bridge")  # it is there: nothing to do
    run(home, "rename", "bridges", "crossings")
    run(home, "rename", "bridges", "elsewhere", code=3)
    assert _news(home) == NOTHING
    _take_in(home, "new", "A bridge opened.")
    rebuild(home, processes=1)
    assert _news(home, "crossings") == NOTHING | {"came": ["new"]}
    assert "characters" in run(home, "rename", "crossings", "x" * 201, code=2).stderr


def _clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """What is taken in from now on, and published, has this time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromisoformat(moment).astimezone(tz)

    for module in (chain, publishing, replay):
        monkeypatch.setattr(module, "datetime", Clock)


@pytest.fixture
def three_intakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """One article each month from March on; each month some change, and one leaves in May."""
    home = Home(tmp_path / "three")
    _clock(monkeypatch, "2126-03-10T10:00:00Z")
    _take_in(home, "one", "The bridge fell at noon, and nobody crossed the river after that.")
    _take_in(home, "gone", "A bridge of boats.")
    rebuild(home, processes=1)
    run(home, "keep", "bridges", "bridge")
    _clock(monkeypatch, "2126-04-10T10:00:00Z")
    run(home, "news")
    _take_in(home, "old", "An old bridge was closed to carts.", published="1999-05-05")
    rebuild(home, processes=1)
    _clock(monkeypatch, "2126-05-10T10:00:00Z")
    _take_in(home, "one", "The bridge did not fall, the governor now says; it was closed.", day=2)
    _take_in(home, "gone", "A ford, and no boats.", day=2)
    _take_in(home, "new", "A bridge opened.", day=2)
    rebuild(home, processes=1)
    return home


GONE = an_article(url="https://herald.example/gone").article_id


def test_since_a_time_is_what_was_taken_in_from_then_on(three_intakes: Home) -> None:
    before = three_intakes.questions.read_bytes()
    for since, came, changed, left in (
        ("2126-03-10", ["new", "old", "one"], [], []),  # nothing tells what left since
        ("2126-03-11", ["new", "old"], ["one"], [GONE]),
        ("2126-04", ["new", "old"], ["one"], [GONE]),
        ("2126-04-10T10:00", ["new", "old"], ["one"], [GONE]),
        ("2126-04-10T10:01", ["new"], ["one"], [GONE]),
        ("2126-05-11", [], [], []),
    ):
        told = _news(three_intakes, "--since", since)
        assert {**told, "came": sorted(told["came"])} == {
            "came": came,
            "changed": changed,
            "left": left,
        }, since
    assert three_intakes.questions.read_bytes() == before  # none of them is a look


def test_since_a_generation_is_what_it_does_not_find(three_intakes: Home) -> None:
    first, second, third = Generations(three_intakes.index).names()
    told = _news(three_intakes, "--since", first)
    assert sorted(told["came"]) == ["new", "old"]
    assert (told["changed"], told["left"]) == (["one"], [GONE])
    assert _news(three_intakes, "--since", second)["came"] == ["new"]
    assert _news(three_intakes, "--since", third) == NOTHING
    run(three_intakes, "news", "--since", "20000101T000000Z-00000000", code=3)


def test_what_left_is_told_by_a_look_where_no_generation_is_kept(three_intakes: Home) -> None:
    Generations(three_intakes.index).prune(keep=1)
    for since, left in (("2126-04-09", []), ("2126-04-11", [GONE])):
        (told,) = json.loads(run(three_intakes, "--since", since, "--json").stdout)
        assert told["left"] == left
        assert told["left_since"][:10] == ("2126-04-10" if left else "")
    result = run(three_intakes, "news", "--since", "2126-04-09")
    assert "What left cannot be told" in result.stdout


@pytest.mark.parametrize("since", ["2126-13-01", "2126-02-30", "2126-04-10T25:00", "2126T10:00"])
def test_a_time_that_is_none_is_refused(tmp_path: Path, since: str) -> None:
    home = Home(tmp_path)
    assert run(home, "news", "--since", since, code=2).stderr.startswith("dispatches: since: ")


def test_without_a_command_news_are_told(home: Home) -> None:
    run(home, "keep", "bridges", "bridge")
    assert run(home, "--keep-unseen").stdout == run(home).stdout != ""
    assert run(home).stdout == ""


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
        (["keep", "bridges", "harbor"], 2, "already"),
        (["keep", " ", "harbor"], 2, "under a name"),
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
