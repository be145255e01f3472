"""The shipped tagger: exact offsets, the right kinds, and no garbage in other languages."""

from __future__ import annotations

import pytest

from corpus import demo
from indexer.entities import tagger
from indexer.entities.consistency import agree
from indexer.entities.gazetteer import foreign_gazetteer
from indexer.entities.recogniser import recognise
from indexer.entities.rules import RuleTagger
from indexer.entities.tokens import sentences
from indexer.entities.types import EntityKind, Mention, Tagger

NEWS = (
    "KYIV: President Volodymyr Zelenskyy said on Tuesday that U.S.-led talks with Russia's foreign "
    "minister, Sergei Lavrov, had failed. Gen. Valery Gerasimov did not attend.\n\n"
    "Mr. Lavrov told Reuters that NATO and the European Union (EU) were to blame. Ukrainian "
    "officials in Kharkiv rejected this."
)


def found(text: str, language: str = "en") -> dict[str, EntityKind]:
    return {one.text: one.kind for one in tagger().tag(text, language=language)}


def test_news_gives_its_names_with_their_kinds() -> None:
    names = found(NEWS)
    assert {name for name, kind in names.items() if kind is EntityKind.PERSON} == {
        "Volodymyr Zelenskyy", "Sergei Lavrov", "Valery Gerasimov", "Lavrov",
    }  # fmt: skip
    assert {"Reuters", "NATO", "European Union", "EU"} <= {
        name for name, kind in names.items() if kind is EntityKind.ORG
    }
    assert {"U.S.", "Russia", "Kharkiv"} <= {
        name for name, kind in names.items() if kind is EntityKind.PLACE
    }
    assert names["Ukrainian"] is EntityKind.NORP


def test_titles_stay_outside_the_name_but_are_remembered() -> None:
    titles = {one.text: one.honorific for one in tagger().tag(NEWS, language="en")}
    assert titles["Valery Gerasimov"] == "gen"
    assert titles["Lavrov"] == "mr"
    assert titles["Volodymyr Zelenskyy"] == "president"


@pytest.mark.parametrize("candidate", [tagger(), RuleTagger(), foreign_gazetteer()])
def test_offsets_are_exact_in_order_and_apart(candidate: Tagger) -> None:
    for article in demo.load()[:40]:
        text = "\n\n".join(article.paragraphs)
        end = 0
        for one in candidate.tag(text, language=article.language, title=article.title):
            assert text[one.start : one.end] == one.text
            assert one.start >= end
            assert one.text == one.text.strip() != ""
            assert 0 < one.confidence <= 1
            end = one.end


@pytest.mark.parametrize("text", ["", "\n\n", "...", "a", "🙂 \u200f", "\x00 É̷̈ " * 50, "A" * 5000])
def test_any_text_can_be_tagged(text: str) -> None:
    for language in ("en", "ru", "und"):
        assert isinstance(tagger().tag(text, language=language), list)


def test_other_languages_give_known_names_only() -> None:
    russian = "Владимир Путин прибыл в Киев, сообщил Неизвестный Человек из Министерства Обороны."
    assert set(found(russian, "ru")) == {"Владимир Путин", "Киев"}
    arabic = "وقال الرئيس فلاديمير بوتين لأوكرانيا في موسكو"
    assert set(found(arabic, "ar")) == {"فلاديمير بوتين", "أوكرانيا", "موسكو"}
    german = "Der Bundeskanzler Olaf Scholz sprach in Berlin mit der Regierung über den Frieden."
    assert set(found(german, "de")) == {"Olaf Scholz", "Berlin"}


def test_a_short_text_whose_language_cannot_be_told_is_read_by_its_letters() -> None:
    assert "Vladimir Putin" in found("Vladimir Putin spoke.", "und")
    assert "Путин" in found("Путин сказал.", "und")


def test_an_article_agrees_with_itself() -> None:
    text = "Maria Ressa spoke. Ressa left. In Ressa they met."
    surely = Mention(0, 11, EntityKind.PERSON, "Maria Ressa", 0.95, "model")
    doubtful = Mention(34, 39, EntityKind.PLACE, "Ressa", 0.4, "model")
    agreed = agree(text, list(sentences(text)), [surely, doubtful])
    assert [(one.text, one.kind) for one in agreed] == [
        ("Maria Ressa", EntityKind.PERSON),
        ("Ressa", EntityKind.PERSON),
        ("Ressa", EntityKind.PERSON),
    ]


def test_sentences_part_hyphens_possessives_and_lines_but_not_titles() -> None:
    words = [
        [word for _, _, word in one] for one in sentences("Gen. Ali's U.S.-led\nplan. It won.")
    ]
    assert words == [
        ["Gen.", "Ali", "'s", "U.S.", "-", "led"],
        ["plan", "."],
        ["It", "won", "."],
    ]


def test_the_headline_is_counted_but_never_tagged_by_itself() -> None:
    recognition = recognise("Lavrov Slams West as Talks Fail", NEWS, "en")
    assert {name.full for name in recognition.names if name.in_title} == {"Sergei Lavrov"}
    assert all(end <= len(NEWS) for _, end, _ in recognition.spans)
