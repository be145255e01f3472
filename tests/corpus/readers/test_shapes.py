"""Exports of programs that many people have are read by what they say, whatever they call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.collecting.listings import addresses_in_file
from corpus.errors import InputError
from corpus.readers import read

TOLD = "Two ferries stayed in port on Monday after mines were seen near the mole."
MORE = "The harbor master said that a sweep would take three days at least."
PARAGRAPHS = f"<p>{TOLD}</p><p>{MORE}</p>"
TEXT = f"{TOLD}\n\n{MORE}"
MS = 1678183200000  # 7 March 2023, in thousandths of a second


def articles(path: Path, content: str | bytes) -> list[Article]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    documents = [item for item in read(path) if isinstance(item, RawDocument)]
    return [clean(document) for document in documents]


WORDPRESS = {
    "id": 7, "date": "2023-03-07T12:00:00", "date_gmt": "2023-03-07T10:00:00", "link": "https://h.example/7",
    "title": {"rendered": "Ferries &#8211; stay"}, "content": {"rendered": PARAGRAPHS, "protected": False},
}  # fmt: skip
NINJS = {
    "uri": "urn:h:7", "firstcreated": "2023-03-07T10:00:00Z", "versioncreated": "2023-03-08T10:00:00Z",
    "byline": "By Ann Ray", "headline": "Ferries stay", "infosource": [{"name": "Harbor News"}],
}  # fmt: skip
STATUS = {
    "id": "7", "created_at": "2023-03-07T10:00:00.000Z", "edited_at": None, "content": PARAGRAPHS,
    "url": "https://m.example/@ann/7", "spoiler_text": "", "reblog": None,
    "account": {"acct": "ann", "username": "ann", "display_name": "Ann Ray"},
}  # fmt: skip
TWEET = {
    "created_at": "Tue Mar 07 10:00:00 +0000 2023", "id_str": "7", "full_text": f"{TOLD} &amp; https://t.co/a",
    "user": {"name": "Ann Ray", "screen_name": "ann"},
    "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://h.example/7"}]},
}  # fmt: skip
OF_TREC = {
    "id": "7", "article_url": "https://h.example/7", "title": "Ferries stay", "author": "Ann Ray", "published_date": MS,
    "contents": [
        None, {"type": "kicker", "content": "World"}, {"type": "byline", "content": "By Ann Ray"},
        *({"type": "sanitized_html", "content": text} for text in (TOLD, MORE)),
        {"type": "image", "fullcaption": "A mole"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (WORDPRESS, TEXT),
        (NINJS | {"body_html": PARAGRAPHS}, TEXT),
        (NINJS | {"body_xhtml": f"<div>{PARAGRAPHS}</div>"}, TEXT),
        (NINJS | {"body_text": TEXT}, TEXT),
        (
            NINJS
            | {"bodies": [{"role": "x", "value": "no"}, {"role": "main", "value": PARAGRAPHS}]},
            TEXT,
        ),
        (STATUS, TEXT),
        (STATUS | {"content": "", "reblog": STATUS}, TEXT),
        (TWEET, f"{TOLD} & https://h.example/7"),
        (TWEET | {"full_text": "RT @ann: Two fe…", "retweeted_status": TWEET}, f"{TOLD} & https://h.example/7"),
        (OF_TREC, TEXT),
        ({"content": PARAGRAPHS, "date": "2023-03-07"}, TEXT),
        ({"url": "https://x.com/a/7", "date": "2023-03-07", "rawContent": TOLD, "renderedContent": "Two"}, TOLD),
    ],
)  # fmt: skip
def test_what_interfaces_give_is_read(value: dict[str, Any], text: str, tmp_path: Path) -> None:
    (article,) = articles(tmp_path / "a.jsonl", json.dumps(value) + "\n")

    assert article.text == text
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-07")


def test_what_such_shapes_say_beside_their_text_is_kept(tmp_path: Path) -> None:
    values = (WORDPRESS, NINJS | {"body_html": PARAGRAPHS}, STATUS, OF_TREC)
    lines = "\n".join(map(json.dumps, values))

    blog, news, status, trec = articles(tmp_path / "a.jsonl", lines)

    assert (blog.title, blog.url) == ("Ferries – stay", "https://h.example/7")
    assert (news.title, news.bylines, news.outlet) == ("Ferries stay", ("Ann Ray",), "Harbor News")
    assert news.modified is not None
    assert news.modified.iso.startswith("2023-03-08")
    assert (status.bylines, status.outlet) == (("Ann Ray",), "@ann")
    assert (trec.title, trec.bylines) == ("Ferries stay", ("Ann Ray",))


@pytest.mark.parametrize(
    "value", [STATUS | {"account": 7}, OF_TREC | {"contents": [7]}, {"uri": 1, "bodies": 7}]
)
def test_what_only_looks_like_such_a_shape_costs_itself(
    value: dict[str, Any], tmp_path: Path
) -> None:
    told = articles(tmp_path / "a.jsonl", f"{json.dumps(value)}\n{json.dumps({'text': TOLD})}\n")

    assert told[-1].text == TOLD


CHANNEL = {
    "name": "Harbor", "type": "public_channel", "id": 9,
    "messages": [
        {"id": 1, "type": "message", "date_unixtime": "1678183200", "edited_unixtime": "1678186800", "text": TOLD},
        {"id": 2, "type": "message", "date_unixtime": "1678183300", "text": "",
         "poll": {"question": "When will they sail?", "answers": [{"text": "Tuesday"}, {"text": "Never"}]}},
    ],
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_edits_and_polls_of_a_channel(encoding: str, tmp_path: Path) -> None:
    told = articles(tmp_path / "result.json", json.dumps(CHANNEL).encode(encoding))

    assert [article.text for article in told] == [TOLD, "When will they sail?\n\nTuesday\nNever"]
    assert told[0].modified is not None
    assert told[0].modified.iso.startswith("2023-03-07T11:00")


def test_long_posts_and_what_others_wrote_in_an_archive_of_x(tmp_path: Path) -> None:
    note = {
        "noteTweet": {
            "noteTweetId": "7",
            "createdAt": "2023-03-07T10:00:00.000Z",
            "core": {"text": TEXT},
        }
    }
    shared = {"tweet": {"id_str": "8", "full_text": f"RT @other: {TOLD}", "entities": {}}}
    written = {"tweet": {"id_str": "9", "full_text": MORE, "entities": {}}}

    told = articles(
        tmp_path / "note-tweet.js", f"window.YTD.note_tweet.part0 = {json.dumps([note])}"
    )
    told += articles(
        tmp_path / "tweets.js", f"window.YTD.tweets.part0 = {json.dumps([shared, written])}"
    )

    assert [article.text for article in told] == [TEXT, MORE]


def test_the_choices_of_a_poll_and_a_later_edit_of_an_outbox(tmp_path: Path) -> None:
    note = {"type": "Question", "content": f"<p>{TOLD}</p>", "published": "2023-03-07T10:00:00Z",
            "updated": "2023-03-08T10:00:00Z", "oneOf": [{"name": "Tuesday"}, {"name": "Never"}]}  # fmt: skip
    box = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "orderedItems": [{"type": "Create", "object": note}],
    }

    (article,) = articles(tmp_path / "outbox.json", json.dumps(box))

    assert article.text == f"{TOLD}\n\nTuesday\nNever"
    assert article.modified is not None
    assert article.modified.iso.startswith("2023-03-08")


@pytest.mark.parametrize(
    ("names", "cells", "outlet"),
    [
        (
            "Page Name,Page Description,Page Created,Post Created,URL,Message,Link,Description",
            f"Harbor News,News,2010-01-01 00:00:00 EST,2023-03-07 10:12:33 EST,https://f.example/7,{TOLD},https://h.example,x",
            "Harbor News",
        ),
        (
            "Account,User Name,Post Created,Type,URL,Description",
            f"Harbor News,harbor,2023-03-07 10:12:33 EST,Photo,https://f.example/7,{TOLD}",
            "Harbor News",
        ),
    ],
)  # fmt: skip
def test_tables_of_crowdtangle(names: str, cells: str, outlet: str, tmp_path: Path) -> None:
    (article,) = articles(tmp_path / "a.csv", f"{names}\n{cells}\n")

    assert (article.text, article.outlet, article.url) == (TOLD, outlet, "https://f.example/7")
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-07")


@pytest.mark.parametrize(
    "row",
    [
        ["20230307101500-12", "20230307101500", "1", "h.example", "https://h.example/7", *[""] * 22],
        ["7", "20230307101500", "20230307101500", "1", "h.example", "https://h.example/7", *["1"] * 10],
    ],
)  # fmt: skip
def test_lists_of_gdelt_without_texts_are_to_be_collected(row: list[str], tmp_path: Path) -> None:
    path = tmp_path / "20230307.csv"
    path.write_text("\t".join(row) + "\n", encoding="utf-8")

    (told,) = read(path)

    assert not isinstance(told, RawDocument)
    assert "dispatches collect" in (told.advice or "")


@pytest.mark.parametrize(
    ("number", "said", "day"),
    [
        ("NYT_ENG_19940503.0001", "", "1994-05-03"),
        ("AP880503-0001", "", "1988-05-03"),
        ("FT921-1", "<DATE>920503</DATE>", "1992-05-03"),
        ("X-1", "<DATE>3 May 1992</DATE>", "1992-05-03"),
    ],
)
def test_days_in_the_numbers_of_collections(
    number: str, said: str, day: str, tmp_path: Path
) -> None:
    document = f"<DOC>\n<DOCNO>{number}</DOCNO>\n{said}\n<TEXT>\n{TOLD}\n</TEXT>\n</DOC>\n"

    (article,) = articles(tmp_path / "a", document)

    assert article.published is not None
    assert article.published.iso == day


def test_captions_are_no_text_of_a_wire_and_all_who_wrote_it_are_named(tmp_path: Path) -> None:
    wire = f"""<nitf><body><body.head><byline>By <person>Ann Ray</person> and <person>Jo Lenz</person></byline></body.head>
