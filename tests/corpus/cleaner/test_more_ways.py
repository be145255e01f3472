"""Further ways in which pages say who, when and what: one or more of each kind that was told wrongly.

Found with inputs of our own that were written before they were run.
"""

from __future__ import annotations

import json
import time

import pytest

from corpus.cleaner.dates.reading import parse_date
from corpus.cleaner.declared.byline_names import people
from corpus.cleaner.declared.script_values import read_value
from corpus.cleaner.declared.signatures import signed_names
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

TITLE = "Shelling hits market"
STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
WHOLE = "\n\n".join(PARAGRAPHS)


def shell(script: str) -> str:
    return (
        f"<html lang='en'><head><title>{TITLE}</title></head><body><div id='app'></div>"
        f"<script>{script}</script></body></html>"
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("De Ion Munteanu", ("Ion Munteanu",)),
        ("De Wit Jansen", ("De Wit Jansen",)),
        ("Door Jan de Wit en Els Bakker", ("Jan de Wit", "Els Bakker")),
        ("Av Anna Lindqvist och Per Holm", ("Anna Lindqvist", "Per Holm")),
        ("Γράφει ο Γιώργος Παππάς", ("Γιώργος Παππάς",)),
        ("Tác giả: Nguyễn Minh Anh", ("Nguyễn Minh Anh",)),
        ("लेखक: राम कुमार", ("राम कुमार",)),
        ("تحریر: احمد رضا", ("احمد رضا",)),
        ("Пише: Марко Јовановић", ("Марко Јовановић",)),
        ("نویسنده: رضا احمدی و مریم کریمی", ("رضا احمدی", "مریم کریمی")),
        ("海峡网李明远", ("李明远",)),
        ("新华社马尼拉", ()),
        ("人民网江苏省", ()),
        ("\u200fמאת: \u202bדנה לוי\u202c", ("דנה לוי",)),
    ],
)
def test_bylines_of_further_languages(line: str, names: tuple[str, ...]) -> None:
    assert people([line]) == names


@pytest.mark.parametrize(
    ("name", "kind", "names"),
    [
        ("Tess Hale", "Person", ("Tess Hale",)),
        ("Tess Hale", "Organization", ()),
        ("Harbor Weekly", "Person", ()),
        ("Shelling", "Person", ()),
    ],
)
def test_a_site_that_declares_its_author_a_person_of_its_name_is_hers(
    name: str, kind: str, names: tuple[str, ...]
) -> None:
    told = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": {"@type": kind, "name": name},
        "publisher": {"@type": "Organization", "name": name},
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    assert clean_page(page(head=head)).bylines == names


def test_a_korean_line_may_say_first_where_its_reporter_is() -> None:
    told = "<p>벨나=김민수 기자 minsu@strait.example</p>"
    assert clean_page(page(body=told + STORY)).bylines == ("김민수",)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("令和6年3月12日 16時40分", "2024-03-12T16:40"),
        ("令和元年5月1日", "2019-05-01"),
        ("中華民國113年3月12日", "2024-03-12"),
        ("昭和20年8月15日", "1945-08-15"),
        ("12. maaliskuuta 2024 klo 16.40", "2024-03-12T16:40"),
        ("12 tháng 3 2024", "2024-03-12"),
        ("Ngày 12 tháng 12 năm 2024", "2024-12-12"),
        ("12. ožujka 2024.", "2024-03-12"),
        ("2024 m. kovo 12", "2024-03-12"),
        ("12 наурыз 2024", "2024-03-12"),
    ],
)
def test_dates_of_further_languages_and_eras(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text")
    assert (date and date.iso) == iso


def test_a_day_of_may_in_swedish_is_no_change_of_a_french_page() -> None:
    told = clean_page(page(body="<p>Publicerad 2 maj 2024 08:10</p>" + STORY))
    assert told.published is not None
    assert told.published.iso == "2024-05-02T08:10"
    changed = clean_page(page(body="<p>MAJ le 2 mai 2024</p>" + STORY))
    assert changed.published is None
    assert changed.modified is not None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Nora Quill · May 2, 2024 · 4 min read", ("Nora Quill",)),
        ("Velna Port · May 2, 2024 · 4 min read", ()),
        ("Nora · May 2, 2024", ()),
    ],
)
def test_a_usual_name_before_a_date_signs(line: str, names: tuple[str, ...]) -> None:
    assert signed_names(line) == names


@pytest.mark.parametrize(
    "asked",
    [
        "Vill du läsa hela artikeln? Logga in eller bli prenumerant.",
        "Tento článek je určen pouze předplatitelům.",
        "A cikk folytatása csak előfizetőknek érhető el.",
    ],
)
def test_stubs_of_further_languages(asked: str) -> None:
    told = clean_page(
        f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
        f"<p>{PARAGRAPHS[0]}</p><div><p>{asked}</p></div></main></body></html>"
    )
    assert told.kind.value == "paywall_stub"


