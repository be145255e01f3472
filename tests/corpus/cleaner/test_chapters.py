"""Each chapter is an article where somebody asks for that, and the book stays one original."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.cleaner.files import chapters
from corpus.errors import InputError, OriginalNotFound, UnreadableInput
from corpus.home import Home
from corpus.readers import read
from corpus.readers.source import Asked
from corpus.store import Catalogue
from tests.corpus.cleaner.test_books import OPF, epub
from tests.corpus.cleaner.test_papers import written_pdf
from tests.corpus.readers.test_readers import zipped
from webui.cli import main

NAV = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="e"><body><nav epub:type="landmarks"><ol><li>
<a href="two.xhtml">Start</a></li></ol></nav><nav epub:type="toc"><ol><li><a href="one%20a.xhtml#top">One</a></li><li>
<a href="two.xhtml">The <i>crews</i></a><ol><li><a href="two.xhtml#x">Within</a></li></ol></li></ol></nav></body></html>"""
NCX = b"""<ncx xmlns="n"><navMap><navPoint><navLabel><text>Whole</text></navLabel><content src="one%20a.xhtml"/>
<navPoint><navLabel><text>One</text></navLabel><content src="one%20a.xhtml"/></navPoint>
<navPoint><navLabel><text>The crews</text></navLabel><content src="two.xhtml#b"/></navPoint></navPoint></navMap></ncx>"""


def book(kind: str) -> bytes:
    item = {
        "nav": b'<item id="n" properties="nav" href="contents"/></manifest>',
        "ncx": b'<item id="n" media-type="application/x-dtbncx+xml" href="contents"/></manifest>',
        "none": b"</manifest>",
    }[kind]
    opf = OPF.replace(b"</manifest>", item)
    table = {"nav": NAV, "ncx": NCX, "none": b"<x/>"}[kind]
    return zipped(epub() | {"OEBPS/book.opf": opf, "OEBPS/contents": table})


