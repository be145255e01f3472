"""`dispatches search`, `show` and `export`, as a person and as a script meet them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Hashable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.errors import GenerationGone
from search.serving.open_index import OpenIndex
from search.serving.serving import Serving
from tests.conftest import Golden
from tests.contract.made_up import document, made_up_documents, made_up_index
from webui.cli import main

DRONES = made_up_documents()[2]
_TOOK = re.compile(r'"took_ms": [\d.]+')


class OneGeneration:
    """A `Source` of one made-up index."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index

    def stamp(self) -> Hashable:
        return 1

    def current(self) -> str:
        return self._index.generation.name

    def open(self, name: str) -> OpenIndex:
        if name != self.current():
            raise GenerationGone(f"{name} was pruned")
        return self._index


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    served(monkeypatch, made_up_index())


def served(monkeypatch: pytest.MonkeyPatch, index: OpenIndex) -> None:
    monkeypatch.setattr(
        "search.serving.serving.serving", lambda _home: Serving(OneGeneration(index))
    )


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


def test_an_error_names_the_character_for_people_and_for_scripts() -> None:
    person, script = run("search", 'drone "strike'), run("search", 'drone "strike', "--json")

    assert person.exit_code == script.exit_code == 2
    assert person.stderr.startswith("dispatches: character 6 of q: This quotation mark")
    assert json.loads(script.stderr)["position"] == 6


def test_a_query_that_cannot_be_read_costs_no_earlier_export(tmp_path: Path) -> None:
    (tmp_path / "found.csv").write_text("precious")

    result = run("export", '"drone', "--output", str(tmp_path / "found.csv"))

    assert result.exit_code == 2
    assert (tmp_path / "found.csv").read_text() == "precious"


@pytest.mark.parametrize("more", [["--batch", "-"], ["--format", "csv"]])
def test_what_is_asked_to_be_json_is_never_something_else(more: list[str]) -> None:
    assert run("search", "drone", "--json", *more, given="1\tdrone\n").exit_code == 2


@pytest.mark.parametrize("option", ["--person", "--person-all", "--person-not"])
def test_an_empty_value_is_the_same_as_none(option: str) -> None:
    result = run("search", "drone", option, "", "--format", "jsonl")

    assert result.stderr == ""
    assert result.stdout == run("search", "drone", "--format", "jsonl").stdout


def test_the_json_of_a_search_is_pinned(golden: Golden) -> None:
    result = run("search", "drone OR person:oduya", "--place-not", "Port Sel", "--json")
    assert result.exit_code == 0
    golden("cli-search.json", _TOOK.sub('"took_ms": 0', result.stdout))


def test_the_json_of_an_article_is_pinned(golden: Golden) -> None:
    result = run("show", DRONES.article_id, "--json")
    assert result.exit_code == 0
    golden("cli-show.json", result.stdout)


def test_a_person_reads_a_table() -> None:
    result = run("search", '"drone strikes"')
    assert result.stdout.splitlines()[:3] == [
        "  1. Drone strikes hit the bridge at Port Sel",
        f"     2022-03-01 · The Harbour Post · {DRONES.article_id}",
        (
            "     Two drone strikes hit the bridge at Port Sel before dawn. River Relief said that "
            "artillery fire followed; the drone was shot down."
        ),
    ]
    assert result.stderr == "1 of 9 articles\n"


def test_warnings_and_a_better_spelling_go_to_standard_error() -> None:
    result = run("search", "the artilery")
    assert "Ignored very common words: the" in result.stderr
    assert "Did you mean: the artillery" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--person", "Oduya"], 3),
        (["--person", "Oduya", "--person", "Lena Brandt"], 4),
        (["--person-all", "Oduya", "--person-all", "Karl Brandt"], 2),
        (["--person-not", "Oduya"], 6),
        (["--outlet", "valley", "--language", "en"], 2),
        (["--from", "2022-03", "--to", "2022-03"], 2),
        (["--from", "2022-03", "--undated", "include"], 6),
        (["--date-field", "mentioned", "--from", "2022"], 2),
        (["--collapse"], 8),
        (["--limit", "4"], 4),
    ],
)
def test_options_narrow(options: list[str], count: int) -> None:
    result = run("search", "--format", "trec", "--limit", "100", *options)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == count


def test_forms_for_tools() -> None:
    trec = run("search", "talks", "--format", "trec").stdout.splitlines()
    assert [line.split()[:4:3] for line in trec] == [["1", "1"], ["1", "2"]]
    lines = run("search", "talks", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["outlet"] for line in lines] == ["The Harbour Post", "Valley Courier"]
    rows = list(csv.DictReader(io.StringIO(run("search", "talks", "--format", "csv").stdout)))
    assert [row["published"] for row in rows] == ["2022-02-24", "2022-02-25"]


def test_a_bad_line_of_a_batch_costs_that_line_alone() -> None:
    lines = 'q1\ttalks\nno tab here\n\nq2\t"never closed\nq3\tdrone\n'
    result = run("search", "--batch", "-", "--format", "trec", given=lines)
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["q1", "q1", "q3", "q3"]
    assert "-!2: not an id, a tab and a query" in result.stderr
    assert "-!4: This quotation mark is never closed" in result.stderr
    assert "2 lines could not be asked" in result.stderr


