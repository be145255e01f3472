"""The catalogue keeps what came in, and tells articles, versions and copies apart."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.article import Kind, Medium, Quality, Removed
from corpus.dates import PartialDate
from corpus.errors import (
    ArticleNotFound,
    CatalogueCorrupt,
    Locked,
    NoArticleFound,
    NoCatalogue,
    OriginalNotFound,
    StorageError,
)
from corpus.store import Catalogue, Known, Outcome
from tests.conftest import ROOT
from tests.corpus.documents import COLLECTED, LONG_TEXT, an_article, raw_document
from tests.corpus.store.conftest import Place

URL = "https://herald.example/news/bridge"


@pytest.mark.parametrize(
    ("reader", "declared", "medium"),
    [
        ("html/1", {}, Medium.PAGE),
        ("telegram/1", {"id": "7"}, Medium.POST),
        ("csv/1", {"event_place": "Izmail"}, Medium.EVENT),
    ],
)
def test_an_article_knows_what_it_was_published_as(
    catalogue: Catalogue, reader: str, declared: dict[str, str], medium: Medium
) -> None:
    article = an_article(url=URL)
    catalogue.put(replace(raw_document(url=URL, declared=declared), reader=reader), article)
    catalogue.put(replace(raw_document(url=URL, locator="again.html"), reader="mail/1"), article)
    assert catalogue.article(article.article_id).medium is medium


def test_an_article_comes_out_as_it_went_in(catalogue: Catalogue) -> None:
    article = an_article(
        url=URL,
        kind=Kind.LIVE_BLOG,
        standfirst="Crossing closed",
        bylines=("A. Writer", "Б. Автор"),
        keywords=("bridge",),
        published=PartialDate("2026-02", "url"),
        modified=PartialDate("2026-02-03T10:00+02:00", "json-ld:dateModified"),
        captions=("The bridge in 2019",),
        removed=(Removed("cookie-bar", "We use cookies"),),
        quality=Quality({"words": 44.0}, ("very_short",)),
        basis={"title": "json-ld:headline"},
    )
    raw = raw_document(url=URL, headers={"etag": '"1"'}, declared={"id": "7"})

    assert catalogue.put(raw, article) is Outcome.ADDED

    stored = catalogue.article(article.article_id)
    assert stored.article == article
    assert (stored.version, stored.collected, stored.cleaner) == (1, COLLECTED, "html/1")
    assert catalogue.original(stored.original_sha256).content == raw.content
    (sighting,) = catalogue.sightings(article.article_id)
    assert (sighting.url, sighting.locator, sighting.reader) == (URL, raw.locator, "html/1")
    assert (sighting.headers, sighting.declared) == (raw.headers, raw.declared)


def test_the_same_bytes_again_change_nothing(catalogue: Catalogue) -> None:
    catalogue.put(raw_document(), an_article())
    before = catalogue.counts()

    assert catalogue.put(raw_document(), an_article()) is Outcome.DUPLICATE
    assert catalogue.counts() == before


def test_the_same_bytes_at_another_place_are_one_more_sighting(catalogue: Catalogue) -> None:
    catalogue.put(raw_document(), an_article())

    outcome = catalogue.put(raw_document(locator="/copies/one.html"), an_article())

    assert outcome is Outcome.DUPLICATE
    assert [s.locator for s in catalogue.sightings(an_article().article_id)] == [
        "/pages/one.html",
        "/copies/one.html",
    ]


def test_an_edit_is_a_new_version_and_the_old_one_stays(catalogue: Catalogue) -> None:
    first = an_article(url=URL)
    edited = an_article(url=URL, text=LONG_TEXT + " A correction was made.")
    catalogue.put(raw_document("one", url=URL), first)

    outcome = catalogue.put(raw_document("two", url=URL), edited)

    assert outcome is Outcome.NEW_VERSION
    assert catalogue.article(first.article_id).article == edited
    assert catalogue.article(first.article_id, version=1).article == first
    assert [v.version for v in catalogue.versions(first.article_id)] == [1, 2]
    assert catalogue.original(catalogue.versions(first.article_id)[0].original_sha256)


def test_changed_furniture_is_no_edit_but_its_bytes_are_kept(catalogue: Catalogue) -> None:
    catalogue.put(raw_document("page with one banner", url=URL), an_article(url=URL))

    outcome = catalogue.put(raw_document("page with another", url=URL), an_article(url=URL))

    assert outcome is Outcome.DUPLICATE
    assert (catalogue.counts().versions, catalogue.counts().originals) == (1, 2)
    assert len(catalogue.sightings(an_article(url=URL).article_id)) == 2


def test_a_print_version_that_drops_the_byline_is_a_sighting(catalogue: Catalogue) -> None:
    catalogue.put(raw_document("a", url=URL), an_article(url=URL, bylines=("A. Writer",)))

    variant = raw_document("b", url=f"{URL}/print", locator="/pages/print.html")
    assert catalogue.put(variant, an_article(url=URL)) is Outcome.DUPLICATE


def test_the_current_version_is_the_one_collected_last(catalogue: Catalogue) -> None:
    """An old crawl that is taken in after a newer one must not become what readers see."""
    newer = an_article(url=URL, text=LONG_TEXT + " A correction was made.")
    catalogue.put(raw_document("new", url=URL), newer)
    old = raw_document("old", url=URL, collected=COLLECTED - timedelta(days=400))

    assert catalogue.put(old, an_article(url=URL)) is Outcome.NEW_VERSION

    stored = catalogue.article(newer.article_id)
    assert (stored.version, stored.article) == (1, newer)
    assert stored.first_collected == COLLECTED - timedelta(days=400)


def test_the_same_text_by_the_same_outlet_is_one_article(catalogue: Catalogue) -> None:
    first = an_article(url=URL, outlet="Herald")
    moved = an_article(url="https://herald.example/archive/17", outlet="Herald")
    catalogue.put(raw_document("a", url=URL), first)

    outcome = catalogue.put(raw_document("b", url=moved.url, locator="/b.html"), moved)

    assert outcome is Outcome.DUPLICATE
    assert catalogue.article(moved.article_id).article == first, "its own id leads to the article"


def test_a_reprint_by_another_outlet_is_an_article_of_its_own(catalogue: Catalogue) -> None:
    first = an_article(url=URL, outlet="Herald")
    reprint = an_article(url="https://courier.example/17", outlet="Courier")
    catalogue.put(raw_document("a", url=URL), first)

    outcome = catalogue.put(raw_document("b", url=reprint.url, locator="/b.html"), reprint)

    assert outcome is Outcome.ADDED
    assert catalogue.reprint_of(reprint.article_id) == first.article_id
    assert catalogue.reprint_of(first.article_id) is None


def test_a_reprint_without_any_address_is_told_by_its_outlet(catalogue: Catalogue) -> None:
    catalogue.put(raw_document("a", locator="/dump!1"), an_article(outlet="Herald"))

    reprint = raw_document("b", locator="/dump!2")
    assert catalogue.put(reprint, an_article(outlet="Courier")) is Outcome.ADDED
    assert catalogue.put(reprint, an_article(outlet="Courier")) is Outcome.DUPLICATE

    first, second = catalogue.articles()
    assert {first.article.outlet, second.article.outlet} == {"Herald", "Courier"}
    assert first.article.article_id != second.article.article_id


def test_a_saved_page_without_address_keeps_its_history_by_its_place(catalogue: Catalogue) -> None:
    edited = an_article(text=LONG_TEXT.replace("Two drivers", "Three drivers"))
    catalogue.put(raw_document("a"), an_article())

    assert catalogue.put(raw_document("b"), edited) is Outcome.NEW_VERSION
    assert catalogue.article(edited.article_id).version == 2


def test_another_article_saved_under_the_same_name_is_no_version(catalogue: Catalogue) -> None:
    other = an_article(title="Harvest", text="Wheat prices rose for the third week " * 10)
    catalogue.put(raw_document("a"), an_article())

    assert catalogue.put(raw_document("b"), other) is Outcome.ADDED


def test_short_texts_are_the_same_only_with_their_title(catalogue: Catalogue) -> None:
    for number, title in enumerate(["First film", "Second film", "First film"]):
        url = f"https://herald.example/{number}"
        stub = an_article(title=title, text="Video unavailable.", url=url)
        catalogue.put(raw_document(title, url=url, locator=url), stub)

    assert catalogue.counts().articles == 2


def test_failures_keep_reason_and_bytes_until_the_document_gets_in(catalogue: Catalogue) -> None:
    raw = raw_document("<p></p>")
    catalogue.fail(raw, NoArticleFound("only furniture", where=raw.locator), cleaner="1")
    catalogue.fail("/pages/two.html", NoArticleFound("gone", where="/pages/two.html"), stage="read")

    first, second = catalogue.failures()
    assert (first.locator, first.stage, first.code) == (raw.locator, "clean", "no_article_found")
    assert "only furniture" in first.reason
    assert catalogue.original(first.original_sha256 or "").content == raw.content
    assert second.original_sha256 is None

    catalogue.put(raw, an_article())
    assert [failure.locator for failure in catalogue.failures()] == ["/pages/two.html"]


def test_what_is_known_need_not_be_cleaned_again(catalogue: Catalogue) -> None:
    bad = raw_document("bad", locator="/pages/bad.html")
    elsewhere = raw_document(locator="/copies/one.html")
    catalogue.put(raw_document(), an_article())
    catalogue.fail(bad, NoArticleFound("nothing"), cleaner="1")

    assert catalogue.known(raw_document(), cleaner="1") is Known.TAKEN
    assert catalogue.known(elsewhere, cleaner="1") is Known.TAKEN
    assert len(catalogue.sightings(an_article().article_id)) == 2
    assert catalogue.known(bad, cleaner="1") is Known.FAILED
    assert catalogue.known(bad, cleaner="2") is None, "a new cleaner may do better"
    assert catalogue.known(raw_document("new"), cleaner="1") is None


def test_articles_come_in_the_order_of_their_ids(catalogue: Catalogue) -> None:
    kinds = [Kind.ARTICLE, Kind.GALLERY]
    for number in range(600):
        text = f"{LONG_TEXT} {number}"
        url = f"https://herald.example/{number}"
        article = an_article(text=text, url=url, kind=kinds[number % 2])
        catalogue.put(raw_document(text, locator=url, url=url), article)

    ids = [stored.article.article_id for stored in catalogue.articles()]

    assert len(ids) == 600
    assert ids == sorted(ids)
    assert len(list(catalogue.articles(kinds=[Kind.GALLERY]))) == 300
    assert catalogue.counts().by_kind == {"article": 300, "gallery": 300}


def test_unknown_names_are_told_as_such(catalogue: Catalogue) -> None:
    catalogue.put(raw_document(), an_article())

    with pytest.raises(ArticleNotFound):
        catalogue.article("nothing")
    with pytest.raises(ArticleNotFound, match="version 2"):
        catalogue.article(an_article().article_id, version=2)
    with pytest.raises(OriginalNotFound):
        catalogue.original("0" * 64)


def test_threads_may_read_while_another_writes(place: Place, catalogue: Catalogue) -> None:
    catalogue.put(raw_document(), an_article())
    failed: list[StorageError] = []
    finished = 0

    def read_all(reading: Catalogue) -> None:
        nonlocal finished
        try:
            for _ in range(50):
                for stored in reading.articles():
                    reading.sightings(stored.article.article_id)
        except StorageError as error:
            failed.append(error)
        finished += 1

    with Catalogue.open(place.home, readonly=True) as reading:
        threads = [threading.Thread(target=read_all, args=(reading,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(50):
            text = f"{LONG_TEXT} {number}"
            catalogue.put(raw_document(text, locator=str(number)), an_article(text=text))
        for thread in threads:
            thread.join()

    assert not failed
    assert finished == 4


def test_a_reader_cannot_write(place: Place, catalogue: Catalogue) -> None:
    with Catalogue.open(place.home, readonly=True) as reading, pytest.raises(StorageError):
        reading.put(raw_document(), an_article())


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoCatalogue, match="dispatches add"):
        Catalogue.open(tmp_path / "none.sqlite", readonly=True)

    noise = tmp_path / "noise.sqlite"
    noise.write_bytes(b"no database at all" * 100)
    with pytest.raises(CatalogueCorrupt):
        Catalogue.open(noise)

    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE something (else_)")
    connection.close()
    with pytest.raises(CatalogueCorrupt, match="not a catalogue"):
        Catalogue.open(foreign)


def test_half_a_character_costs_no_article(catalogue: Catalogue) -> None:
    article = an_article(title="half \ud83d", outlet="also \ud83d", url=URL)

    catalogue.put(raw_document(declared={"note": "\ud83d"}, url=URL), article)

    assert catalogue.article(article.article_id).article == article


def test_articles_that_name_their_front_page_are_not_one(catalogue: Catalogue) -> None:
    front = "https://herald.example/"
    articles = [
        an_article(title=f"The {word}", text=f"{word} " * 30, url=front, outlet="Herald")
        for word in ("bridge", "harvest", "bridge", "ceasefire")
    ]
    outcomes = [
        catalogue.put(raw_document(f"{n}", locator=f"/dump!{n}", url=front), article)
        for n, article in enumerate(articles)
    ]

    assert outcomes == [Outcome.ADDED, Outcome.ADDED, Outcome.DUPLICATE, Outcome.ADDED]


def test_a_front_page_that_changes_is_one_page_with_versions(catalogue: Catalogue) -> None:
    front = "https://herald.example/"
    for number, word in enumerate(["bridge", "harvest"]):
        page = an_article(title=word, text=f"{word} " * 30, url=front, kind=Kind.INDEX_PAGE)
        catalogue.put(raw_document(str(number), url=front), page)

    assert (catalogue.counts().articles, catalogue.counts().versions) == (1, 2)


def test_another_record_on_the_same_line_is_no_version(catalogue: Catalogue) -> None:
    """Lines of a dump move when it grows; that they have the same title proves nothing."""
    other = an_article(title="Editorial note", text="Wheat prices rose for the third week " * 10)
    catalogue.put(raw_document("a", locator="/dump!7"), an_article(title="Editorial note"))

    assert catalogue.put(raw_document("b", locator="/dump!7"), other) is Outcome.ADDED


def test_a_writer_that_keeps_the_file_too_long_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path).close()
    monkeypatch.setattr("corpus.sqlite.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="another process"), Catalogue.open(path) as waiting:
            waiting.put(raw_document(), an_article())


def test_damage_is_told_as_such(place: Place, catalogue: Catalogue) -> None:
    catalogue.put(raw_document(), an_article())
    sha256 = raw_document().sha256
    catalogue.close()
    place.put_bytes(sha256, None)
    place.alter("UPDATE versions SET article = substr(article, 1, 1)")

    with Catalogue.open(place.home, readonly=True) as damaged:
        with pytest.raises(CatalogueCorrupt, match="backup"):
            damaged.original(sha256)
        with pytest.raises(CatalogueCorrupt):
            list(damaged.articles())


@pytest.mark.parametrize("room", ["corpus", "indexer", "search", "webui"])
def test_everybody_opens_the_catalogue_where_the_collection_has_it(room: str) -> None:
    """Not the file in its folder, which is not there where the catalogue is on a server."""
    path = re.compile(r"Catalogue\.open\(\s*[\w.]*home\.catalogue\b")
    assert [one for one in (ROOT / room).rglob("*.py") if path.search(one.read_text())] == []
