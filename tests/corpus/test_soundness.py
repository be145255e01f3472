"""What comes from outside is made sound once: no later step meets what it could fail on."""

from __future__ import annotations

import errno
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, RawDocument, article_id_for
from corpus.cleaner import clean
from corpus.cleaner.addresses import canonical_url, shown_url
from corpus.errors import InputError, MachineTrouble, NoArticleFound, machine_trouble
from corpus.intake import cli
from corpus.intake.cleaning import attempt
from corpus.intake.ingest import ingest
from corpus.readers import read
from corpus.soundness import sound, web_address
from corpus.store import Catalogue
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw

HALF = "\ud83d"
UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
with_surrogates = st.text(st.one_of(st.characters(), st.sampled_from("\ud83d\udc00\0\x01\x1c\x85")))


def texts_of(article: Article) -> list[str]:
    listed = (*article.bylines, *article.captions, *article.keywords)
    removed = [one.text for one in article.removed]
    return [article.title, article.text, article.standfirst, article.outlet, *listed, *removed]


@given(with_surrogates)
def test_sound_text_is_unicode_without_controls_and_stays_as_it_is(text: str) -> None:
    once = sound(text)
    once.encode()
    assert not UNSOUND.search(once)
    assert sound(once) == once


@given(with_surrogates, with_surrogates)
def test_every_text_of_a_document_is_sound(name: str, text: str) -> None:
    document = replace(raw("x"), declared={name: text}, headers={"x": text}, locator=text, url=text)
    for told in (*document.declared.items(), *document.headers.items()):
        assert not any(map(UNSOUND.search, told))
    document.locator.encode()  # a path may hold controls: with them it is found again
    assert document.url is None or web_address(document.url) == document.url


def test_half_a_character_is_replaced_and_flagged_whatever_holds_it() -> None:
    told = f"The {HALF} column crossed the river at dawn, and then the bridge fell. \x01"
    record = json.dumps({"title": f"A {HALF} title", "text": told})
    ld = json.dumps(
        {"@type": "NewsArticle", "headline": f"Shelling {HALF} hits the market at noon"}
    )
    marked_up = page(head=f'<script type="application/ld+json">{ld}</script>')
    articles = (
        clean(raw(record, media_type="application/json")),
        clean(raw(marked_up.replace("<h1>Shelling hits market</h1>", ""))),
    )
    for article in articles:
        assert not any(UNSOUND.search(text) for text in texts_of(article))
        assert "�" in article.title
    assert articles[0].quality.flags == ("controls_removed", "surrogates_replaced", "very_short")
    assert articles[0].text.startswith("The � column")
    assert articles[0].article_id == article_id_for(url=None, text=articles[0].text)


@pytest.mark.parametrize("hidden", ["\x1c", "\x01", "\x0b\n\x01", "\x00\n\n\x1f"])
def test_what_controls_kept_apart_from_the_ends_goes_with_them(hidden: str) -> None:
    told = f"{PARAGRAPHS[0]}\n\n{hidden}"
    article = clean(replace(raw(told.encode()), media_type="text/plain"))
    assert article.text == article.text.strip()
    assert article.text.endswith(PARAGRAPHS[0][-20:])
    with pytest.raises(NoArticleFound):
        clean(replace(raw(hidden.encode()), media_type="text/plain"))


def test_a_sound_document_has_no_such_flag() -> None:
    flags = clean_page(page(), url="https://thedaily.example/a").quality.flags
    assert not {"controls_removed", "surrogates_replaced", "address_unread"} & set(flags)


@pytest.mark.parametrize(
    "address",
    ["http://[bad/a", "https:///a", "mailto:a@thedaily.example", "file:///tmp/a",
     "thedaily.example/a", "https://the daily<>.example/a", "javascript:void(0)", "https://thedaily.example:port/a"],
)  # fmt: skip
def test_what_is_no_address_gives_none_and_a_flag(address: str) -> None:
    assert canonical_url(address) == shown_url(address) == ""
    record = json.dumps({"title": "Bridge falls", "text": PARAGRAPHS[0], "url": address})
    for document in (raw(page(), url=address), raw(record, media_type="application/json")):
        article = clean(document)
        assert article.url is None
        assert "address_unread" in article.quality.flags


@given(st.text(max_size=30), st.sampled_from(("http://", "https://", "//", "", "HTTP://a.b/")))
def test_addresses_are_of_the_web_or_none(text: str, scheme: str) -> None:
    for address in (canonical_url(scheme + text), shown_url(scheme + text)):
        assert not address or web_address(address) == address
    assert canonical_url(canonical_url(scheme + text)) == canonical_url(scheme + text)


def test_a_broken_canonical_link_leaves_the_collected_address() -> None:
    head = '<link rel="canonical" href="http://[thedaily.example/a">'
    collected = "https://www.thedaily.example/a"
    article = clean_page(page(head=head), url=collected)
    assert (article.url, "address_unread" in article.quality.flags) == (collected, True)
    assert clean_page(page(head=head)).url is None


def test_the_collected_address_is_shown_and_the_canonical_one_tells_articles_apart() -> None:
    collected = "http://www.thedaily.example/a/?id=7&utm_source=feed"
    head = '<link rel="canonical" href="https://thedaily.example/a/?id=7">'
    article = clean_page(page(head=head), url=collected)
    assert article.url == collected
    assert article.article_id == article_id_for(url="https://thedaily.example/a?id=7", text="")
    saved = clean_page(page(head=head))
    assert (saved.url, saved.article_id) == ("https://thedaily.example/a/?id=7", article.article_id)


HELD = "https://thedaily.example/war/market"