@pytest.mark.parametrize(("form", "lines"), [("csv", 5), ("jsonl", 4), ("table", None)])
def test_every_form_takes_a_batch(form: str, lines: int | None, tmp_path: Path) -> None:
    batch = tmp_path / "queries.tsv"
    batch.write_text("a\ttalks\nb\tdrone\n", encoding="utf-8")
    result = run("search", "--batch", str(batch), "--format", form)
    assert result.exit_code == 0
    if lines is not None:
        assert len(result.stdout.splitlines()) == lines


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", '"never closed'], 2, "never closed"),
        (["search", "--from", "yesterday"], 2, "--from: 'yesterday' is not a date"),
        (["search", "--from", "2023", "--to", "2022"], 2, "runs backwards"),
        (["show", "nothing"], 3, "No article nothing"),
        (["search", "--generation", "gone"], 3, "was pruned"),
    ],
)
def test_mistakes_have_their_exit_codes(arguments: list[str], code: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""


def test_an_article_is_shown_with_what_is_known_of_it() -> None:
    shown = run("show", DRONES.article_id).stdout
    assert shown.startswith("Drone strikes hit the bridge at Port Sel\n")
    assert "published  2022-03-01 (made-up)\n" in shown
    assert "orgs  River Relief\n" in shown
    assert shown.endswith("Troops at the border mobilised.\n")


@pytest.mark.parametrize("form", ["csv", "jsonl", "bib", "ris"])
def test_an_export_is_whole_and_says_so(form: str, golden: Golden) -> None:
    result = run("export", "drone OR talks", "--format", form)
    assert result.exit_code == 0
    golden(f"export.{form}", result.stdout)


def test_an_export_goes_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert run("export", "-o", str(file)).exit_code == 0
    *articles, last = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert [article["title"] for article in articles][-1] == "Undated notes from Port Sel"
    assert last == {
        "complete": True,
        "articles": 9,
        "query": "*",
        "generation": made_up_index().generation.name,
    }


def test_an_export_goes_beyond_one_page_and_counts_families(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles = [
        document(f"Report {number}", "drone", family=f"f{number // 2}") for number in range(250)
    ]
    served(monkeypatch, made_up_index(articles))
    whole = run("export", "drone").stdout.splitlines()
    assert len({json.loads(line)["id"] for line in whole[:-1]}) == 250
    once = run("export", "drone", "--collapse").stdout.splitlines()
    assert json.loads(once[-1])["complete"] is True
    assert len(once) == 126


def test_nothing_of_an_article_commands_a_terminal_or_a_spreadsheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = document("=HYPERLINK(1)", "A drone \x1b[2J clears the screen\x07.", outlet="+1")
    served(monkeypatch, made_up_index([hostile]))
    table = run("search", "drone").stdout
    assert "\x1b" not in table
    assert "A drone �[2J clears the screen�." in table
    (row,) = list(csv.DictReader(io.StringIO(run("search", "--format", "csv").stdout)))
    assert (row["title"], row["outlet"]) == ("'=HYPERLINK(1)", "'+1")


def test_an_export_records_its_question_with_every_filter() -> None:
    result = run(
        "export", "drone talks", "--person", "Oduya", "--person", "per-brandt-k", "--place-not",
        "Port Sel", "--org-all", "RR", "--from", "2022-02", "--to", "2022-03", "--collapse",
    )  # fmt: skip
    assert json.loads(result.stdout)["query"] == (
        'drone AND talks AND (person:"Oduya" OR person:"per-brandt-k") AND org:"RR" '
        'AND NOT place:"Port Sel" AND date:2022-02..2022-03 (one a family)'
    )


def test_reports_in_other_languages_stand_in_a_list_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        ("en", "The hospital has no light."),
        ("de", "Das Krankenhaus ist dunkel."),
        ("de", "Eine Klinik schließt."),
        ("ar", "المستشفى مظلم."),
    )
    index = made_up_index([document("", text, language=language) for language, text in texts])
    served(monkeypatch, index)
    home = ["--home", str(tmp_path)]

    lists = run("languages", "hospital qwxz", *home)
    german, arabic = lists.stdout.index("German: 2\n"), lists.stdout.index("Arabic: 1\n")
    assert arabic < german  # by their codes
    assert "hospital: Krankenhaus (1), Klinik (1)\n" in lists.stdout
    assert "no translation: qwxz\n" in lists.stdout[german:]
    assert "The hospital" not in lists.stdout

    less = run("languages", "hospital", "--left-out", "de:Klinik", *home).stdout
    assert "German: 1\n" in less
    assert "Klinik (left out)" in less
    wrong = run("languages", 'hospital "', *home)
    asked = run("languages", "Krankenhäuser", *home).stdout
    assert "English: 1\n" in asked
    assert "Krankenhäuser: hospital (1)" in asked
    assert "German: 1\n" in run("languages", "Krankenhäuser", "--asked-in", "en", *home).stdout
    served(monkeypatch, made_up_index([document("", "The hospital.", language="en")]))
    assert "no articles in other languages" in run("languages", "hospital", *home).stderr
    assert (wrong.exit_code, wrong.stdout) == (2, "")


def test_a_dictionary_that_cannot_be_read_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(monkeypatch, made_up_index([document("", "Eine Klinik schließt.", language="de")]))
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "freedict-eng-deu.index").write_text("hospital\tnothing\n")
    found = run("languages", "hospital zeppelin", "--home", str(tmp_path))
    assert found.exit_code == 0
    assert "Klinik (1)" in found.stdout
    assert "The dictionary freedict-eng-deu" in found.stderr
