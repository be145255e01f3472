"""EPUB, OpenDocument and RTF: their text and properties; damage and bombs cost the file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError
from corpus.readers import read
from tests.corpus.readers.test_readers import zipped

CONTAINER = b"""<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
OPF = b"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Ferry stays</dc:title><dc:creator>Ann Ray</dc:creator><dc:date>2023-03-03</dc:date><dc:language>en</dc:language>
<dc:publisher>Harbor Press</dc:publisher></metadata><manifest><item id="b" href="two.xhtml"/><item id="a" href="one%20a.xhtml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>"""
ONE = b"""<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x"><html
xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title><style>p {}</style></head><body><h1>One</h1><div>The ferry<!-- x -->
stayed&nbsp;in <i>port</i> &amp; waited.<br/>Long.</div></body></html>"""
TWO = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The crews went home.</p></body></html>'


def epub(**more: bytes) -> dict[str, bytes]:
    return {
        "mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": OPF,
        "OEBPS/two.xhtml": TWO, "OEBPS/one a.xhtml": ONE,
    } | {name.replace("__", "/"): content for name, content in more.items()}  # fmt: skip


ODT_CONTENT = b"""<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>
<text:h>Harbor</text:h><text:p>The ferry<text:s/>stayed<text:note><text:p>a note</text:p></text:note> in port.</text:p>
<text:p>The <text:span>crews</text:span> went home.</text:p></office:text></office:body></office:document-content>"""
ODT_META = b"""<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Ferry stays</dc:title>
<meta:initial-creator>Ann Ray</meta:initial-creator><dc:date>2024-01-01</dc:date></office:meta></office:document-meta>"""


def odt(**more: bytes) -> dict[str, bytes]:
    return {
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": ODT_CONTENT,
        "meta.xml": ODT_META,
    } | {name.replace("_xml", ".xml"): content for name, content in more.items()}  # fmt: skip


RTF = (
    rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\colortbl;\red0;}"
    rb"{\info{\title Ferry stays}{\author Ann Ray}}{\*\generator W;}{\header page 1}"
    rb"\f0 The ferry\rquote s caf\'e9 \u1087?\u1072?\u1088?.\par {\b The} crews went\line home.{\footnote n}"
    rb"\par {\f1 \'cf\'e0\'f0\'ee\'ec}{\v hidden} \{x\}\par}"
)


def opened(tmp_path: Path, name: str, content: bytes) -> Article | InputError:
    path = tmp_path / name
    path.write_bytes(content)
    (item,) = read(path)
    if isinstance(item, InputError):
        return item
    assert isinstance(item, RawDocument)
    try:
        return clean(item)
    except InputError as error:
        return error


def test_a_book_without_one_of_its_chapters_is_the_others_and_says_so(tmp_path: Path) -> None:
    article = opened(tmp_path, "a.epub", zipped(epub() | {"OEBPS/two.xhtml": b""}))
    assert isinstance(article, Article)
    assert "The ferry" in article.text
    assert "cut_off" in article.quality.flags


def test_a_book_is_its_chapters_in_the_order_of_its_spine(tmp_path: Path) -> None:
    article = opened(tmp_path, "book.epub", zipped(epub()))

    assert isinstance(article, Article)
    assert article.title == "Ferry stays"
    assert article.text == "One\n\nThe ferry stayed in port & waited. Long.\n\nThe crews went home."
    assert (article.bylines, article.outlet) == (("Ann Ray",), "Harbor Press")
    assert article.published is not None
    assert article.published.iso == "2023-03-03"


def test_an_open_document_is_its_paragraphs(tmp_path: Path) -> None:
    article = opened(tmp_path, "a", zipped(odt()))

    assert isinstance(article, Article)
    assert article.text == "Harbor\n\nThe ferry stayed in port.\n\nThe crews went home."
    assert (article.title, article.bylines) == ("Ferry stays", ("Ann Ray",))
    assert article.published is None


def test_an_rtf_file_is_what_it_shows(tmp_path: Path) -> None:
    article = opened(tmp_path, "a.rtf", RTF)

    assert isinstance(article, Article)
    assert article.text == "The ferry’s café пар.\n\nThe crews went\nhome.\n\nПаром {x}"
    assert (article.title, article.bylines) == ("Ferry stays", ("Ann Ray",))


