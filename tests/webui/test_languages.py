"""Pages in the languages of their readers: nothing is said that is not marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from jinja2 import DictLoader, nodes

from search.result import Named
from tests.conftest import ROOT
from tests.contract.made_up import made_up_documents
from tests.webui.unmarked import dynamic, unmarked, untold
from webui.locale import folding, languages
from webui.locale.catalogues import FOLDER, Catalogue, catalogue, read
from webui.locale.extraction import sentences
from webui.locale.folding import ByLanguage
from webui.locale.languages import ENGLISH, LANGUAGES, Language, preferred
from webui.locale.region import region
from webui.view import wording

TEMPLATES = sorted((ROOT / "webui" / "templates").glob("*.html"))
ENGLISH_ALONE = {"docs.html"}
"""What describes the interface for scripts, which is English."""


@pytest.mark.parametrize(
    "template",
    [one for one in TEMPLATES if one.name not in ENGLISH_ALONE],
    ids=lambda one: one.stem,
)
def test_a_template_says_nothing_unmarked(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert list(unmarked(source)) == []
    assert list(dynamic(source)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Sign in</p>", "Sign in"),
        ('<p title="All of them">{{ x }}</p>', "All of them"),
        ('<a aria-label="Not {{ label }}">×</a>', "Not \ufffc"),
        ('<b>{{ "Older" if x else "One" }}</b>', "Older"),
        ('<b>{{ name ~ " articles" }}</b>', "articles"),
        ('<b>{{ x }} of <i>{{ _("all") }}</i></b>', "\ufffc of"),
        ("{% macro m() %}<em>said</em>{% endmacro %}", "said"),
    ],
)
def test_what_is_not_marked_is_noticed(source: str, found: str) -> None:
    assert any(found in one for one in unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Sign in") }}</p>',
        "{% trans n=x %}{{ n }} of all{% endtrans %}",
        "<code>person:Zelensky</code>",
        '<a class="{{ "chosen" if x }}" href="/search?q=troops">{{ title }}</a>',
        "<p>Dispatches · JSON</p>",
    ],
)
def test_what_needs_no_mark_is_let_pass(source: str) -> None:
    assert list(unmarked(source)) == []


def test_a_mark_takes_constants_alone() -> None:
    """What is marked is written as markup: a title of an article must not be."""
    assert list(dynamic("{{ _(article.title) }}")) == ["_"]
    assert list(dynamic('{{ _("Title") }}')) == []


# Catalogues

OTHERS = [code for code in LANGUAGES if code != "en"]
_PLACE = re.compile(r"%\((\w+)\)s")
_ELEMENT = re.compile(r"<[^<>]+>")


@cache
def _sentences() -> dict[str, str]:
    """Every sentence, and its plural or an empty text."""
    return dict(iter(sentences()))


def _lacking(known: Catalogue) -> list[str]:
    """Sentences that a catalogue does not have."""
    return [
        one
        for one, many in _sentences().items()
        if one not in (known.plurals if many else known.texts)
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_and_no_other(code: str) -> None:
    known = catalogue(code)
    assert _lacking(known) == []
    assert {*known.texts, *known.plurals} == set(_sentences())


def test_a_sentence_without_translation_is_noticed(tmp_path: Path) -> None:
    text = (FOLDER / "fr.po").read_text(encoding="utf-8")
    cut = tmp_path / "fr.po"
    cut.write_text(re.sub(r'(msgid "Nothing found"\nmsgstr ).*', r'\1""', text), encoding="utf-8")
    assert _lacking(read(cut)) == ["Nothing found"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_holds_the_values_and_elements_of_its_sentence(code: str) -> None:
    known, both = catalogue(code), _sentences()
    pairs = [(one, text) for one, text in known.texts.items()]
    pairs += [(one + both[one], form) for one, forms in known.plurals.items() for form in forms]
    for english, text in pairs:
        places = set(_PLACE.findall(english))
        assert set(_PLACE.findall(text)) <= places, text
        if english in known.texts:
            assert set(_PLACE.findall(text)) == places, text
        wanted = set(_ELEMENT.findall(english))
        assert set(_ELEMENT.findall(text)) == wanted, text
        bare = _ELEMENT.sub("", text)
        assert "<" not in bare, text
        assert '"' not in bare or '"' in _ELEMENT.sub("", english), text  # of an attribute


def test_numbers_have_the_forms_of_their_language() -> None:
    one, many = "%(num)s article", "%(num)s articles"
    for code, forms in {
        "uk": {1: "1 стаття", 3: "3 статті", 5: "5 статей", 11: "11 статей", 22: "22 статті"},
        "ar": {1: "مقالة واحدة", 2: "مقالتان", 3: "3 مقالات", 11: "11 مقالة", 100: "100 مقالة"},
        "fr": {0: "0 article", 1: "1 article", 2: "2 articles"},
        "en": {0: "0 articles", 1: "1 article", 1234: "1,234 articles"},
    }.items():
        with languages.using(LANGUAGES[code]):
            for number, told in forms.items():
                assert languages.plural(one, many, number) == told


@pytest.mark.parametrize(
    ("articles", "otherwise", "told"),
    [
        (
            1,
            1,
            {
                "en": "1 article names A in another spelling",
                "ar": "مقالة واحدة تذكر \u2068A\u2069 بكتابة أخرى",
            },
        ),
        (3, 3, {"en": "3 articles name A, all in another spelling"}),
        (3, 1, {"en": "3 articles name A, 1 of them in another spelling"}),
        (5, 5, {"ru": "5 статей упоминают A, все в другом написании"}),
        (21, 4, {"uk": "21 стаття згадує A, 4 з них — в іншому написанні"}),
        (2, 2, {"fr": "2 articles nomment A, tous dans une autre graphie"}),
        (4, 2, {"es": "4 artículos nombran a A, 2 de ellos con otra grafía"}),
    ],
)
def test_how_many_articles_name_somebody_otherwise(
    articles: int, otherwise: int, told: dict[str, str]
) -> None:
    one = Named("Б", "person", ("1",), ("A",), articles, otherwise)
    for code, sentence in told.items():
        with languages.using(LANGUAGES[code]):
            assert wording.naming(one) == sentence


# Errors and warnings, which are made in English


def test_an_error_is_told_with_its_values() -> None:
    known = catalogue("uk")
    assert known.told("There is no field who:") == "Поля who: немає"
    assert known.told("'x y' is neither true nor false") == "'x y' — ні true, ні false"
    near = "No place here is named “place”; near it: Kyiv"
    assert known.told(near) == "Тут немає «place» (місце); близькі: Kyiv"
    assert known.told("what nobody translated") == "what nobody translated"


# Dates and numbers


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    day = date(2023, 3, 1)
    assert region("uk").day(day) == "1 березня 2023"
    assert region("uk").month(2023, 3) == "березень 2023"
    assert region("ru").day(day) == "1 марта 2023"
    assert region("fr").day(day) == "1er mars 2023"
    assert region("fr").day(date(2023, 3, 2)) == "2 mars 2023"
    assert region("es").day(day) == "1 de marzo de 2023"
    assert region("ar").day(day) == "1 مارس 2023"
    assert region("es").number(1234) == "1234"
    assert region("es").number(12345) == "12.345"
    assert region("uk").number(-1234) == "-1\u00a0234"
    assert region("fr").decimal(1234.56, 1) == "1\u202f234,6"


def test_babel_is_loaded_when_somebody_asks_for_another_language() -> None:
    """Commands, and readers of English, never wait for it."""
    loads = re.compile(r"^(?:import|from) babel\b", re.MULTILINE)
    for file in (ROOT / "webui").rglob("*.py"):
        assert not loads.search(file.read_text(encoding="utf-8")), file


# Which language a page is in


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("uk", "uk"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("de,fr;q=0.7,en;q=0.9", "en"),
        ("de,fr;q=0.7,es;q=0.9", "es"),
        ("AR_eg", "ar"),
        ("uk;q=0,ru;q=0.1", "ru"),
        ("*", "en"),
        ("de-DE", "en"),
        ("nonsense;;;q=x", "en"),
    ],
)
def test_the_browser_is_asked_what_it_likes_best(header: str, code: str) -> None:
    assert preferred(header).code == code


def test_a_page_says_which_language_it_is_in(client: FlaskClient) -> None:
    arabic = client.get("/search?q=grain", headers={"Accept-Language": "ar"})
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert {"Accept-Language", "Cookie"} <= {
        one.strip() for one in arabic.headers["Vary"].split(",")
    }
    english = client.get("/search?q=grain")
    assert '<html lang="en" dir="ltr">' in english.text
    assert "Accept-Language" in english.headers["Vary"]
    assert arabic.headers["ETag"] != english.headers["ETag"]
    again = {"Accept-Language": "uk", "If-None-Match": arabic.headers["ETag"]}
    changed = client.get("/search?q=grain", headers=again)
    assert (changed.status_code, 'lang="uk"' in changed.text) == (200, True)
    same = client.get("/search?q=grain", headers={**again, "Accept-Language": "ar"})
    assert same.status_code == 304
    assert "Accept-Language" in same.headers["Vary"]


def test_what_scripts_ask_is_english(client: FlaskClient) -> None:
    for address in ("/api/v1/search?q=%22", "/api/v1/facets/place", "/feed.atom?q=grain"):
        plain = client.get(address)
        other = client.get(address, headers={"Accept-Language": "uk", "Cookie": "language=ar"})
        assert other.data == plain.data
        assert other.headers.get("ETag") == plain.headers.get("ETag")
        assert "Accept-Language" not in other.headers.get("Vary", "")


def test_the_switch_is_kept_and_beats_the_browser(client: FlaskClient) -> None:
    page = client.get("/search?q=grain&sort=newest").text
    assert 'value="/search?q=grain&amp;sort=newest"' in page
    form = {"language": "ru", "back": "/search?q=grain&sort=newest"}
    answer = client.post("/language", data=form)
    assert (answer.status_code, answer.location) == (303, "/search?q=grain&sort=newest")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {one.strip() for one in cookie.split(";")}
    found = client.get("/search", headers={"Accept-Language": "ar"}).text
    assert 'lang="ru"' in found
    assert "Один файл cookie" in found
    client.delete_cookie("language")


@pytest.mark.parametrize(
    ("form", "status", "location"),
    [
        ({"language": "uk", "back": "//evil.example"}, 303, "/search"),
        ({"language": "uk", "back": "https://evil.example/"}, 303, "/search"),
        ({"language": "uk"}, 303, "/search"),
        ({"language": "xx", "back": "/map"}, 400, None),
        ({}, 400, None),
    ],
)
def test_the_switch_leads_nowhere_else(
    client: FlaskClient, form: dict[str, str], status: int, location: str | None
) -> None:
    answer = client.post("/language", data=form)
    assert (answer.status_code, answer.location) == (status, location)
    client.delete_cookie("language")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_switches_it(client: FlaskClient, site: str) -> None:
    answer = client.post(
        "/language", data={"language": "uk"}, headers={"Sec-Fetch-Site": site, "Origin": "null"}
    )
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_citations_stay_as_their_styles_are(client: FlaskClient) -> None:
    address = f"/articles/{made_up_documents()[0].article_id}"
    pattern = re.compile(r'<dl class="citations">.*?</dl>|<span class="Z3988"[^>]*>', re.DOTALL)
    english = pattern.findall(client.get(address).text)
    assert len(english) == 2
    assert pattern.findall(client.get(address, headers={"Accept-Language": "ar"}).text) == english


def test_the_script_has_its_words(client: FlaskClient) -> None:
    answer = client.get("/words/uk.js")
    assert answer.mimetype == "text/javascript"
    assert '"Close": "Закрити"' in answer.text
    assert '"%(num)s match": ["%(num)s збіг", "%(num)s збіги", "%(num)s збігів"]' in answer.text
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/words/en.js").status_code == 404
    assert client.get("/words/../app.js").status_code == 404


# A language in which everything that a catalogue gives stands in brackets: what does not is English


class _Brackets:
    rule = "0"
    plurals: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def text(self, english: str) -> str:
        return f"⟦{english}⟧"

    def plural(self, _one: str, many: str, _number: int) -> str:
        return f"⟦{many}⟧"

    told = text


@pytest.fixture
def bracketed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Pages in that language, for who accepts Ukrainian, with its dates."""
    _forget()
    ukrainian = region("uk")
    monkeypatch.setattr(languages, "catalogue", lambda code: _Brackets())
    monkeypatch.setattr(languages, "region", lambda code: ukrainian)
    yield client
    _forget()


