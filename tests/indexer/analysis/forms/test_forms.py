"""Which forms of a word are found, in ten languages, and which words are none."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import analyzer
from indexer.analysis.forms.attached import ATTACHED
from indexer.analysis.forms.dictionaries import (
    ENGLISH,
    LANGUAGES,
    LATIN,
    Dictionary,
    dictionary,
    packed,
)
from indexer.document import IndexDocument
from search.language.parser import parse
from search.passages.highlighter import Highlighter, Why
from search.request import SearchRequest
from search.service import OpenIndex, highlights, search, understand
from tests.contract.engines import ENGINES
from tests.contract.made_up import document, made_up_index

GERMAN = "de"
_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def _of(texts: list[tuple[str, str]], folder: Path | None = None) -> OpenIndex:
    documents = [document("", text, language=language) for language, text in texts]
    index = made_up_index(documents)
    if folder is None:
        return index
    engine = ENGINES["whoosh"](documents, folder)
    return OpenIndex(engine, index.directory, index.analyzer, index.generation)


def _found(index: OpenIndex, text: str) -> list[IndexDocument]:
    return [hit.document for hit in search(SearchRequest(text=text, limit=200), index).hits]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIndex]:
    index = _of([(row[0], row[2]) for row in _ROWS], tmp_path_factory.mktemp("pairs") / "index")
    with closing(index):
        yield index


WRITTEN = sorted({row[0] for row in _ROWS})


@pytest.mark.parametrize("language", WRITTEN)
def test_forms_are_found_and_marked(pairs: OpenIndex, language: str) -> None:
    rows = [row for row in _ROWS if row[0] == language]
    missed = []
    for _, query, text, shown in rows:
        here = [one for one in _found(pairs, query) if one.text == text]
        marked = {
            text[start:end] for one in here for start, end in highlights(one, query, pairs).text
        }
        if shown not in marked:
            missed.append((query, shown))
    assert len(rows) >= 8
    assert len(missed) <= 1, missed


def _stems(word: str, *texts: tuple[str, str]) -> tuple[str, ...]:
    return _of(list(texts)).engine.forms(word)


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("рука", "рукав", "ru"),
        ("город", "городок", "ru"),
        ("мир", "мираж", "ru"),
        ("порт", "портрет", "ru"),
        ("міст", "мистецтво", "uk"),
        ("حرب", "حربي", "ar"),
        ("بنك", "نكبة", "ar"),
        ("שלום", "שולחן", "he"),
        ("Haus", "Haubitze", "de"),
        ("Stadt", "Stadion", "de"),
        ("muro", "murmullo", "es"),
        ("kar", "karar", "tr"),
        ("kot", "kotlet", "pl"),
        ("chat", "chateau", "fr"),
        ("puerto", "puerta", "es"),
        ("arme", "armée", "fr"),
        ("kan", "kanunu", "tr"),  # behind a stands no u
        ("Lage", "Vorlage", "de"),
        ("Wehr", "Gewehr", "de"),
        ("Lager", "Schlager", "de"),
        ("Leitung", "Begleitung", "de"),
        ("Ort", "Transport", "de"),
        ("Tag", "Vertag", "de"),
        ("جمع", "جوامع", "ar"),
        ("kommen", "willkommen", "de"),
        ("бадьорий", "бадилля", "uk"),
        ("міст", "місто", "uk"),
        ("شباب", "شبابيك", "ar"),
        ("بيت", "الأب", "ar"),
        ("قرية", "أقرباء", "ar"),
        ("جريح", "جرى", "ar"),
        ("бежать", "без", "ru"),
        ("خانه", "خانم", "fa"),
        ("מנהרה", "נהר", "he"),
        ("שלום", "תשלום", "he"),
        ("תקף", "תקופה", "he"),
        ("kurşun", "kurs", "tr"),
        ("kaçmak", "kaç", "tr"),
        ("gitmek", "gitar", "tr"),
        ("Haus", "Mühlhausen", "de"),
        ("Stadt", "Darmstadt", "de"),
    ],
)
def test_words_that_only_look_alike_are_no_forms(word: str, other: str, language: str) -> None:
    assert _stems(word, (language, other)) == ()


FOREIGN = [(one, "Warst die mosty forcé nationales Angeln fines") for one in sorted(LATIN)]


@pytest.mark.parametrize("word", ["war", "Die", "most", "forces", "national", "Angel", "fin"])
def test_what_is_english_in_english_articles_has_no_forms(word: str) -> None:
    assert _stems(word, *FOREIGN, ("en", f"An article has {word}.")) == ()


def test_what_is_english_is_no_form_where_english_articles_have_it() -> None:
    french = ("fr", "Les forces avancent, il a forcé la porte, national.")
    assert _stems("forçaient", french) == ("forc",)
    assert _stems("forçaient", french, ("en", "A force.")) == ()
    assert _stems("nationales", ("fr", "Un national.")) == ("nation",)


def test_a_form_counts_where_an_article_in_its_language_has_it() -> None:
    assert _stems("Häuser", ("en", "A haus is a house.")) == ()
    assert _stems("Häuser", ("en", "A haus is a house."), ("de", "Ein Dorf.")) == ()
    assert _stems("Häuser", ("de", "Ein Haus.")) == ("haus",)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_whose_language_is_known_is_none_of_another(engine: str, tmp_path: Path) -> None:
    texts = [("en", "A front of police."), ("de", "Die Fronten ruhen."), ("pl", "Na frontach.")]
    documents = [document("", text, language=language) for language, text in texts]
    made = ENGINES[engine](documents, tmp_path)
    assert made.forms("front") == ()
    assert made.forms("Front", "de") == ("fronten",)
    assert made.forms("front", "pl") == ("frontach",)
    assert made.forms("фронт", "de") == ()


def test_a_name_has_forms_in_other_languages_though_english_has_it() -> None:
    assert _stems("Ankara", ("tr", "Ankara'dan haber geldi.")) == ("ankara'dan",)
    assert _stems("ankara", ("tr", "Ankara'dan haber geldi.")) == ("ankara'dan",)
    assert _stems("Biden", ("pl", "Spotkanie z Bidenem.")) == ("bidenem",)
    assert _stems("Biden", ("en", "Spotkanie z Bidenem.")) == ()


def test_a_surname_has_its_cases_though_it_is_a_word_too() -> None:
    russian = ("ru", "Лавровый лист. Говорили с Лавровым.")
    assert _stems("Лавров", russian) == ("лавров",)
    assert _stems("лавров", russian) == ()


def test_a_short_hebrew_word_has_only_what_stands_before_it() -> None:
    hebrew = ("he", "באש ובמים, האש בערה, אשכול.")
    assert _stems("אש", hebrew) == ("באש", "האש")
    assert _stems("האש", ("he", "אש בשדה.")) == ("אש",)


def test_a_ukrainian_plural_is_a_form_beside_the_possessive() -> None:
    assert _stems("брат", ("uk", "Двох братів поховали.")) == ("братів",)


@pytest.mark.parametrize(
    ("word", "text", "form"),
    [
        ("most", "Walki trwają przy moście.", "mosci"),
        ("mostu", "Walki trwają na moście.", "mosci"),
        ("list", "Prosi o to w liście.", "lisci"),
        ("świt", "Ruszyli o świcie.", "swici"),
        ("dyplomata", "Pisano o dyplomacie.", "dyplomaci"),
    ],
)
def test_a_polish_locative_is_a_form_though_it_is_one_of_another_word_too(
    word: str, text: str, form: str
) -> None:
    assert _stems(word, ("pl", text)) == (form,)


def test_a_polish_locative_is_no_form_of_an_english_word() -> None:
    found = _found(_of([("en", "Most of them left."), ("pl", "Walki na moście.")]), "most")
    assert [one.language for one in found] == ["en"]


def test_umlauts_are_transcribed_both_ways() -> None:
    assert _stems("Göring", ("en", "Goering was there.")) == ("goer",)
    assert _stems("Goering", ("de", "Göring war da.")) == ("gore",)
    assert _stems("poet", ("de", "Der Pöt und der Pot.")) == ()


RUSSIAN = [
    ("ru", "Рынок закрыт."),
    ("ru", "Ракета попала в здание рынка, и рынка больше нет."),
    ("ru", "Молчание."),
]


def test_all_forms_count_as_one_word(tmp_path: Path) -> None:
    index = _of(RUSSIAN, tmp_path / "index")
    two, one = search(SearchRequest(text="рынок"), index).hits
    other = _of([(code, text.replace("рынка", "рынок")) for code, text in RUSSIAN])
    as_one = search(SearchRequest(text='"рынок"'), other).hits
    assert [two.score, one.score] == pytest.approx([hit.score for hit in as_one], rel=1e-6)


@pytest.mark.parametrize("text", ['"рынок"', "exact:рынок", 'exact:"рынок"', "title:рынок"])
def test_what_is_asked_as_written_has_no_other_forms(text: str) -> None:
    assert len(_found(_of(RUSSIAN), text)) == (0 if text.startswith("title") else 1)


def test_an_answer_lists_the_forms_of_each_word() -> None:
    result = search(SearchRequest(text="рынок закрытый"), _of(RUSSIAN))
    assert result.forms["рынок"] == ("рынка",)
    assert search(SearchRequest(text='"рынок"'), _of(RUSSIAN)).forms == {}


def test_a_form_says_that_it_is_one() -> None:
    index = _of(RUSSIAN)
    resolved, _ = understand(parse("рынок"), SearchRequest(text="рынок"), index)
    for text, why in (("рынок", Why.EXACT), ("рынка", Why.FORM), ("рынков", Why.FORM)):
        marks = Highlighter(resolved, index.analyzer).marks(text)
        assert [mark.why for mark in marks] == [why], text


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_every_engine_knows_the_same_forms(engine: str, tmp_path: Path) -> None:
    documents = [document("", row[2], language=row[0]) for row in _ROWS]
    made = ENGINES[engine](documents, tmp_path / "index")
    own = Counter(dict.fromkeys(LANGUAGES, 0))
    with closing(made):
        for row in _ROWS[::4]:
            own[row[0]] += len(made.forms(row[1]))
        assert made.forms("") == made.forms("two words") == made.forms("T-72") == ()
    assert own == {
        "ar": 5, "de": 4, "es": 6, "fa": 3, "fr": 3, "he": 8, "pl": 6, "ru": 3, "tr": 4, "uk": 10,
    }  # fmt: skip


# The lists


_CLASSES = st.lists(
    st.sets(st.text(st.sampled_from("abcжעل"), min_size=1, max_size=4), min_size=2, max_size=4),
    max_size=8,
).map(lambda found: [sorted(one) for one in found])


@given(_CLASSES)
def test_a_list_gives_back_what_was_packed(words: list[list[str]]) -> None:
    stems = {stem for word in words for stem in word}
    read = Dictionary(packed(words, "made up"))
    assert set(read.stems()) == stems
    for stem in stems:
        assert stem in read
        assert read.forms(stem) == {one for word in words if stem in word for one in word}
    assert "zz" not in read
    assert read.forms("zz") == read.forms("") == set()


@pytest.mark.parametrize("language", [*LANGUAGES, ENGLISH])
def test_each_list_names_its_source_and_is_sorted(language: str) -> None:
    folder = Path(__file__).parents[4] / "indexer" / "analysis" / "forms"
    data = gzip.decompress((folder / f"{language}.gz").read_bytes())
    assert b"MIT" in data.partition(b"\n")[0]
    words = dictionary(language)
    some = [words[number] for number in range(0, len(words), 97)]
    assert some == sorted(some)


@given(st.data())
def test_what_is_written_together_is_taken_apart_again(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(ATTACHED)))
    attached = data.draw(st.sampled_from(ATTACHED[language]))
    base = data.draw(st.text(st.sampled_from("كتبمדברشهرevlk"), min_size=3, max_size=6))
    for start, more in attached.beginnings(base):
        for rest in ("", "ها", "ים", "ler", "'da"):
            if attached.may_follow(start, rest, more) and start + rest != base:
                assert base in set(attached.bases(start + rest))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("abziehen", "Er zog den Mantel an."),
        ("annehmen", "Sie nahmen die Waffen an der Wand."),  # an is mostly a preposition
        (
            "zurückziehen",
            "Sie zogen weiter, viel später und erst nach langem Warten im Regen zurück.",
        ),
    ],
)
def test_a_verb_in_two_parts_needs_its_own_second_part_near(word: str, text: str) -> None:
    assert _found(_of([("de", text)]), word) == []


@pytest.mark.parametrize(
    ("word", "compounds"),
    [
        ("Brücke", ["Eisenbahnbrücke", "Flussbrücken"]),
        ("Kloster", ["Bergklosters"]),
        ("Krieg", ["Drogenkrieges", "Bürgerkrieg"]),
        ("Wagen", ["Krankenwagen"]),
        ("Haus", ["Rathäuser"]),
        ("Küste", ["Ostküste"]),
        ("Tor", ["Stadttor"]),
        ("Mut", ["Kriegsmut"]),
    ],
)
def test_a_german_compound_is_found_by_its_last_word(word: str, compounds: list[str]) -> None:
    stem = analyzer().stem
    others = [(GERMAN, f"Dort: {one}.") for one in compounds]
    expected = sorted(stem(analyzer().surfaces(one)[0]) for one in compounds)
    assert _stems(word, *others) == tuple(expected)
    assert _stems(word, *others, ("en", "An article.")) == tuple(expected)


def test_an_infinitive_in_small_letters_ends_no_compound() -> None:
    assert _stems("fahren", (GERMAN, "Die Gefahren der Irrfahren.")) == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_where_many_words_have_some_letters_those_of_most_articles_count(
    engine: str, tmp_path: Path
) -> None:
    letters = ["".join(one) for one in product("abcdefghijklmnopqrstuvwxyz", repeat=2)]
    rare = " ".join(f"{first}{one}kran" for first in ("abc", "xyz") for one in letters)
    texts = [rare, "Der Zeltkran am Fluss.", "Der Zeltkran steht."]
    made = ENGINES[engine]([document("", one, language=GERMAN) for one in texts], tmp_path)
    with closing(made):
        assert made.forms("Kran") == ("zeltkran",)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Üç T-84'ler yandı.", "T-84"),
        ("T84'ün namlusu kırık.", "T-84"),
        ("Savaş 1974'te başladı.", "1974"),
    ],
)
def test_a_turkish_ending_stands_behind_a_number(text: str, typed: str) -> None:
    index = _of([("tr", text), ("tr", "T-85'ler ve 1975'te.")])
    assert [one.text for one in _found(index, typed)] == [text]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("سنگر‌ها", "سنگرها خالی بود."),
        ("سنگرها", "سنگر‌های خط خالی بود."),
        ("می‌جنگند", "آنها میجنگند."),
        ("میجنگند", "آنها می‌جنگند."),
        ("سنگر‌ها", "یک سنگر خالی بود."),
    ],
)
def test_a_persian_half_space_may_be_left_out(typed: str, text: str) -> None:
    index = _of([("fa", text), ("fa", "میدان شهر.")])
    assert [one.text for one in _found(index, typed)] == [text]
    assert _found(index, f"exact:{typed}") == [] or typed in text


def test_a_hebrew_noun_that_is_no_verb_has_no_forms_of_one() -> None:
    assert _stems("גשם", ("he", "גושמת")) == ()
