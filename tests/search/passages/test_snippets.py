"""What is marked in a text, and which passages are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import IndexDocument
from search.language.parser import parse
from search.language.resolve import resolve
from search.passages.highlighter import Highlight, Highlighter, Why
from search.passages.selection import MOST, PASSAGE, passages
from search.passages.snippets import past_title
from search.passages.snippets import snippets as snippets_of
from search.result import Snippet
from search.service import highlights
from tests.contract.made_up import ENTITIES, document, made_up_documents, made_up_index

INDEX = made_up_index()


def highlighter(text: str) -> Highlighter:
    resolved = resolve(parse(text), INDEX.analyzer, INDEX.directory, INDEX.values_of)
    return Highlighter(resolved, INDEX.analyzer)


def snippets(article: IndexDocument, marker: Highlighter) -> tuple[Snippet, ...]:
    (shown,) = snippets_of([article], marker.in_articles([article]))
    return shown


def marked(query: str, text: str, field: str = "text") -> list[tuple[str, Why]]:
    marks = highlighter(query).marks(text, field=field)
    return [(text[mark.start : mark.end], mark.why) for mark in marks]


TEXT = "Striking drones: a drone strike, then drone-strikes. The strike was no drone's."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "strike",
            [
                ("Striking", Why.STEM),
                ("strike", Why.EXACT),
                ("strikes", Why.STEM),
                ("strike", Why.EXACT),
            ],
        ),
        ("exact:strikes", [("strikes", Why.EXACT)]),
        ('"drone strike"', [("drone strike", Why.EXACT), ("drone-strikes", Why.STEM)]),
        ('exact:"drone strike"', [("drone strike", Why.EXACT)]),
        ("stri*", [(word, Why.PREFIX) for word in ("Striking", "strike", "strikes", "strike")]),
        ("strice~1", [("strike", Why.FUZZY), ("strike", Why.FUZZY)]),
        ('"then was"~4', [("then", Why.EXACT), ("was", Why.EXACT)]),
        ('"then was"~3', []),
        ("-drone", []),
        ("then -strike", [("then", Why.EXACT)]),
        ("title:drone", []),
        (
            "DRÔNE'S",
            [
                ("drones", Why.STEM),
                ("drone", Why.EXACT),
                ("drone", Why.EXACT),
                ("drone's", Why.EXACT),
            ],
        ),
    ],
)
def test_what_is_marked_and_why(query: str, found: list[tuple[str, Why]]) -> None:
    assert marked(query, TEXT) == found


def test_a_named_entity_is_marked_where_it_is_mentioned() -> None:
    article = made_up_documents()[0]
    marks = highlighter("person:Brandt").marks(article.text, mentions=article.mentions)
    assert [article.text[mark.start : mark.end] for mark in marks] == ["Gen. Brandt"]
    assert [mark.why for mark in marks] == [Why.ALIAS]


def test_a_named_entity_is_marked_in_the_title_as_the_text_names_it() -> None:
    article = document(
        "RR and River Relief ask for aid; Barr does not",
        "River Relief asked. RR waits.",
        entities=ENTITIES[3:4],
    )
    spans = highlights(article, "org:RR", INDEX)
    assert [article.title[start:end] for start, end in spans.title] == ["RR", "River Relief"]
    assert len(spans.text) == 2
    assert highlights(article, "org:council", INDEX).title == ()


def test_near_words_are_marked_only_where_they_are_near() -> None:
    text = "troops " + "and " * 20 + "troops at the border"
    marks = highlighter('"troops border"~3').marks(text)
    assert [mark.start for mark in marks] == [text.rindex("troops"), text.index("border")]


def test_the_whole_article_is_marked() -> None:
    article = made_up_documents()[2]
    spans = highlights(article, 'drone OR "port sel"', INDEX)
    assert [article.title[start:end] for start, end in spans.title] == ["Drone", "Port Sel"]
    assert [article.text[start:end] for start, end in spans.text] == ["drone", "Port Sel", "drone"]
    assert highlights(article, "", INDEX).text == ()


FILLER = "Nothing of note was said in this sentence at all. "


def test_a_passage_shows_most_of_the_query() -> None:
    text = (
        f"The drone came first. {FILLER * 8}\n\n"
        f"{FILLER * 3}Later a drone hit the bridge with artillery near. {FILLER * 8}"
    )
    found = snippets(document("A title", text), highlighter("drone bridge artillery"))
    assert len(found) == 2
    assert found[0].text.startswith("The drone came first.")
    assert "Later a drone hit the bridge with artillery near." in found[1].text
    assert found[1].text.startswith("Nothing of note")
    assert found[1].text.endswith(".")


def test_a_third_passage_must_show_something_new() -> None:
    apart = f"\n\n{FILLER * 6}\n\n"
    same = document("", f"A drone.{apart}A drone.{apart}A drone.{apart}A drone.")
    assert len(snippets(same, highlighter("drone"))) == 2
    new = document("", f"A drone drone.{apart}A tank tank.{apart}A drone.{apart}A bridge.")
    found = snippets(new, highlighter("drone tank bridge"))
    assert [snippet.text for snippet in found] == ["A drone drone.", "A tank tank.", "A bridge."]


@pytest.mark.parametrize("before", ["Mr.", "Gen.", "the U.S.", "Brig.", "J.", "\U0001f600Dr."])
def test_a_passage_does_not_end_at_what_stands_before_a_name(before: str) -> None:
    words = "the drone fell" + " where many saw it at dawn" * 7
    text = f"{words} and {before} Oduya{' spoke of it for long' * 9}."
    (first, *_) = snippets(document("", text), highlighter("drone"))

    assert len(first.text) > len(words)
    assert not first.text.endswith(before)


@pytest.mark.parametrize(
    ("before", "ended"),
    [
        *((end, True) for end in ("then.", "then?”", "then…", "then。", "then؟", "lords.", "NJ.")),
        *((end, False) for end in ("Dr.", "J.", "-Dr.", "\U0001f600Dr.", "then.a", "then,")),
        *((end, True) for end in ("xDr.", "_Dr.", "\u4e00Dr.", "\U0001d400Dr.")),
    ],
)
def test_a_passage_begins_behind_a_sentence(before: str, ended: bool) -> None:
    text = f"{'so it went on without an end to it ' * 6}{before}\u3000The drone fell. {FILLER * 8}"
    (found, *_) = snippets(document("", text), highlighter("drone"))
    assert found.text.startswith("The drone fell") == ended
    assert found.text.endswith("at all.")


def test_a_sentence_near_before_a_match_begins_its_passage() -> None:
    text = f"{FILLER * 4}\n\n \n{FILLER * 2}The drone fell.\n \n{FILLER * 3}"
    (found, *_) = snippets(document("", text), highlighter("drone"))
    assert found.text == f"{FILLER * 2}The drone fell."


def test_without_a_match_the_beginning_is_shown() -> None:
    article = document("Title", f"\n\n {FILLER * 20}")
    (beginning,) = snippets(article, highlighter(""))
    assert beginning.text.startswith("Nothing of note")
    assert beginning.spans == ()
    assert PASSAGE // 2 < len(beginning.text) <= PASSAGE
    assert snippets(document("Title", ""), highlighter("drone")) == ()


@pytest.mark.parametrize("place", [(-9, -3), (-9, 5), (5, 10**6), (10**6, 10**6 + 3), (7, 2)])
def test_places_outside_a_text_do_no_harm(place: tuple[int, int]) -> None:
    marks = [Highlight(*place, 0, Why.ALIAS)]
    for text in ("", "a drone", FILLER * 20):
        for number, start, end in passages([text, text], [marks, marks]):
            assert number in {0, 1}
            assert 0 <= start <= end <= len(text)


def test_a_word_longer_than_a_passage_is_shown_whole() -> None:
    word = "x" * (PASSAGE * 2)
    (found,) = snippets(document("", f"before {word} after"), highlighter(f"{word[:9]}*"))
    assert [found.text[start:end] for start, end in found.spans] == [word]


@pytest.mark.parametrize(
    "query",
    [
        *("drone", "strike OR troops", '"drone strike"', '"port sel"~2', "mob*", "dr*", "drome~1"),
        *("exact:drone", "drone -strike", "the OR a", "title:drone", "place:sel drone", "e*"),
    ],
)
def test_looking_for_few_words_marks_what_looking_at_all_marks(query: str) -> None:
    every = highlighter(query)
    resolved = resolve(parse(query), INDEX.analyzer, INDEX.directory, INDEX.values_of)
    few = Highlighter(resolved, INDEX.analyzer, INDEX.engine.expand)
    found = few.in_articles(made_up_documents())
    assert found == every.in_articles(made_up_documents())
    assert any(marks.title or marks.text for marks in found)


_QUERIES = st.sampled_from(
    [
        *("drone", "strike OR troops", '"drone strike"', '"troops border"~2', "mob*", "drome~1"),
        *("place:Meran", "exact:mobilise", "drone -strike", "the", "title:drone"),
        "place:sel drone",
    ]
)
_TEXTS = st.lists(
    st.sampled_from(
        [
            *("drone", "Drones", "strike", "strikes.", "troops", "border", "mobilise", "the"),
            *("Meran", "Port Sel", "a" * 300, "Ünï", "дрон", "'s", "\u0301"),
            *("\n\n", "\r\n", ". ", "…"),
        ]
    ),
    max_size=120,
).map(" ".join)


@given(_QUERIES, _TEXTS, st.text(max_size=30))
def test_spans_lie_inside_and_cover_what_matched(query: str, text: str, noise: str) -> None:
    article = document(text[:40], text + noise, entities=ENTITIES[5:])
    marker = highlighter(query)
    marks = marker.marks(article.text, mentions=article.mentions)
    words = {(mark.start, mark.end) for mark in marks}
    shown = snippets(article, marker)
    assert sum(snippet.field == "text" for snippet in shown) <= MOST
    for snippet in shown:
        whole = article.title if snippet.field == "title" else article.text
        assert whole[snippet.offset : snippet.offset + len(snippet.text)] == snippet.text
        last = 0
        for start, end in snippet.spans:
            assert last <= start < end <= len(snippet.text)
            last = end
        if snippet.field == "text":
            covered = {
                (start + snippet.offset, end + snippet.offset) for start, end in snippet.spans
            }
            assert covered <= _joined(words)
    if marks:
        assert any(snippet.spans for snippet in shown)


def _joined(words: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Every span that overlapping words can make together."""
    return {(start, end) for start, _ in words for _, end in words if start < end}