def _forget() -> None:
    languages._text.cache_clear()
    languages._marked_up.cache_clear()
    folding._compiled.cache_clear()


@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search?q=grain&sort=newest",
        "/search?q=nowhere+grain&place=x&date_from=2022&collapse=family",
        "/search?q=%22",
        "/search?limitt=3",
        "/concordance?q=grain",
        "/concordance?q=nowhere",
        "/timeline?q=grain",
        "/timeline?q=grain&share=true&interval=day",
        "/together",
        "/map",
        "/quotes",
        "/coverage",
        "/dossiers",
        "/watch",
        "/watch?q=grain",
        "/facets/place",
        "/facets/outlet?facet_q=r",
        "/articles/{article}",
        "/articles/{article}?q=grain",
        "/articles/{article}/against/{other}",
        "/articles/{article}/versions/1",
        "/articles/{article}/paragraphs/1",
        "/articles/{article}/evidence",
        "/entities/{person}",
        "/nothing",
    ],
)
def test_a_page_says_nothing_that_is_in_no_catalogue(bracketed: FlaskClient, address: str) -> None:
    first, second = made_up_documents()[:2]
    known = {
        "article": first.article_id,
        "other": second.article_id,
        "person": first.entities[0].entity_id,
    }
    answer = bracketed.get(address.format(**known), headers={"Accept-Language": "uk"})
    assert "⟦" in answer.text
    theirs = (
        first.title,
        second.title,
        first.entities[0].label,
        "nowhere grain",
        "nowhere",
        "grain",
    )
    assert untold(answer.text, *theirs) == []