def pdf(*marks: tuple[str, int], pages: int = 4) -> bytes:
    """A PDF with a line on each page and bookmarks, each with its page."""
    first_page, first_mark = 5, 5 + 2 * pages
    kids = b" ".join(b"%d 0 R" % (first_page + 2 * number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R>>" % (first_mark, first_mark + len(marks) - 1),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in range(pages):
        drawn = b"BT /F1 12 Tf 50 700 Td (The ferry stayed in port on day %d.) Tj ET" % (number + 1)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F1 4 0 R>>>>>>" % (first_page + 2 * number + 1),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        ]
    for at, (title, page) in enumerate(marks):
        follows = b"/Next %d 0 R" % (first_mark + at + 1) if at + 1 < len(marks) else b""
        place = b"[%d 0 R/Fit]" % (first_page + 2 * page)
        objects.append(b"<</Title(%s)/Parent 3 0 R/Dest%s%s>>" % (title.encode(), place, follows))
    if not marks:
        objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
        objects[2] = b"<<>>"
    return written_pdf(objects)


def parts(folder: Path, content: bytes, *, asked: bool = True) -> list[RawDocument | InputError]:
    path = folder / "book"
    path.write_bytes(content)
    return list(read(path, asked=Asked(chapters=asked)))


def articles(folder: Path, content: bytes) -> list[tuple[str, Article]]:
    found = []
    for raw in parts(folder, content):
        assert isinstance(raw, RawDocument), raw
        assert raw.content == content
        found.append((raw.locator.partition("!")[2], clean(raw)))
    return found


@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_of_a_book_each_entry_of_its_contents_is_an_article(tmp_path: Path, kind: str) -> None:
    (first, one), (second, two) = articles(tmp_path, book(kind))

    assert (first, second) == ("OEBPS/one a.xhtml", "OEBPS/two.xhtml")
    assert (one.title, two.title) == ("One", "The crews")
    assert one.text == "The ferry stayed in port & waited. Long."
    assert two.text == "The crews went home."
    for article in (one, two):
        assert (article.outlet, article.bylines) == ("Ferry stays", ("Ann Ray",))
        assert article.published is not None


def test_a_book_without_contents_has_a_chapter_a_file(tmp_path: Path) -> None:
    found = articles(tmp_path, book("none"))

    assert [place for place, _ in found] == ["OEBPS/one a.xhtml", "OEBPS/two.xhtml"]
    assert "One" in f"{found[0][1].title} {found[0][1].text}"


def test_of_a_pdf_each_bookmark_is_an_article_and_so_is_what_stands_before(tmp_path: Path) -> None:
    found = articles(tmp_path, pdf(("Two days", 1), ("The end", 3)))

    told = [(place, one.title, one.text.count("ferry"), one.text[-6:]) for place, one in found]
    assert told == [
        ("page 1", "", 1, "day 1."),
        ("page 2", "Two days", 2, "day 3."),
        ("page 4", "The end", 1, "day 4."),
    ]


def test_what_tells_no_chapters_or_was_not_asked_for_them_is_one_article(tmp_path: Path) -> None:
    for content, asked in (
        (pdf(), True),
        (pdf(("All", 0)), True),
        (pdf(("One", 0), ("Two", 2)), False),
        (book("nav"), False),
    ):
        (raw,) = parts(tmp_path, content, asked=asked)
        assert isinstance(raw, RawDocument)
        assert "chapter" not in raw.declared
        assert len(clean(raw).text.split()) > 10


def test_damaged_and_huge_books_cost_themselves_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (damaged,) = parts(tmp_path, book("nav").replace(b"META-INF/container.xml", b"META-INF/c.xml"))
    assert isinstance(damaged, InputError)
    (cut,) = parts(tmp_path, pdf(("One", 0), ("Two", 2))[:200])
    assert isinstance(cut, RawDocument)
    with pytest.raises(UnreadableInput, match="damaged"):
        clean(cut)
    monkeypatch.setattr(chapters, "_MOST_CHAPTERS", 1)
    (huge,) = parts(tmp_path, pdf(("One", 0), ("Two", 2)))
    assert isinstance(huge, InputError)
    assert "2 chapters, too many" in huge.what


def test_the_book_is_kept_once(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(book("nav"))
    home, add = tmp_path / "home", ("add", str(tmp_path / "book.epub"), "--chapters", "--json")

    told = [
        json.loads(CliRunner().invoke(main, [*add, "--processes", "1", "--home", str(home)]).stdout)
        for _ in range(2)
    ]

    assert (told[0]["documents"], told[0]["articles"]) == (2, 2)
    assert told[1]["duplicates"] == 2
    with Catalogue.open(home / "catalogue.sqlite", readonly=True) as catalogue:
        assert len({one.original_sha256 for one in catalogue.articles()}) == 1


def test_the_file_of_a_chapter_that_may_not_be_seen_is_held_back(tmp_path: Path) -> None:
    """Else who may see one chapter reads the others in its original."""
    (tmp_path / "book.epub").write_bytes(book("nav"))
    add = ("add", str(tmp_path / "book.epub"), "--chapters")
    assert CliRunner().invoke(main, ["--home", str(tmp_path / "home"), *add]).exit_code == 0
    home = Home(tmp_path / "home")
    with Catalogue.open(home, readonly=True) as catalogue:
        first, second = catalogue.articles()
        hidden = first.article.article_id
        assert catalogue.original(second.original_sha256).content == book("nav")
    with Catalogue.open(home, readonly=True, hidden=[hidden]) as catalogue:
        with pytest.raises(OriginalNotFound, match="more than this article"):
            catalogue.original(second.original_sha256)
        assert catalogue.counts().originals == 1
    with Catalogue.open(home, readonly=True, hidden=["aaaaaaaaaaaaaaaa"]) as catalogue:
        assert catalogue.original(second.original_sha256).content == book("nav")