@given(_TEXTS, st.text(max_size=30))
def test_a_word_is_marked_exactly_where_its_stem_stands(text: str, noise: str) -> None:
    marks = highlighter("drone").marks(text + noise)
    tokens = INDEX.analyzer.tokens(text + noise)
    expected = [
        Highlight(token.start, token.end, 0, Why.EXACT if token.surface == "drone" else Why.STEM)
        for token in tokens
        if token.stem == "drone"
    ]
    assert marks == expected


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("Bridge hit at Port Sel", "Bridge hit at Port Sel.", ""),
        ("Bridge hit at Port Sel", "“Bridge hit at Port Sel”, they say.", "they say."),
        ("Bridge hit at Port Sel in a ra", "Bridge hit at Port Sel in a raid. Two.", "raid. Two."),
        ("Bridge hit at Port Sel", "Bridge hit near Port Sel.", "Bridge hit near Port Sel."),
        ("Bridge hit", "Bridge hit.", "Bridge hit."),
        ("", "Bridge hit.", "Bridge hit."),
        ("Bridge hit at Port Sel", "Bridge hit", ""),
        ("Bridge hit at Port Sel", "Bridge hit at Port Sel. (Sel Post)", "(Sel Post)"),
        ("Bridge hit at Port Sel", "Bridge hit at Port Sel (one dead) today", "(one dead) today"),
    ],
)  # fmt: skip
def test_a_passage_does_not_say_the_title_again(title: str, text: str, said: str) -> None:
    assert text[past_title(title, text) :] == said


@pytest.mark.parametrize(
    ("rest", "query", "shown"),
    [
        (" (Sel Post) (AP)", "bridge", []),
        (". (Sel Post), (AP).", "", []),
        (". (Sel Post)", "post", ["(Sel Post)"]),
        (". Two died. (Sel Post)", "bridge", ["Two died. (Sel Post)"]),
        (". (Sel Post) says so", "bridge", ["(Sel Post) says so"]),
    ],
)
def test_credits_behind_a_title_are_no_passage(rest: str, query: str, shown: list[str]) -> None:
    title = "Bridge hit at Port Sel"
    found = snippets(document(title, title + rest), highlighter(query))
    assert [one.text for one in found if one.field == "text"] == shown
    alone = snippets(document("", "(Sel Post) (AP)"), highlighter(query))
    assert [one.text for one in alone] == ["(Sel Post) (AP)"]
