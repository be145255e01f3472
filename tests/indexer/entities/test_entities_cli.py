"""The commands, as a person and a script use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corpus.home import Home
from corpus.store import Catalogue
from indexer.entities import Authority, Canonicaliser
from indexer.generations.publishing import Generations
from tests.corpus.documents import an_article, raw_document
from tests.indexer.entities.articles import article
from webui.cli import main

ARTICLES = {
    "1": article(["Anatoly Zelenko", "Zelenko"]),
    "2": article(["Anton Zelenko", "Zelenko"]),
    "3": article(["Maria Petrova"]),
    "4": article(["Maria Petrowa"]),
}


def rebuild(home: Home) -> None:
    canonicaliser = Canonicaliser(Authority.load(home.decisions))
    for article_id, recognition in ARTICLES.items():
        canonicaliser.observe(article_id, recognition)
    canonicaliser.settle()
    for article_id, recognition in ARTICLES.items():
        canonicaliser.resolve(article_id, recognition)
    generations = Generations(home.index)
    with generations.new() as draft:
        canonicaliser.write_directory(draft.path / "entities.sqlite")
        generations.publish(draft, counts={}, versions={}, catalogue={})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    rebuild(home)
    return home


def run(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["entities", *arguments, "--home", str(home.path)], catch_exceptions=False
    )


def answer(home: Home, *arguments: str) -> Any:
    result = run(home, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list_finds_by_the_start_of_a_word(home: Home) -> None:
    assert [one["label"] for one in answer(home, "list", "zel ana")] == ["Anatoly Zelenko"]
    assert "Maria Petrow" in run(home, "list").output
    assert answer(home, "list", "--kind", "org") == []


def test_a_merge_counts_from_the_next_generation_and_an_undo_takes_it_back(home: Home) -> None:
    made = answer(
        home, "merge", "Anatoly Zelenko", "Anton Zelenko", "--who", "ada", "--why", "one man"
    )
    assert made["labels"] == ["Anatoly Zelenko", "Anton Zelenko"]
    assert answer(home, "show", "Anatoly Zelenko")["articles"] == 1
    rebuild(home)
    shown = answer(home, "show", "Anton Zelenko")
    assert shown["articles"] == 2
    assert shown["entity_id"] == made["entities"][0]
    assert [one["why"] for one in shown["decisions"]] == ["one man"]
    answer(home, "undo", made["decision_id"], "--who", "ada")
    rebuild(home)
    assert answer(home, "show", "Anton Zelenko")["articles"] == 1
    log = answer(home, "log")
    assert [(one["action"], one["who"]) for one in log] == [("merge", "ada"), ("undo", "ada")]
    assert log[0]["stands"] is False
    assert "(undone)" in run(home, "log").output


def test_taking_out_a_name_that_no_article_has_says_that_nothing_changes(home: Home) -> None:
    answer(home, "alias", "Maria Petrova", "Masha Petrova")
    rebuild(home)

    taken = run(home, "split", "Maria Petrova", "Masha Petrova")

    assert taken.exit_code == 0, taken.output
    assert "No article has Masha Petrova yet" in taken.stderr
    assert "No article" not in run(home, "split", "Maria Petrova", "Maria Petrowa").stderr


def test_what_an_article_names_so_is_split_off_by_its_id_or_address(tmp_path: Path) -> None:
    home, stored = Home(tmp_path), an_article()
    with Catalogue.open(home) as catalogue:
        catalogue.put(raw_document(), stored)
    rebuild(home)
    address = f"https://desk.example/articles/{stored.article_id}"
    made = answer(home, "split", "Anton Zelenko", "--article", address)
    assert made["articles"] == [stored.article_id]
    nowhere = run(home, "split", "Anton Zelenko", "--article", "nosucharticle")
    assert (nowhere.exit_code, "is no article" in nowhere.stderr) == (2, True)


def test_suggest_gives_evidence_and_leaves_out_what_was_decided(home: Home) -> None:
    pairs = [{one["one"]["label"], one["other"]["label"]} for one in answer(home, "suggest")]
    assert {"Maria Petrova", "Maria Petrowa"} not in pairs  # merged already: one romanization
    assert pairs == []
    answer(home, "rename", "Maria Petrova", "M. Petrova")
    assert "rename" in run(home, "log").output


def test_every_decision_can_be_made(home: Home) -> None:
    answer(home, "distinct", "Anatoly Zelenko", "Anton Zelenko")
    answer(home, "alias", "Anton Zelenko", "Антон")
    answer(home, "kind", "Anton Zelenko", "org")
    answer(home, "link", "Anton Zelenko", "Q1")
    answer(home, "note", "Anton Zelenko", "--why", "see the archive", "--evidence", "article")
    answer(home, "split", "Maria Petrowa", "Maria Petrova")
    rebuild(home)
    answer(home, "hide", "Maria Petrova")
    rebuild(home)
    labels = {one["label"]: one["kind"] for one in answer(home, "list")}
    assert labels == {
        "Anatoly Zelenko": "person", "Anton Zelenko": "org", "Maria Petrowa": "person",
    }  # fmt: skip


def test_errors_say_what_to_do(home: Home, tmp_path: Path) -> None:
    unknown = run(home, "show", "Nobody")
    assert (unknown.exit_code, "Nobody" in unknown.stderr) == (3, True)
    ambiguous = run(home, "hide", "Zelenko")
    assert ambiguous.exit_code == 2
    assert "may mean 2" in ambiguous.stderr
    assert run(home, "undo", "feedfeed00").exit_code == 2
    assert run(home, "merge", "Anton Zelenko", "Anton Zelenko").exit_code == 2
    foreign = run(home, "split", "Anton Zelenko", "Anatoly Zelenko")
    assert "is no name of Anton Zelenko" in foreign.stderr
    assert "its id" in run(home, "split", "Anton Zelenko", "Anton Zelenko").stderr
    assert foreign.exit_code == 2
    assert run(home, "split", "Nobody At All", "Anton Zelenko").exit_code == 3
    assert run(home, "split", "Anton Zelenko").exit_code == 2
    assert not home.decisions.exists()
    assert run(Home(tmp_path / "empty"), "list").exit_code == 4


def test_tag_reads_lines_and_reports_the_bad_ones() -> None:
    lines = [
        {"id": "1", "text": "Mr. Putin met Volodymyr Zelenskiy in Moscow.", "language": "en"},
        {"id": "2", "text": "Путин приехал в Киев.", "language": "ru"},
        {"id": "3"},
    ]
    source = "\n".join([*map(json.dumps, lines), "no json"])
    result = CliRunner().invoke(main, ["tag", "-"], input=source)
    assert result.exit_code == 1
    assert "<stdin>:3" in result.stderr
    assert "<stdin>:4" in result.stderr
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    text = lines[0]["text"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in first["mentions"])
    assert {one["label"] for one in first["entities"]} >= {"Volodymyr Zelenskyy", "Moscow"}
    assert {one["label"] for one in second["entities"]} == {"Vladimir Putin", "Kyiv"}
    shared = {one["id"] for one in first["entities"]}
    assert {one["entity"] for one in first["mentions"]} == shared


def test_tag_seeks_the_persons_of_one_text_in_the_others() -> None:
    hebrew = "אתמול נאם זורבן טלפריד בעיר. טלפריד איים."
    lines = [
        {"id": "1", "text": "Zorvan Talfarid spoke on Monday.", "language": "en"},
        {"id": "2", "text": hebrew, "language": "he"},
    ]
    source = "\n".join(map(json.dumps, lines))
    result = CliRunner().invoke(main, ["tag", "-"], input=source)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    (person,) = {one["entity"] for one in first["mentions"]}
    across = [one for one in second["mentions"] if one["rule"] == "across"]
    assert [one["text"] for one in across] == ["זורבן טלפריד", "טלפריד"]
    assert {one["entity"] for one in across} == {person}
    assert all(hebrew[one["start"] : one["end"]] == one["text"] for one in across)