def test_what_went_through_no_catalogue_is_noticed() -> None:
    page = '<p title="⟦All⟧">⟦Found⟧ <bdi>Kyiv</bdi></p><a aria-label="Left out"></a><b>of ⟦3⟧</b>'
    assert untold(page) == ["Left out", "of"]


def test_constants_are_folded_into_templates_and_values_are_not() -> None:
    app = Flask(__name__)
    app.jinja_environment = ByLanguage
    app.jinja_env.add_extension("jinja2.ext.i18n")
    asked: list[str] = []

    def looked_up(text: str, /, **values: object) -> str:
        asked.append(text)
        return languages.markup(text, **values)

    app.jinja_env.globals |= {"_": looked_up, "gettext": looked_up}
    app.jinja_env.loader = DictLoader(
        {
            "whole.html": '{% include "part.html" %}|{{ _("Search") }}'
            '|{{ "x" if z else _("Sign in") }}'
            '|<b title="{{ _("Search") ~ "<" }}">{{ _("Search", num=n) }}</b>{{ _(said) }}',
            "part.html": "{% trans %}Sign out{% endtrans %}",
        }
    )
    values = {"n": 3, "said": "Search", "z": False}
    for language in LANGUAGES.values():
        with languages.using(language), app.app_context():
            text = render_template("whole.html", **values)
            out, search, sign_in = map(languages.sentence, ("Sign out", "Search", "Sign in"))
        assert text == (f'{out}|{search}|{sign_in}|<b title="{search}&lt;">{search}</b>{search}'), (
            language
        )
    assert asked == ["Search", "Search"] * len(LANGUAGES), "of each, the two that are no constants"


