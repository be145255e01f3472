"""Other exports: tables of events with columns of their own, posts beside who wrote them, and what
was cut off, each from its other side where it has one.
"""

from __future__ import annotations

import csv
import io
import json
import plistlib
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.readers import read
from corpus.readers.tables.columns import keys_of
from corpus.readers.tables.events import events_in

TOLD = "Two ferries stayed in port on Monday after mines were seen near the mole."
MORE = "The harbor master said that a sweep would take three days at least."
TEXT = f"{TOLD}\n\n{MORE}"


def articles(path: Path, content: str | bytes) -> list[Article]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read(path))
    assert all(isinstance(item, RawDocument) for item in items)
    return [clean(item) for item in items if isinstance(item, RawDocument)]


def table(*rows: dict[str, str]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {
                "id": "CIV1",
                "date": "2/24/2022",
                "latitude": "50.4",
                "longitude": "30.5",
                "location": "Izmail",
            },
            "2/24/2022. Izmail",
        ),
        (
            {
                "Date": "2022-03-01",
                "Country": "Ukraine",
                "Admin 1": "Odesa",
                "Latitude": "1",
                "Event Description": "",
            },
            "1 March 2022. Odesa, Ukraine",
        ),
        (
            {"Дата": "03.09.2022", "Місто": "Ізмаїл", "Загинуло": "2", "Опис": ""},
            "03.09.2022. Ізмаїл",
        ),
        (
            {"Datum": "03.09.2022", "Ort": "Ismajil", "Tote": "2", "Beschreibung": ""},
            "03.09.2022. Ismajil",
        ),
        (
            {
                "fecha": "2022-09-03",
                "municipio": "Toribío",
                "muertos": "2",
                "descripción": "",
                "actor": "X",
            },
            "3 September 2022. Toribío. X",
        ),
    ],
)
def test_a_table_that_counts_or_places_happenings_is_one_of_events(
    row: dict[str, str], said: str, tmp_path: Path
) -> None:
    text = next((name for name, cell in row.items() if not cell), "description")

    (article,) = articles(tmp_path / "a.csv", table({**row, text: TOLD}))

    assert article.text == f"{TOLD}\n{said}"
    assert article.published is None
    assert article.outlet == ""


@pytest.mark.parametrize(
    "without",
    ["latitude", "date", "location", "description"],
)
def test_where_one_column_lacks_it_is_none(without: str) -> None:
    columns = ["latitude", "date", "location", "description", "source"]

    assert events_in(columns) is not None
    assert events_in([name for name in columns if name != without]) is None
    for more in ("title", "Headline", "text", "author"):
        assert events_in([*columns, more]) is None


def test_what_was_changed_is_a_column_too(tmp_path: Path) -> None:
    row = {
        "title": "Ferries",
        "maintext": TOLD,
        "date_publish": "2019-09-03",
        "date_modify": "2019-09-04",
    }

    (article,) = articles(tmp_path / "a.csv", table(row))

    assert (article.published and article.published.iso) == "2019-09-03"
    assert (article.modified and article.modified.iso) == "2019-09-04"


FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Harbor News",
    "items": [{"id": "1", "url": "https://h.example/1", "title": "Ferries", "content_text": TEXT,
               "date_published": "2019-09-03T14:05:00+03:00", "authors": [{"name": "Ann Ray"}]}],
}  # fmt: skip
POSTS = {
    "data": [{"id": "7", "author_id": "1", "created_at": "2019-09-03T14:05:00.000+03:00", "text": "Two &amp; …",
              "note_tweet": {"text": TEXT}, "referenced_tweets": [{"type": "replied_to", "id": "6"}]}],
    "includes": {"users": [{"id": "1", "name": "Ann Ray", "username": "annray"}]},
}  # fmt: skip
NYT = {
    "response": {"docs": [{"headline": {"main": "Ferries"}, "web_url": "https://h.example/1", "abstract": "",
                           "lead_paragraph": TEXT, "source": "Harbor News", "byline": {"original": "By Ann Ray"},
                           "pub_date": "2019-09-03T14:05:00+0300"}]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "outlet"), [(FEED, "Harbor News"), (POSTS, "@annray"), (NYT, "Harbor News")]
)
def test_what_stands_beside_an_item_or_inside_it_is_read(
    content: dict[str, Any], outlet: str, tmp_path: Path
) -> None:
    (article,) = articles(tmp_path / "a.json", json.dumps(content))

    assert article.text == TEXT
    assert article.bylines == ("Ann Ray",)
    assert article.outlet == outlet
    assert (article.published and article.published.iso) == "2019-09-03T14:05+03:00"


def test_posts_whose_writers_are_not_there_are_read(tmp_path: Path) -> None:
    content = {**POSTS, "includes": {"users": []}}

    (article,) = articles(tmp_path / "a.json", json.dumps(content))

    assert (article.bylines, article.url) == ((), "https://x.com/i/status/7")


def sgml(*texts: str) -> str:
    return "".join(f"<DOC>\n<DOCNO> {at} </DOCNO>\n<TEXT>\n{one}" for at, one in enumerate(texts))


HEAD = "Subject: Ferries\nDate: Tue, 3 Sep 2019 14:05:00 +0300\nFrom: "
START = "From ann@h.example Tue Sep  3 14:05:00 2019\n"