def test_a_book_is_by_its_author_and_of_its_publication(tmp_path: Path) -> None:
    said = b"""<dc:title id="s">Notes of a pilot</dc:title><meta refines="#s" property="title-type">subtitle</meta>
<dc:title id="t">Ferry stays</dc:title><meta refines="#t" property="title-type">main</meta>
<dc:creator id="c">Jo Lenz</dc:creator><meta refines="#c" property="role">trl</meta>
<dc:creator xmlns:opf="o" opf:role="aut">Ann Ray</dc:creator><dc:date xmlns:opf="o" opf:event="modification">2024-01-01
</dc:date><dc:date xmlns:opf="o" opf:event="publication">2023-03-03</dc:date>"""
    start, end = OPF.index(b"<dc:title>"), OPF.index(b"<dc:language>")
    parts = epub() | {"OEBPS/book.opf": OPF[:start] + said + OPF[end:]}

    article = opened(tmp_path, "book.epub", zipped(parts))

    assert isinstance(article, Article)
    assert (article.title, article.bylines) == ("Ferry stays", ("Ann Ray",))
    assert article.published is not None
    assert article.published.iso == "2023-03-03"


def test_marks_of_notes_and_numbers_of_pages_part_no_words(tmp_path: Path) -> None:
    page = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<p>The ferry<a epub:type="noteref" href="#n"><sup>1</sup></a> <span epub:type="pagebreak">12</span>stayed.<sup><a
href="#m">2</a></sup> H<sub>2</sub>O at 10<sup>3</sup>, <a href="#x">3</a> boats, <ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby> and
a quar­ter.</p><aside epub:type="footnote" id="n"><p>1 So it is called.</p></aside><nav><ol><li>Contents</li></ol></nav>
</body></html>"""

    article = opened(tmp_path, "book.epub", zipped(epub() | {"OEBPS/two.xhtml": page.encode()}))

    assert isinstance(article, Article)
    assert article.text.endswith("\n\nThe ferry stayed. H2O at 103, 3 boats, 橋 and a quarter.")


def test_boxes_and_pictures_part_no_sentence_of_an_open_document(tmp_path: Path) -> None:
    text = "<text:p>The ferry <d:frame><d:text-box><text:p>In a box.</text:p></d:text-box></d:frame>stayed"
    text += "<d:frame><d:desc>A boat</d:desc></d:frame> in <text:ruby><text:ruby-base>port</text:ruby-base>"
    text += "<text:ruby-text>p</text:ruby-text></text:ruby>.</text:p>"
    content = ODT_CONTENT.replace(b"<text:h>", text.encode() + b"<text:h>", 1)
    content = content.replace(b'xmlns:office="o"', b'xmlns:office="o" xmlns:d="d"')

    article = opened(tmp_path, "a", zipped(odt(content_xml=content)))

    assert isinstance(article, Article)
    assert article.text.startswith("The ferry stayed in port.\n\nIn a box.\n\nHarbor\n\n")


def test_what_a_change_took_out_of_an_rtf_file_is_gone(tmp_path: Path) -> None:
    content = rb"{\rtf1\mac The {\deleted old }{\revised new }ferry\'d5s caf\'8e\par waits.\par}"

    article = opened(tmp_path, "a.rtf", content)

    assert isinstance(article, Article)
    assert article.text == "The new ferry’s café\n\nwaits."


@pytest.mark.parametrize(
    ("content", "is_cut"),
    [
        (RTF, False),
        (RTF + b"\r\n\0\0", False),
        (RTF + b"}}", False),
        (RTF[: RTF.index(b"went")], True),
        (RTF[: RTF.index(b"went") - 1], True),
        (RTF[:-1], True),
        (RTF[:-1] + rb"{\pict\bin4 {{}{}}", False),  # braces that are bytes of a picture
    ],
)
def test_an_rtf_file_that_ends_in_its_middle_says_so(
    tmp_path: Path, content: bytes, is_cut: bool
) -> None:
    article = opened(tmp_path, "a.rtf", content)
    assert isinstance(article, Article)
    assert ("cut_off" in article.quality.flags) is is_cut


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.epub", zipped(epub() | {"OEBPS/two.xhtml": b"", "OEBPS/one a.xhtml": b""}), "damaged"),
        ("a.epub", zipped({"mimetype": b"application/epub+zip"}), "damaged"),
        ("a.epub", zipped(epub())[:-300], "no readable ZIP"),
        ("a.epub", zipped(epub() | {"META-INF/encryption.xml": b'<e><CipherReference URI="OEBPS/two.xhtml"/></e>'}), "locked"),
        ("a.odt", zipped(odt(content_xml=b"<a/>")), "no text"),
        ("a.rtf", rb"{\rtf1{\fonttbl{\f0 Arial;}}}", "no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    error = opened(tmp_path, name, content)

    assert isinstance(error, InputError)
    assert told in error.what


@pytest.mark.parametrize("name", ["a.odt", "a.epub"])
def test_what_unpacks_to_too_much_is_refused(name: str, tmp_path: Path) -> None:
    bomb = (
        odt(content_xml=b"<p>" + b"a" * (80 << 20) + b"</p>")
        if name == "a.odt"
        else epub() | {"x": bytes(80 << 20)}
    )
    error = opened(tmp_path, name, zipped(bomb))

    assert isinstance(error, InputError)
    assert "unpacks to 80 MB" in error.what


def test_groups_without_end_cost_no_more_than_their_file(tmp_path: Path) -> None:
    deep = b"{\\rtf1 " + b"{" * 200_000 + b"The ferry stayed." + b"}" * 300_000

    article = opened(tmp_path, "a.rtf", deep)

    assert isinstance(article, Article)
    assert article.text == "The ferry stayed."


def test_entities_that_multiply_are_not_unfolded(tmp_path: Path) -> None:
    bomb = b"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a xmlns:text="t"><text:p>Words &c;.</text:p></a>"""

    article = opened(tmp_path, "a.odt", zipped(odt(content_xml=bomb)))

    assert isinstance(article, Article)
    assert len(article.text) < 100