def test_templates_are_compiled_once_for_all_applications_that_have_the_same() -> None:
    compiled: list[str] = []

    class Counting(ByLanguage):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            compiled.append(source)
            return super()._parse(source, name, filename)

    def said(source: str, language: Language) -> str:
        app = Flask(__name__)
        app.jinja_environment = Counting
        app.jinja_env.globals |= {"_": languages.markup}
        app.jinja_env.loader = DictLoader({"a.html": source})
        with languages.using(language), app.app_context():
            return render_template("a.html")

    _forget()
    search, out = '{{ _("Search") }}', '{{ _("Sign out") }}'
    french = LANGUAGES["fr"]
    for source, language in [(search, ENGLISH), (search, french), (out, french)] * 2:
        with languages.using(language):
            expected = languages.sentence("Search" if source == search else "Sign out")
        assert said(source, language) == expected
    assert compiled == [search, search, out]


@pytest.mark.parametrize(
    ("address", "code", "shown"),
    [
        ("/search", "uk", "<bdi>англійська</bdi>"),
        ("/search", "fr", "<bdi>anglais</bdi>"),
        ("/search?language=en", "uk", "англійська"),
        ("/facets/language", "uk", "англійська"),
        ("/search", "en", "<bdi>English</bdi>"),
    ],
)
def test_values_of_facets_are_in_the_language_of_the_page(
    client: FlaskClient, address: str, code: str, shown: str
) -> None:
    body = client.get(address, headers={"Accept-Language": code}).text
    assert shown in body
    assert ("<bdi>English</bdi>" in body) is (code == "en")


@pytest.mark.parametrize(
    ("facet", "value", "label", "called"),
    [
        ("flag", "very_short", "very short", "дуже коротка"),
        ("medium", "post", "post", "допис"),
        ("outlet", "English", "English", "English"),
    ],
)
def test_a_name_stays_and_a_word_is_translated(
    facet: str, value: str, label: str, called: str
) -> None:
    with languages.using(LANGUAGES["uk"]):
        assert wording.value_called(facet, value, label) == called