<body.content><block><p>{TOLD}</p><media><media-caption><p>A mole</p></media-caption></media><p>{MORE}</p></block>
</body.content></body></nitf>"""
    escaped = PARAGRAPHS.replace("<", "&lt;")
    item = f"<newsItem><contentSet><inlineData>{escaped}</inlineData></contentSet></newsItem>"

    (article,) = articles(tmp_path / "a.xml", wire)
    (other,) = articles(tmp_path / "b.xml", item)

    assert (article.text, article.bylines) == (TEXT, ("Ann Ray", "Jo Lenz"))
    assert other.text == TEXT


def test_templates_within_sentences_and_empty_parts_of_a_wiki(tmp_path: Path) -> None:
    wikitext = (
        "The ferry sailed {{convert|5|km|mi}} on {{nowrap|3 May}},{{efn|no}} {{convert|2|to|3|m}} deep, {{lang|fr|au port}}."
        "\n== Course ==\n=== Night ===\nIt came back.\n== Notes ==\n* {{cite|x}}\n== See also ==\n[[Category:A]]\n"
    )
    page = (
        f"<page><title>Ferry</title><ns>0</ns><revision><text>{wikitext}</text></revision></page>"
    )

    (article,) = articles(tmp_path / "a.xml", f"<mediawiki>{page}</mediawiki>")

    assert article.text == (
        "The ferry sailed 5 km on 3 May, 2 to 3 m deep, au port.\n\nCourse\n\nNight\n\nIt came back."
    )


SKEET = {
    "uri": "at://did:plc:x/app.bsky.feed.post/3k", "author": {"handle": "ann.example", "displayName": "Ann Ray"},
    "record": {"$type": "app.bsky.feed.post", "text": TOLD, "createdAt": "2023-03-07T10:00:00Z"},
}  # fmt: skip
GUARDIAN = {
    "id": "world/7", "webTitle": "Ferries stay", "webPublicationDate": "2023-03-07T10:00:00Z",
    "webUrl": "https://h.example/7", "fields": {"body": PARAGRAPHS, "byline": "Ann Ray"},
}  # fmt: skip
REDDIT = {
    "id": "7", "subreddit": "harbors", "title": "Ferries stay", "selftext": TEXT, "author": "annray",
    "created_utc": MS // 1000, "permalink": "/r/harbors/comments/7/",
}  # fmt: skip
ELASTIC = {
    "_index": "news",
    "_id": "7",
    "_source": {"title": "Ferries stay", "body": TEXT, "date": "2023-03-07"},
}
MONGO = {
    "_id": {"$oid": "64"}, "title": "Ferries stay", "text": [TOLD, MORE],
    "publishedAt": {"$date": {"$numberLong": str(MS)}},
}  # fmt: skip
SOLR = {
    "response": {
        "docs": [{"title": ["Ferries stay"], "content": [TEXT], "date": ["2023-03-07T10:00:00Z"]}]
    }
}
LINKED = {
    "headline": "Ferries stay", "articleBody": TEXT, "datePublished": "2023-03-07T10:00:00Z",
    "mainEntityOfPage": {"@id": "https://h.example/7"}, "author": [{"@type": "Person", "name": "Ann Ray"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "url", "title", "text"),
    [
        (SKEET, "https://bsky.app/profile/ann.example/post/3k", "", TOLD),
        ({"feed": [{"post": SKEET}]}, "https://bsky.app/profile/ann.example/post/3k", "", TOLD),
        (GUARDIAN, "https://h.example/7", "Ferries stay", TEXT),
        (REDDIT, "https://www.reddit.com/r/harbors/comments/7/", "Ferries stay", TEXT),
        (ELASTIC, None, "Ferries stay", TEXT),
        (MONGO, None, "Ferries stay", TEXT),
        (SOLR, None, "Ferries stay", TEXT),
        (LINKED, "https://h.example/7", "Ferries stay", TEXT),
    ],
    ids=["bluesky", "feed", "guardian", "reddit", "elastic", "mongo", "solr", "json-ld"],
)
def test_values_that_programs_wrap_are_read(
    value: dict[str, Any], url: str | None, title: str, text: str, tmp_path: Path
) -> None:
    content = json.dumps(value)
    (article,) = articles(tmp_path / "one.json", content)
    (again,) = articles(tmp_path / "sequence.json", f"\x1e{content}\n")

    assert (article.title, article.text, article.url) == (title, text, url)
    assert article.published is not None
    assert str(article.published.earliest) == "2023-03-07"
    assert again == article


def test_records_that_only_name_pages_say_how_these_are_had(tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    path.write_text(
        json.dumps({"articles": [{"url": f"https://h.example/{n}", "title": "T"} for n in "12"]})
    )

    told = [item for item in read(path) if isinstance(item, InputError)]

    assert [error.advice.partition(" F")[0] for error in told] == ["`dispatches collect"] * 2
    assert list(addresses_in_file(path)) == ["https://h.example/1", "https://h.example/2"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "above",
    [
        "",
        "\n\n",
        "Export of the harbor office\nMade on 8 March 2023\n",
        "Harbor office{0}{0}\n{0}{0}\n",
    ],
)
@pytest.mark.parametrize("said", ["", "sep={0}\n"])
def test_the_names_of_columns_may_stand_below_what_the_table_is(
    said: str, above: str, separator: str, tmp_path: Path
) -> None:
    row = separator.join(("Ferries stay", f'"{TEXT}"', "2023-03-07"))
    table = f"{said}{above}Title{separator}Text{separator}Date\n{row}\n".format(separator)

    (article,) = articles(tmp_path / "a.csv", table)

    assert (article.title, article.text) == ("Ferries stay", TEXT)


def test_a_line_without_an_end_costs_its_row_and_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.tables.csv.MAX_DOCUMENT", 5000)
    long = "word " * 5000
    path = tmp_path / "a.csv"
    path.write_text(f"title,text\nA,{TOLD}\nB,{long}\nC,{long[:300]}\nD,{MORE}\n")
    alone = tmp_path / "b.csv"
    alone.write_text(long)

    items = list(read(path))

    assert [isinstance(item, InputError) for item in items] == [False, True, False, False]
    assert [
        item.what.partition(":")[0] for item in read(alone) if isinstance(item, InputError)
    ] == ["not a row of a table"]


@pytest.mark.parametrize("between", ["", "\n", ",\n\n"])
@pytest.mark.parametrize("indent", [None, 1])
def test_lists_behind_one_another_are_all_read(
    between: str, indent: int | None, tmp_path: Path
) -> None:
    rows = [
        {"title": f"Crossing {at}", "text": f"The crossing {at} was closed."} for at in range(6)
    ]
    content = between.join(json.dumps(rows[at : at + 2], indent=indent) for at in (0, 2, 4))
    path = tmp_path / "a.json"
    path.write_text(content)

    items = list(read(path))

    assert [item.declared["title"] for item in items if isinstance(item, RawDocument)] == [
        row["title"] for row in rows
    ]
    assert len({item.locator for item in items if isinstance(item, RawDocument)}) == len(items) == 6