@pytest.mark.parametrize(
    "note",
    [
        '<aside epub:type="footnote"><p>Laid in 1957.</p></aside>',
        '<div role="doc-footnote"><p>Laid in 1957.</p></div>',
        '<section epub:type="endnotes"><ol><li epub:type="endnote"><p>Laid in 1957.</p></li></ol></section>',
        '<section role="doc-endnotes"><p>Laid in 1957.</p></section>',
    ],
)
def test_notes_of_a_book_are_listed_and_no_text(note: str, tmp_path: Path) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        f'<p>The crews went home<a epub:type="noteref" href="#n">1</a>.</p>{note}</body></html>'
    )
    book = epub(**{"OEBPS__one a.xhtml": page.encode()})

    article = opened(tmp_path, "a.epub", zipped(book))

    assert isinstance(article, Article)
    assert article.text == "The crews went home.\n\nThe crews went home."
    assert [(one.rule, one.text) for one in article.removed] == [("note", "Laid in 1957.")]


FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="o" xmlns:text="t" xmlns:dc="d"'
    ' xmlns:meta="m" office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>{meta}</office:meta>'
    "<office:body><office:text><text:h>Ferry stays</text:h><text:p>The ferry stayed<text:note><text:note-citation>1"
    "</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note> in port, and those who"
    " had waited went home.</text:p></office:text></office:body></office:document>"
)


@pytest.mark.parametrize("meta", ["", "<dc:title>Ferry stays</dc:title>"])
@pytest.mark.parametrize("name", ["a.fodt", "a.xml", "a"])
def test_an_open_document_in_one_file_of_xml_is_read(name: str, meta: str, tmp_path: Path) -> None:
    article = opened(tmp_path, name, FLAT.format(meta=meta).encode())
    damaged = opened(tmp_path, name, FLAT.format(meta=meta)[:200].encode())

    assert isinstance(article, Article)
    assert article.title == "Ferry stays"
    assert article.text.endswith("The ferry stayed in port, and those who had waited went home.")
    assert [(one.rule, one.text) for one in article.removed if one.rule == "note"] == [
        ("note", "a note")
    ]
    assert isinstance(damaged, InputError)