@pytest.mark.parametrize(
    "copy",
    [
        f"https://web.archive.org/web/20240502101112/{HELD}",
        f"https://web.archive.org/web/2024id_/{HELD}",
        f"https://archive.ph/2024.05.02-101112/{HELD}",
        f"https://archive.today/20240502101112/{HELD}",
        f"https://archive.is/newest/{HELD}",
        f"https://archive.li/o/AbC12/{HELD}",
        f"https://arquivo.pt/wayback/20240502101112mp_/{HELD}",
        f"https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:{HELD}+market&hl=en",
        f"https://web.archive.org/web/2024/https://archive.ph/2024.05.02-101112/{HELD}",
    ],
)
def test_a_copy_in_an_archive_is_a_sighting_of_the_page_it_holds(copy: str) -> None:
    assert shown_url(copy) == HELD
    article = clean_page(page(), url=copy)
    assert (article.url, article.article_id) == (HELD, article_id_for(url=HELD, text=""))


@pytest.mark.parametrize(
    "page_of_its_own", ["https://archive.ph/faq", "https://web.archive.org/about"]
)
def test_an_archives_own_pages_are_its_own(page_of_its_own: str) -> None:
    assert shown_url(page_of_its_own) == page_of_its_own


WAYBACK = (
    '<div id="wm-ipp-base"><div id="wm-ipp"><form><input value="{held}"></form>'
    '<a href="/web/2024*/{held}">'
    "12 captures</a><div>3 Jan 2019 - 4 Feb 2020</div></div></div>"
)
SNAPSHOT = (
    '<div id="HEADER" class="archive"><form><input name="q" value="{held}"></form>4 Feb 2020</div>'
)
CAPTURE = (
    '<div id="HEADER" style="min-width:1028px"><table><tr><td><a href="https://archive.ph/">a '
    'page</a></td><td>Saved from <input name="q" value="{held}"></td><td>4 Feb 2020 10:10:10 UTC'
    "</td></tr></table></div>"
)
CACHE = (
    '<div id="bN0__google-cache-hdr">This is the cache of <a href="{held}">{held}</a> as it '
    "appeared on 4 Feb 2020 04:05:06 GMT.</div>"
)


@pytest.mark.parametrize(
    ("bar", "around"),
    [
        (WAYBACK, "{story}"),
        (CACHE, "{story}"),
        (SNAPSHOT, '<div id="CONTENT">{story}</div>'),
        (CAPTURE, '<div id="CONTENT">{story}</div>'),
    ],
)
def test_nothing_is_taken_from_an_archives_bar_but_the_address(bar: str, around: str) -> None:
    story = "<h1>Shelling hits market</h1>" + "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    bar = bar.format(held=HELD)
    head = "<html><title>Shelling hits market</title><body>"
    article = clean_page(f"{head}{bar}{around.format(story=story)}</body></html>")
    assert (article.url, article.published, article.modified) == (HELD, None, None)
    assert not any("2020" in text or "cache" in text for text in texts_of(article))


def test_what_an_archive_declares_of_its_copy_is_not_the_pages() -> None:
    declared = (
        '<meta property="og:site_name" content="archive.ph">'
        '<meta property="article:published_time" content="2020-02-04T10:10:10Z">'
        '<link rel="canonical" href="https://archive.ph/2020/x">'
    )
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    article = clean_page(
        f"<html><head><title>Shelling hits market</title>{declared}</head><body>"
        f'{CAPTURE.format(held=HELD)}<div id="CONTENT"><h1>Shelling hits market</h1>{story}</div>'
    )
    assert (article.url, article.published) == (HELD, None)
    assert "archive" not in article.outlet


def test_a_page_may_have_a_header_of_its_own() -> None:
    own = '<div id="HEADER"><h1>Shelling hits market</h1><p>4 Feb 2020</p></div><div id="CONTENT">'
    article = clean_page(page(body=own + "".join(f"<p>{part}</p>" for part in PARAGRAPHS)))
    assert article.published is not None
    assert article.published.iso == "2020-02-04"


FULL = OSError(errno.ENOSPC, "No space left on device", "/tmp/x")


def fails(document: RawDocument) -> Article:
    raise FULL


def fails_wrapped(document: RawDocument) -> Article:
    try:
        return fails(document)
    except OSError:
        raise InputError("this file cannot be read", where=document.locator) from None


def fails_by_itself(document: RawDocument) -> Article:
    raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize("clean_so", [fails, fails_wrapped])
@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_the_machine_ends_the_run_and_settles_nothing(
    clean_so: object, processes: int, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        with pytest.raises(MachineTrouble):
            ingest([tmp_path / "a.html"], catalogue, processes=processes, clean=clean_so)  # type: ignore[arg-type]
        assert catalogue.counts().failures == 0
        assert ingest([tmp_path / "a.html"], catalogue, processes=1).articles == 1


def test_a_fault_of_the_machine_ends_reading_and_the_command_with_exit_code_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")

    def no_handles(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(Path, "open", no_handles)
    with pytest.raises(MachineTrouble, match="too many files are open"):
        list(read(tmp_path / "a.html"))
    result = CliRunner().invoke(
        cli.add, [str(tmp_path / "a.html"), "--home", str(tmp_path / "home"), "--processes", "1"]
    )
    assert (result.exit_code, "ulimit -n" in result.output) == (4, True)


def test_any_other_error_costs_its_document_alone() -> None:
    assert isinstance(attempt(fails_by_itself, raw("x")), InputError)
    assert (
        machine_trouble(MemoryError()) is None
    )  # there is memory left: one document asked too much
    assert machine_trouble(FileNotFoundError(errno.ENOENT, "No such file", "/a")) is None
    assert (
        machine_trouble(FileNotFoundError(errno.ENOENT, "No usable temporary directory found"))
        is not None
    )