@pytest.mark.parametrize(
    ("name", "content", "cut"),
    [
        ("a.trec", sgml(f"{TOLD}\n</TEXT>\n</DOC>\n", MORE[:40]), [False, True]),
        ("a.trec", sgml(f"{TOLD}\n</TEXT>\n</DOC>\n", f"{MORE}\n</TEXT>\n"), [False, True]),
        ("a.trec", sgml(f"{TOLD}\n</TEXT>\n</DOC>\n", f"{MORE}\n</TEXT>\n</DOC>\n"), [False, False]),
        ("a.trec", sgml(f"{TOLD}\n</TEXT>\n", f"{MORE}\n</TEXT>\n"), [False, False]),  # which never close
        ("a.mbox", f"{START}{HEAD}a@h.example\n\n{TEXT}\n\n{START}{HEAD}a@h.example\n\n{TEXT[:99]}", [False, True]),
        ("a.mbox", f"{START}{HEAD}a@h.example\n\n{TEXT}\n\n", [False]),
        (
            "a.eml",
            f"{HEAD}a@h.example\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\n{TEXT}",
            [True],
        ),
        ("a.eml", f"{HEAD}a@h.example\n\n{TEXT}", [False]),
        (
            "a.csv",
            f"event_date,event_type,actor1,notes,fatalities\n2023-03-03,Battles,A,{TOLD},1\n2023-03-03,Battles,A,Two",
            [False, True],
        ),
    ],
)  # fmt: skip
def test_what_was_cut_off_is_flagged(
    name: str, content: str, cut: list[bool], tmp_path: Path
) -> None:
    found = articles(tmp_path / name, content)

    assert ["cut_off" in one.quality.flags for one in found] == cut


@pytest.mark.parametrize(
    ("sender", "names"),
    [("ann at h.example (Ann Ray)", ("Ann Ray",)), ("Ann Ray <ann@h.example>", ("Ann Ray",))],
)
def test_who_writes_to_a_mailing_list_is_named_in_its_archive(
    sender: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    (article,) = articles(tmp_path / "a.mbox", f"{START}{HEAD}{sender}\n\n{TEXT}\n\n")

    assert article.bylines == names


def test_a_lead_that_stands_before_the_whole_text_is_said_once(tmp_path: Path) -> None:
    blocks = f"<block><p>{TOLD}</p></block><block><p>{TOLD}</p><p>{MORE}</p></block>"
    head = "<docdata><pubdata date.publication='20060903T000000' name='Harbor News'/></docdata>"
    story = f"<nitf><head><title>T</title>{head}</head><body><body.content>{blocks}</body.content></body></nitf>"

    (article,) = articles(tmp_path / "a.xml", story)

    assert article.text == TEXT
    assert (article.published and article.published.iso) == "2006-09-03"


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("43711", "2019-09-03"), ("43711.5", "2019-09-03T12:00"), ("25569", None), ("25568", None),
        ("73050", "2099-12-31"), ("73051", None), ("143711", None),
    ],
)  # fmt: skip
def test_days_that_a_workbook_counts_are_days(cell: str, iso: str | None, tmp_path: Path) -> None:
    (article,) = articles(tmp_path / "a.csv", table({"title": "T", "text": TOLD, "date": cell}))

    assert (article.published and article.published.iso) == iso


def test_a_feed_gives_the_whole_text_that_an_aggregator_asked_for(tmp_path: Path) -> None:
    item = (
        f"<title>Ferries &amp;amp; mines</title><link>https://h.example/1</link><y:full-text>{TEXT}</y:full-text>"
        f"<description>{TOLD}</description>"
    )
    feed = f"<rss xmlns:y='http://y.example' version='2.0'><channel><title>H</title><item>{item}</item></channel></rss>"

    (article,) = articles(tmp_path / "a.xml", feed)

    assert article.title == "Ferries & mines"
    assert MORE in article.text


def test_of_a_page_of_frames_the_longest_is_read(tmp_path: Path) -> None:
    def held(markup: str, name: str) -> dict[str, Any]:
        return {
            "WebResourceData": markup.encode(), "WebResourceURL": f"https://h.example/{name}",
            "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "UTF-8",
        }  # fmt: skip

    frames = [
        held("<p>Menu</p>", "menu"),
        held(f"<h1>T</h1><p>{TOLD}</p><p>{MORE}</p>" * 2, "story"),
    ]
    archive = {
        "WebMainResource": held("<frameset><frame src='menu'><frame src='story'></frameset>", ""),
        "WebSubframeArchives": [{"WebMainResource": one} for one in frames],
    }

    (article,) = articles(tmp_path / "a.webarchive", plistlib.dumps(archive))

    assert article.url == "https://h.example/story"
    assert TOLD in article.text


@pytest.mark.parametrize(
    ("columns", "day"),
    [
        (("Data", "Titolo", "Testo", "Testata", "Autore"), "14/05/2024"),
        (("Data", "Título", "Corpo", "Veículo", "Autor"), "14.05.2024"),
        (("Date de parution", "Titre", "Corps", "Journal", "Auteur"), "14.05.2024"),
        (("تاریخ", "عنوان", "متن", "منبع", "نویسنده"), "14.05.2024"),
        (("תאריך", "כותרת", "טקסט", "מקור", "מחבר"), "14.05.2024"),
        (("日付", "タイトル", "本文", "媒体", "著者"), "14.05.2024"),
    ],
)
def test_columns_are_known_in_further_languages(
    columns: tuple[str, ...], day: str, tmp_path: Path
) -> None:
    row = dict(zip(columns, (day, "Ferries", TOLD, "Harbor News", "Ann Ray"), strict=True))

    (article,) = articles(tmp_path / "a.csv", table(row))

    assert (article.title, article.text, article.outlet) == ("Ferries", TOLD, "Harbor News")
    assert article.bylines == ("Ann Ray",)
    assert (article.published and article.published.iso[:4]) == "2024"


def test_data_beside_english_columns_is_no_day() -> None:
    assert keys_of(["data", "title", "text"], {}) == {"title": "title", "text": "text"}
    assert keys_of(["data", "date", "titolo"], {}) == {"date": "date", "titolo": "title"}