def test_times_from_and_to_which_something_goes_on_date_no_page() -> None:
    told = (
        "<p>Festival: <time datetime='2024-07-01'>1 July</time> – <time datetime='2024-07-03'>3 July"
        "</time></p><p>Posted on 12 March 2024</p>"
    )
    published = clean_page(page(body=told + STORY)).published
    assert published is not None
    assert published.iso == "2024-03-12"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "DDoS-Guard",
            (
                "<h1>Checking your browser before accessing daily.example</h1><p>Please wait a few seconds. "
                "Once this check is complete, the website will open automatically.</p>"
            ),
        ),
        (
            "The Daily - privacy",
            (
                "<h1>Wij geven om uw privacy</h1><p>The Daily en zijn partners plaatsen cookies en "
                "gebruiken persoonlijke gegevens voor advertenties.</p><button>Akkoord</button>"
            ),
        ),
        (
            "Nie znaleziono strony | The Daily",
            "<h1>Ups! Nie znaleziono strony</h1><p>Wróć na stronę główną, a dowiesz się wszystkiego.</p>",
        ),
        ("", "<p>Request unsuccessful. Incapsula incident ID: 1234-5678</p>"),
        ("404", "<h1>Impossible de trouver la page</h1><p>Elle a peut-être été déplacée ici.</p>"),
    ],
)
def test_walls_of_further_words_are_no_articles(title: str, body: str) -> None:
    with pytest.raises(NoArticleFound):
        clean_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def test_a_live_blog_may_say_the_hour_before_its_times() -> None:
    entries = "".join(f"<b>Ore {h}.05</b>{STORY}" for h in (9, 10, 11, 12))
    told = clean_page(
        f"<html lang='it'><head><title>Le notizie in diretta</title></head><body><main>"
        f"<h1>Le notizie in diretta</h1>{entries}</main></body></html>"
    )
    assert told.kind.value == "live_blog"


def test_what_stands_a_thousand_pixels_beside_a_page_is_no_part_of_it() -> None:
    copied = "<p style='position: absolute; left: -9999px'>Copied from The Daily, all rights are ours.</p>"
    assert "Copied from" not in clean_page(page(body=STORY + copied + STORY)).text


def test_a_french_page_may_say_where_it_was_printed_from() -> None:
    printed = "<p>Article imprimé à partir du site : https://daily.example/a</p>"
    assert clean_page(page(body=STORY + printed)).text == WHOLE


_TOLD = f"title:{json.dumps(TITLE)},date:new Date('2024-03-12'),html:{json.dumps(STORY)}"


@pytest.mark.parametrize(
    "script",
    [
        (
            "window.__NUXT__=(function(a,b,c){return {data:[{post:{title:a,body:b,next:c}}],error:void 0}}"
            f"({json.dumps(TITLE)},{json.dumps(STORY)},null));"
        ),
        f"window.__NUXT__={{layout:'default',data:[{{post:{{{_TOLD}}}}}],ok:!0,/* no more */}};",
        "window.Fusion=window.Fusion||{};Fusion.arcSite='daily';Fusion.globalContent="
        + json.dumps({"headline": TITLE, "content_elements": [{"type": "text", "content": STORY}]}),
        f"{{__sveltekit_1={{base:''}};const data=[null,{{type:'data',data:{{post:{{{_TOLD}}}}}}}];}}",
    ],
    ids=["function", "object", "second assignment", "sveltekit"],
)
def test_a_story_may_stand_in_what_a_script_assigns(script: str) -> None:
    told = clean_page(shell(script))
    assert told.text == WHOLE
    assert told.title == TITLE


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("{a:1,'b':-2.5,c:[true,!1,void 0,undefined],}", {"a": 1, "b": -2.5, "c": [True, False, None, None]}),
        (r"'\uD83D\uDE00 \uD83D'", "😀 \ud83d"),
        (r"'it\'s\n\u0041\x42\u{1F600}'", "it's\nAB😀"),
        ("`two\nlines`", "two\nlines"),
        ("JSON.parse('[1,2]')", [1, 2]),
        ("0x1F", 31),
        ("(function(a,b){return [a,b,c]}(1,'x'))", [1, "x", None]),
    ],
)  # fmt: skip
def test_values_of_scripts(script: str, value: object) -> None:
    assert read_value(script)[0] == value


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "{a}",
        "'open",
        "[1",
        "(function(a){})(1)",
        "function(a){return {}}",
        "[" * 500,
        "{a:=}",
    ],
)
def test_what_is_no_value_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_value(script)


@pytest.mark.parametrize(
    "script",
    [
        "window.a=" + "{a:[" * 200_000,
        "window.a=" + "[x," * 200_000,
        "window.a=" + "a={b:'c'," * 100_000,
        "window.a=(function(){return " + "[{a:'b'}," * 100_000,
        "window.a={a:" + "'\\" * 300_000,
    ],
)
def test_scripts_that_never_end_are_given_up_in_time(script: str) -> None:
    started = time.process_time()
    with pytest.raises(NoArticleFound):
        clean_page(shell(script))
    assert time.process_time() - started < 5
