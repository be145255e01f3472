"""What a person decides holds, against every rule, until the person takes it back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DecisionError
from corpus.store import lines
from indexer.entities import Authority, Canonicaliser, Recognition
from indexer.entities.across_collection.collection_names import entity_id_for
from indexer.entities.authority.deciding import bring_in, decide
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.types import Entity
from tests.indexer.entities.articles import (
    ORG,
    PERSON,
    PLACE,
    article,
    canonicalize,
    labels,
)

ARTICLES = {
    "1": article(["Anatoly Zelenko", "Zelenko"]),
    "2": article(["Anatoliy Zelenko"]),
    "3": article(["Anton Zelenko"]),
    "4": article(["Red Crescent"], kind=PLACE),
}


def id_of(name: str) -> str:
    return entity_id_for(PERSON, name)


def decision(
    action: Action,
    *people: str,
    value: str = "",
    names: tuple[str, ...] = (),
    articles: tuple[str, ...] = (),
) -> Decision:
    return Decision(
        action=action,
        entities=tuple(id_of(name) for name in people),
        value=value,
        names=names,
        articles=articles,
        who="test",
        when="2026-01-01T00:00:00+00:00",
    )


def resolved(
    tmp_path: Path, *decisions: Decision, articles: dict[str, Recognition] | None = None
) -> dict[str, list[str]]:
    entities, _ = canonicalize(articles or ARTICLES, tmp_path, authority=Authority(decisions))
    return {article_id: labels(found) for article_id, found in entities.items()}


def test_a_merge_joins_what_rules_keep_apart_and_keeps_the_first_id(tmp_path: Path) -> None:
    merge = decision(Action.MERGE, "Anton Zelenko", "Anatoly Zelenko")
    entities, directory = canonicalize(ARTICLES, tmp_path, authority=Authority([merge]))
    assert {found[0].entity_id for key, found in entities.items() if key < "4"} == {
        id_of("Anton Zelenko")
    }
    redirected = directory.get(id_of("Anatoly Zelenko"))
    assert redirected is not None
    assert redirected.entity_id == id_of("Anton Zelenko")


def test_distinct_keeps_apart_what_rules_join(tmp_path: Path) -> None:
    apart = decision(Action.DISTINCT, "Anatoly Zelenko", "Anatoliy Zelenko")
    found = resolved(tmp_path, apart)
    assert found["1"] == ["Anatoly Zelenko"]
    assert found["2"] == ["Anatoliy Zelenko"]


def test_split_takes_a_name_out(tmp_path: Path) -> None:
    split = decision(Action.SPLIT, "Anatoly Zelenko", names=("Anatoliy Zelenko",))
    assert resolved(tmp_path, split)["2"] == ["Anatoliy Zelenko"]


def test_what_a_split_takes_out_is_called_as_the_person_says(tmp_path: Path) -> None:
    split = decision(
        Action.SPLIT, "Anatoly Zelenko", names=("Anatoliy Zelenko",), value="Zelenko the elder"
    )
    found = resolved(tmp_path, split)
    assert (found["1"], found["2"]) == (["Anatoly Zelenko"], ["Zelenko the elder"])


def test_split_by_article_parts_two_bearers_of_one_name(tmp_path: Path) -> None:
    articles = {"1": article(["Ivan Petrov"]), "2": article(["Ivan Petrov"])}
    split = decision(
        Action.SPLIT, "Ivan Petrov", articles=("2",), value="Ivan Petrov (the painter)"
    )
    entities, directory = canonicalize(articles, tmp_path, authority=Authority([split]))
    assert labels(entities["1"]) == ["Ivan Petrov"]
    assert labels(entities["2"]) == ["Ivan Petrov (the painter)"]
    assert len(directory.resolve("Ivan Petrov")) == 2


def test_rename_kind_hide_alias_and_link(tmp_path: Path) -> None:
    place = entity_id_for(PLACE, "Red Crescent")
    made = [
        decision(Action.RENAME, "Anton Zelenko", value="Anton V. Zelenko"),
        decision(Action.ALIAS, "Anton Zelenko", value="Антон Зеленко"),
        decision(Action.WIKIDATA, "Anton Zelenko", value="Q42"),
        decision(Action.HIDE, "Anatoly Zelenko"),
        replace(decision(Action.KIND, "x", value="org"), entities=(place,)),
    ]
    entities, directory = canonicalize(ARTICLES, tmp_path, authority=Authority(made))
    assert labels(entities["3"]) == ["Anton V. Zelenko"]
    assert entities["1"] == entities["2"] == ()
    assert [entity.kind for entity in entities["4"]] == [ORG]
    (person,) = directory.resolve("Антон Зеленко")
    assert (person.label, person.wikidata) == ("Anton V. Zelenko", "Q42")
    assert directory.get(id_of("Anatoly Zelenko")) is None


def test_an_alias_joins_a_name_in_another_script(tmp_path: Path) -> None:
    articles = {"1": article(["Anton Zelenko"]), "2": article(["أنطون زيلينكو"])}
    alias = decision(Action.ALIAS, "Anton Zelenko", value="أنطون زيلينكو")
    assert resolved(tmp_path, alias, articles=articles)["2"] == ["Anton Zelenko"]


def test_an_alias_is_found_in_foreign_text_without_tagging_again(tmp_path: Path) -> None:
    alias = decision(Action.ALIAS, "Anton Zelenko", value="Антон Зеленко")
    canonicaliser = Canonicaliser(Authority([alias]))
    english, foreign = article(["Anton Zelenko"]), Recognition((), ())
    canonicaliser.observe("1", english)
    canonicaliser.observe("2", foreign)
    canonicaliser.settle()
    text = "Вчера Антон Зеленко заявил, что уедет."
    entities, (span,) = canonicaliser.resolve("2", foreign, text=text, language="ru")
    assert labels(entities) == ["Anton Zelenko"]
    assert text[span.start : span.end] == "Антон Зеленко"
    assert canonicaliser.resolve("2", foreign, text=text, language="en") == ((), ())


@given(st.data())
def test_undoing_everything_restores_the_beginning(data: st.DataObject) -> None:
    made = [
        decision(Action.MERGE, "Anton Zelenko", "Anatoly Zelenko"),
        decision(Action.RENAME, "Anton Zelenko", value="Somebody"),
        decision(Action.HIDE, "Anatoliy Zelenko"),
    ]
    undone = [
        decision(Action.UNDO, value=one.decision_id) for one in data.draw(st.permutations(made))
    ]
    assert Authority([*made, *undone]).standing == ()


def test_a_contradiction_is_refused_and_says_what_to_undo() -> None:
    apart = decision(Action.DISTINCT, "Anton Zelenko", "Anatoly Zelenko")
    authority = Authority([apart])
    with pytest.raises(DecisionError, match=apart.decision_id):
        authority.with_decision(decision(Action.MERGE, "Anatoly Zelenko", "Anton Zelenko"))


@pytest.mark.parametrize("value", ["foo", "Q", "q42", "Q042", "https://www.wikidata.org/wiki/Q42"])
def test_a_link_names_an_item(value: str) -> None:
    with pytest.raises(DecisionError, match="no item of Wikidata"):
        decision(Action.WIKIDATA, "Anton Zelenko", value=value)


def test_only_what_stands_can_be_undone() -> None:
    merge = decision(Action.MERGE, "Anton Zelenko", "Anatoly Zelenko")
    undo = decision(Action.UNDO, value=merge.decision_id)
    with pytest.raises(DecisionError, match="no decision"):
        Authority([merge, undo, replace(undo, why="again")])


def test_the_file_keeps_every_line_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    assert Authority.load(path).standing == ()
    merge = replace(
        decision(Action.MERGE, "Anton Zelenko", "Anatoly Zelenko"),
        why="одно лицо", evidence=("article",),
    )  # fmt: skip
    add(path, merge)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))  # an editor that drops the last line end
    undo = decision(Action.UNDO, value=merge.decision_id)
    add(path, undo)
    loaded = Authority.load(path)
    assert loaded.log == (merge, undo)
    assert loaded.standing == ()
    assert loaded.version != Authority([merge]).version


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"action": "merge", "entities": ["one"], "who": "x", "when": "y"}',
        '{"action": "marry", "entities": ["a", "b"], "who": "x", "when": "y"}',
        '{"action": "merge", "entities": "ab", "who": "x", "when": "y"}',
        '{"action": "hide", "entities": ["a"], "who": "x", "when": "y", "color": "red"}',
        '{"action": "kind", "entities": ["a"], "value": "robot", "who": "x", "when": "y"}',
        '{"action": "hide", "entities": ["a"]}',
    ],
)
def test_a_damaged_line_is_named_and_costs_itself(line: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    rename = decision(Action.RENAME, "Anton Zelenko", value="A. Zelenko")
    path.write_text(f"\n{line}\n{rename.line()}\n", encoding="utf-8")

    authority = Authority.load(path)
    assert authority.standing == (rename,)
    (damaged,) = authority.set_aside
    assert damaged.number == 2
    assert str(damaged).endswith(line[:20]) or line.startswith(damaged.beginning)


def add(path: Path, *decisions: Decision) -> None:
    with lines.alone(path):
        lines.add(path, [one.line() for one in decisions])


def test_what_takes_back_a_damaged_decision_is_set_aside_with_it(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    merge = decision(Action.MERGE, "Anton Zelenko", "Anatoly Zelenko")
    rename = decision(Action.RENAME, "Anton Zelenko", value="A. Zelenko")
    add(path, merge, rename, decision(Action.UNDO, value=merge.decision_id))
    path.write_bytes(path.read_bytes().replace(b"merge", b"murge", 1))

    authority = Authority.load(path)
    assert authority.standing == (rename,)
    assert [one.number for one in authority.set_aside] == [1, 3]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8 with CRLF", "half a line"]
)
def test_whatever_an_editor_did_nothing_fails(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "decisions.jsonl"
    renames = [
        decision(Action.RENAME, "Anton Zelenko", value=f"Зеленко\u2028{number}")
        for number in range(3)
    ]
    add(path, *renames)
    text = path.read_text(encoding="utf-8")
    if encoding == "half a line":
        path.write_bytes(text.encode()[:-40])
    elif encoding.endswith("CRLF"):
        path.write_bytes(text.replace("\n", "\r\n").encode())
    else:
        path.write_bytes(text.encode(encoding))

    kept = {"utf-8-sig": 3, "utf-8 with CRLF": 3, "half a line": 2}.get(encoding, 0)
    authority = Authority.load(path)
    assert authority.log == tuple(renames[:kept])
    assert bool(authority.set_aside) == (kept < 3)
    again = decision(Action.RENAME, "Anton Zelenko", value="A. Z.")
    add(path, again)
    assert again in Authority.load(path).log


ANY_TEXT = st.text(st.characters(blacklist_categories=()))


@given(value=ANY_TEXT, who=ANY_TEXT, why=ANY_TEXT)
def test_what_was_acknowledged_is_read_back_whatever_was_typed(
    tmp_path_factory: pytest.TempPathFactory, value: str, who: str, why: str
) -> None:
    path = tmp_path_factory.mktemp("decisions") / "decisions.jsonl"
    entity = Entity(id_of("Anton Zelenko"), PERSON, "Anton Zelenko")
    made = decide(path, Action.ALIAS, [entity], who=f"A{who}", why=why, value=f"Z{value}")
    later = decide(path, Action.NOTE, [entity], who=f"A{who}", why=why)

    authority = Authority.load(path)
    assert authority.log == (made, later)
    assert authority.set_aside == ()


@pytest.mark.parametrize("who", ["", " ", "\x00", "\x1f "])
def test_somebody_decides(tmp_path: Path, who: str) -> None:
    path = tmp_path / "decisions.jsonl"
    entity = Entity(id_of("Anton Zelenko"), PERSON, "Anton Zelenko")
    with pytest.raises(DecisionError, match="nobody is named"):
        decide(path, Action.NOTE, [entity], who=who, why="")
    assert not path.exists()


def test_decisions_of_before_there_were_checksums_count(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    old = decision(Action.RENAME, "Anton Zelenko", value="one\u2028two\x85three")
    path.write_text(f"{old.line()}\n", encoding="utf-8")
    new = decision(Action.UNDO, value=old.decision_id)
    add(path, new)

    authority = Authority.load(path)
    assert (authority.log, authority.standing, authority.set_aside) == ((old, new), (), ())


def test_acknowledged_decisions_of_a_damaged_collection_are_read_back() -> None:
    path = Path(__file__).parents[5] / "shared/cases/faults/decisions-with-U+2028.jsonl"
    if not path.exists():
        pytest.skip("shared/cases is not here")
    authority = Authority.load(path)
    assert len(authority.log) == path.read_bytes().count(b"\n")
    assert authority.set_aside == ()


def test_outlets_that_are_one_are_followed_to_the_last_name() -> None:
    first = decision(Action.OUTLET, value="Ledger", names=("Ledger Sport", "The Ledger"))
    second = decision(Action.OUTLET, value="Ledger Group", names=("LEDGER",))
    authority = Authority([first, second])
    assert authority.outlets == {
        "ledger sport": "Ledger Group",
        "the ledger": "Ledger Group",
        "ledger": "Ledger Group",
    }
    undone = authority.with_decision(decision(Action.UNDO, value=second.decision_id))
    assert undone.outlets["ledger sport"] == "Ledger"
    circle = decision(Action.OUTLET, value="The Ledger", names=("Ledger Group",))
    with pytest.raises(DecisionError, match="by another decision"):
        authority.with_decision(circle)
    joined_by_hand = Authority([first, second, circle])
    assert set(joined_by_hand.outlets) == {*authority.outlets, "ledger group"}
    for names in ((), ("Ledger",)):
        with pytest.raises(DecisionError, match="no outlet is named"):
            decision(Action.OUTLET, value="Ledger", names=names)


def test_decisions_of_another_file_come_in_once_and_a_bad_line_costs_itself(tmp_path: Path) -> None:
    def line(**more: object) -> str:
        given = {"entities": ["per-a", "per-b"], "who": "Ada", "when": "2024-01-01T00:00:00+00:00"}
        return json.dumps({"action": "merge", **given, **more})

    here, there = tmp_path / "decisions.jsonl", tmp_path / "other.jsonl"
    undo = line(action="undo", entities=[], value="0123456789")
    contrary = line(action="distinct", who="Ben")
    good = line(action="alias", entities=["per-a"], value="Ay")
    there.write_text("\n".join((line(), "{broken", undo, contrary, good)), encoding="utf-8")
    came = bring_in(here, there.read_bytes())
    assert (came.added, came.known) == (2, 0)
    assert [one.number for one in came.refused] == [2, 3, 4]
    assert "says the opposite" in came.refused[2].reason
    assert [one.action for one in Authority.load(here).log] == ["merge", "alias"]
    before = here.read_bytes()
    again = bring_in(here, there.read_bytes())
    assert (again.added, again.known) == (0, 2)
    assert here.read_bytes() == before
    assert bring_in(tmp_path / "new.jsonl", before).added == 2
