"""A question finds reports in other languages: one list each, with what was looked for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.entities.types import Entity, EntityKind
from search.help.translation import listed
from search.help.translation.lists import LanguageList, lists
from search.help.translation.translator import Translator, dictionaries
from search.request import Filter, Mode, SearchRequest
from search.service import search
from tests.contract.engines import ENGINES
from tests.contract.made_up import document, made_up_index
from tests.search.help.translation.files import write

GERMAN = "de"
ENTITY = Entity("pla-orl", EntityKind.PLACE, "Orlivka", ("Орлівка", "Orlowka"), 3, 3)
TEXTS = (
    ("en", "A ferry and a bridge at Orlivka were hit.", (ENTITY,)),
    ("de", "Getroffen: Brücken und Fähren bei Orlowka.", (ENTITY,)),
    ("de", "Die Fähre ist wieder da.", ()),
    ("de", "Ein Zug nach Süden.", ()),
    ("uk", "Орлівка: від мосту лишилися опори.", (ENTITY,)),
    ("fr", "La récolte de cette année.", ()),
)
INDEX = made_up_index(
    [document("", text, language=code, entities=who) for code, text, who in TEXTS],
    entities=(ENTITY,),
)


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    folder = tmp_path_factory.mktemp("dictionaries")
    write(folder, "own-eng-deu", {"ferry": "Fähre; Zug", "river mouth": "Mündung"})
    return Translator(folder)


def _lists(
    text: str, translator: Translator, left_out: tuple[str, ...] = (), **narrowed: object
) -> Mapping[str, LanguageList]:
    request = replace(SearchRequest(text=text), **narrowed)  # type: ignore[arg-type]  # fields of SearchRequest
    return {one.language: one for one in lists(request, INDEX, translator, left_out).lists}


def _texts(found: LanguageList) -> list[int]:
    return [[text for _, text, _ in TEXTS].index(hit.document.text) for hit in found.hits]


def test_each_language_has_a_list_of_its_own(translator: Translator) -> None:
    found = _lists("bridge", translator)
    assert {language: _texts(one) for language, one in found.items()} == {
        "de": [1],
        "fr": [],
        "uk": [4],
    }
    assert search(SearchRequest(text="bridge"), INDEX).total == 1


def test_articles_with_more_of_the_words_come_first(translator: Translator) -> None:
    first, *others = _texts(_lists("ferry bridge", translator)["de"])
    assert (first, sorted(others)) == (1, [2, 3])


def test_translations_are_told_and_can_be_left_out(translator: Translator) -> None:
    (word,) = _lists("ferries", translator)["de"].words
    told = [(one.text, one.articles, one.used) for one in word.options]
    assert (word.typed, told) == ("ferries", [("Fähre", 2, True), ("Zug", 1, True)])
    without = _lists("ferries", translator, ("de:Zug",))["de"]
    assert [one.used for one in without.words[0].options] == [True, False]
    assert sorted(_texts(without)) == [1, 2]
    assert _lists("ferries", translator, ("de:Zug", "de:Fähre"))["de"].total == 0
    assert _lists("ferries", translator, ("uk:Zug",))["de"].total == 3


def test_names_hold_in_every_spelling(translator: Translator) -> None:
    found = _lists("Orlivka ferry", translator)
    assert (found["de"].names, _texts(found["de"])) == (("Orlivka",), [1])
    assert _texts(_lists("Orlivka", translator)["uk"]) == [4]
    assert _texts(_lists('"Orlivka" -bridge', translator)["uk"]) == []


def test_filters_and_what_is_left_out_hold(translator: Translator) -> None:
    place = Filter("place", Mode.ANY, ("pla-orl",))
    assert _texts(_lists("ferry", translator, filters=(place,))["de"]) == [1]
    assert sorted(_texts(_lists("ferry -bridge", translator)["de"])) == [2, 3]


def test_a_word_without_a_translation_is_told(translator: Translator) -> None:
    found = _lists("zeppelin ferry", translator)["de"]
    assert (found.unknown, len(found.hits)) == (("zeppelin",), 3)
    assert _lists("zeppelin", translator)["de"].total == 0
    (french,) = (
        one
        for one in lists(SearchRequest(text="récolte"), INDEX, translator, asked_in="en").lists
        if one.language == "fr"
    )
    assert (french.unknown, french.total) == (("récolte",), 1)


def test_a_translation_that_no_article_has_is_told_with_its_count(translator: Translator) -> None:
    found = _lists("opium ferry", translator)["de"]
    (opium, *_) = found.words
    assert [(one.text, one.articles) for one in opium.options] == [("Opium", 0), ("Mohn", 0)]
    assert (found.unknown, len(found.hits)) == ((), 3)
    assert _lists("opium", translator)["de"].total == 0


@pytest.mark.parametrize("text", ["הגשרים", "پل‌ها", "بالجسر", "mostów", "köprüler"])
def test_forms_of_listed_words_are_these(translator: Translator, text: str) -> None:
    assert _texts(_lists(text, translator)["de"]) == [1]


@pytest.mark.parametrize("text", ["", "the of", "-ferry", "*"])
def test_what_asks_for_nothing_finds_nothing_in_words(translator: Translator, text: str) -> None:
    assert not any(one.words for one in _lists(text, translator).values() if text != "-ferry")
    if text != "*":
        assert all(one.total == 0 for one in _lists(text, translator).values() if text != "")


def test_ukrainian_words_are_found_by_russian_ones(tmp_path: Path) -> None:
    write(tmp_path, "own-eng-rus", {"stanza": "строфа", "rhinoceros": "носорог", "beast": "зверь"})
    texts = ("Строфи короткі.", "Носоріг у клітці.", "Носильник пішов.", "Звірі в лісі.")
    index = made_up_index([document("", text, language="uk") for text in texts])
    for question, text in (("stanzas", 0), ("rhinoceros", 1), ("beasts", 3)):
        (one,) = lists(SearchRequest(text=question), index, Translator(tmp_path)).lists
        assert [hit.document.text for hit in one.hits] == [texts[text]], question
        assert one.words[0].typed == question
    (none,) = lists(SearchRequest(text="beast"), index, Translator()).lists
    assert (none.unknown, none.total) == (("beast",), 0)


@pytest.mark.parametrize(
    ("text", "asked_in"),
    [
        ("bridges hit", "en"),
        ("die Brücken", "de"),
        ("мостів більше немає", "uk"),
        ("мосты разрушены", "ru"),
        ("الجسور", "ar"),
        ("גשרים", "he"),
        ("پل‌های ویران", "fa"),
        ("اصابت موشک به مسافران", "fa"),
        ("köprüler yıkıldı", "tr"),
        ("Orlivka", "en"),
        ("Мещерская", "ru"),
        ("", "en"),
    ],
)
def test_words_and_letters_tell_in_which_language_a_question_is(
    translator: Translator, text: str, asked_in: str
) -> None:
    found = lists(SearchRequest(text=text), INDEX, translator)
    assert found.asked_in == asked_in
    assert {one.language for one in found.lists} == {"de", "en", "fr", "uk"} - {asked_in}


def test_a_reader_may_say_in_which_language_it_is(translator: Translator) -> None:
    told = lists(SearchRequest(text="Mine"), INDEX, translator)
    assert (told.asked_in, told.or_in) == ("en", ())
    said = lists(SearchRequest(text="Mine"), INDEX, translator, asked_in="de")
    assert (said.asked_in, said.or_in) == ("de", ("en",))
    assert "de" not in {one.language for one in said.lists}


def test_a_question_in_any_language_finds_reports_in_english_and_others(
    translator: Translator,
) -> None:
    found = _lists("мостів", translator)
    assert {language: _texts(one) for language, one in found.items()} == {
        "de": [1],
        "en": [0],
        "fr": [],
    }
    (word,) = found["en"].words
    assert (word.typed, [one.text for one in word.options]) == ("мостів", ["bridge"])


def test_words_that_join_others_are_not_looked_for(translator: Translator) -> None:
    found = _lists("die Ernte von den Brücken", translator)
    assert [word.typed for word in found["fr"].words] == ["Ernte", "Brücken"]
    assert found["fr"].unknown == ()
    assert _texts(found["fr"]) == [5]


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Brückenkonvoi", "de", ("Brücken", "konvoi")),
        ("Brückenzebra", "de", None),
        ("Hilfskonvoi", "de", ("Hilfs", "konvoi")),
        ("мост-лодка", "ru", ("мост", "лодка")),
        ("мост-зебра", "ru", None),
        ("Brückenkonvoi", "fr", None),
    ],
)
def test_a_word_of_two_is_looked_for_as_both(
    word: str, language: str, parts: tuple[str, str] | None
) -> None:
    assert listed.parts(word, language) == parts


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("Brücken und Flüchtlinge", (), ["Brücken", "Flüchtlinge"]),
        ("Brücke bei Orlowka", ("Orlowka",), ["Brücke"]),
        ("un puente", (), ["puente"]),
        ("мост Орлівка", ("Орлівка",), ["мост"]),
        ("köprü geri", (), ["köprü"]),
        ("köprü Geri", ("Geri",), ["köprü"]),
    ],
)
def test_words_of_a_question_are_no_names_whoever_is_called_so(
    text: str, names: tuple[str, ...], words: list[str]
) -> None:
    called = [
        Entity("pla-orl", EntityKind.PLACE, "Orlivka", ("Орлівка", "Orlowka"), 3, 3),
        Entity("per-bru", EntityKind.PERSON, "Hans Brücke", ("Brücke", "Brücken"), 3, 3),
        Entity("org-un", EntityKind.ORG, "United Nations", ("UN", "un"), 3, 3),
        Entity("per-ger", EntityKind.PERSON, "Ada Geri", ("Geri",), 3, 3),
    ]
    index = made_up_index(
        [document("", "A ferry and a bridge.", language="en", entities=tuple(called))],
        entities=tuple(called),
    )
    (english,) = lists(SearchRequest(text=text), index, Translator()).lists
    assert english.names == names
    assert [word.typed for word in english.words if word.options] == words


def test_a_dictionary_from_another_language_is_asked(tmp_path: Path) -> None:
    write(tmp_path, "own-deu-eng", {"nashorn": "rhinoceros"})
    index = made_up_index([document("", "A rhinoceros in its cage.", language="en")])
    (one,) = lists(SearchRequest(text="Nashorn"), index, Translator(tmp_path), asked_in="de").lists
    assert (one.language, one.total) == ("en", 1)


def test_matches_are_marked(translator: Translator) -> None:
    (first, *_) = _lists("ferry bridge", translator)["de"].hits
    (passage,) = (one for one in first.snippets if one.field == "text")
    assert {passage.text[start:end] for start, end in passage.spans} == {"Brücken", "Fähren"}


def _shares(name: str, translator: Translator, folder: Path) -> Mapping[str, float]:
    """Of each language, the share of questions whose report is among the first ten."""
    path = Path(__file__).with_name(name)
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [tuple(line.split("\t")) for line in lines]
    documents = [document("", text, language=language) for _, language, text in rows]
    index = replace(made_up_index(documents[:1]), engine=ENGINES["whoosh"](documents, folder))
    right: Counter[str] = Counter()
    for question in dict.fromkeys(question for question, _, _ in rows):
        for found in lists(SearchRequest(text=question, highlight=False), index, translator).lists:
            texts = {hit.document.text for hit in found.hits}
            right[found.language] += any((question, found.language, text) in rows for text in texts)
    asked = Counter(language for _, language, _ in rows)
    return {language: right[language] / asked[language] for language in asked}


@pytest.mark.slow
def test_our_own_list_finds_our_own_reports(tmp_path: Path) -> None:
    """What dictionaries add is measured in docs/decisions; these are the words we ship."""
    assert min(_shares("reports.tsv", Translator(), tmp_path / "index").values()) >= 0.9


@pytest.mark.slow
def test_unseen_questions_with_dictionaries(tmp_path: Path) -> None:
    folder = Path(os.environ.get("DICTIONARIES", "/usr/share/dictd"))
    if not {("en", code) for code in ("es", "pl", "ru", "tr")} <= set(dictionaries(folder)):
        pytest.skip(f"no dictionaries of four languages in {folder}")
    found = _shares("unseen.tsv", Translator(folder), tmp_path / "index")
    assert min(found[language] for language in ("es", "ru")) >= 0.8
    assert min(found[language] for language in ("pl", "tr", "uk")) >= 0.7


@pytest.mark.parametrize(
    ("text", "asked_in"),
    [
        ("קציר ליד הגשר", "he"),
        ("برداشت کنار پل", "fa"),
        ("حصاد عند الجسر", "ar"),
        ("récolte près d'un pont", "fr"),
    ],
)
def test_words_that_join_others_are_not_said_to_lack_a_translation(
    translator: Translator, text: str, asked_in: str
) -> None:
    found = lists(SearchRequest(text=text), INDEX, translator)
    assert found.asked_in == asked_in
    (german,) = (one for one in found.lists if one.language == GERMAN)
    assert german.unknown == ()
    assert len(german.words) == 2
