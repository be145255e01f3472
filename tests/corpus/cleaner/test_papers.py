"""PDF and Word files are articles too, where their libraries are installed."""

from __future__ import annotations

import io
import plistlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError, UnsupportedFormat
from corpus.readers import read
from corpus.readers.media_types import DOCX, PDF
from tests.corpus.documents import raw_document

LINES = (
    "The convoy crossed the river at night and reached the mo-",
    "nastery before the bridge was closed to all who came after.",
    "It was over by noon.",
    "Officials on the other bank gave another hour for the event.",
)


def pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand: five objects and the table that finds them."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    drawn = f"BT /F1 12 Tf 50 700 Td {shown} ET".encode()
    fonts = b"<</Font<</F1 5 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Crossing at night)/Author(Anna Holm)>>",
    ]
    return written_pdf(objects, info=6)


def written_pdf(objects: Sequence[bytes], *, info: int = 0) -> bytes:
    """A PDF of objects, the first of which is its catalog, with the table that finds them."""
    written = io.BytesIO(b"%PDF-1.4\n")
    written.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(written.tell())
        written.write(b"%d 0 obj%s endobj\n" % (number, content))
    table = written.tell()
    size = len(objects) + 1
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % size + rows)
    said = b"/Info %d 0 R" % info if info else b""
    written.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, said, table))
    return written.getvalue()


def word(*paragraphs: str) -> bytes:
    document = Document()
    document.core_properties.title = "Crossing at night"
    document.core_properties.author = "Anna Holm"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Bridge", "closed"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def read_one(folder: Path, content: bytes) -> RawDocument:
    path = folder / "paper"
    path.write_bytes(content)
    (raw,) = read(path)
    assert isinstance(raw, RawDocument), raw
    assert raw.content == content
    return raw


def article_of(folder: Path, content: bytes) -> Article:
    return clean(read_one(folder, content))


def test_a_pdf_gives_its_paragraphs(tmp_path: Path) -> None:
    article = article_of(tmp_path, pdf(*LINES))

    assert article.title == "Crossing at night"
    assert article.bylines == ("Anna Holm",)
    first, second = article.text.split("\n\n")
    assert "the monastery before" in first
    assert first.endswith("over by noon.")
    assert second == LINES[3]
    assert article.published is None


def test_a_word_file_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    article = article_of(tmp_path, word(*LINES[1:]))

    assert article.title == "Crossing at night"
    assert article.text.split("\n\n")[:3] == list(LINES[1:])
    assert "Bridge" in article.text.split("\n\n")[3]


STORY = (
    "The convoy crossed the river at night and reached the farm before the",
    "bridge was closed to all who came after. Officials on the other bank gave",
    "another hour for the event, and no name for those who had crossed the",
    "river. Two drivers said that they had seen the bridge fall before it was",
    "light, and that nobody had come to close the road until noon on Tuesday.",
    "Later a spokesman said that the road would stay closed for a week or so.",
)


def pages(*told: Sequence[str], title: str = "", author: str = "") -> bytes:
    """A PDF of several pages."""
    fonts = b"<</Font<</F1 3 0 R>>>>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(told)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(told)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, lines in enumerate(told):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        drawn = f"BT /F1 12 Tf 50 700 Td {shown} ET".encode()
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources %s>>"
        objects += [page % (5 + 2 * number, fonts)]
        objects += [b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn)]
    objects.append(f"<</Title({title})/Author({author})>>".encode())
    return written_pdf(objects, info=len(objects))


@pytest.mark.parametrize(
    ("head", "feet", "rule"),
    [
        (["The Harbor Courier"], ["1", "2", "3"], "running_head"),
        ([], ["Page 7 of 9", "Page 8 of 9", "Page 9 of 9"], "page_number"),
        ([], ["Harbor papers, no. 12, p. 7", "Harbor papers, no. 12, p. 8", "Harbor papers, no. 12, p. 9"],
         "running_head"),
    ],
)  # fmt: skip
def test_heads_and_numbers_of_pages_are_no_text(
    head: list[str], feet: list[str], rule: str, tmp_path: Path
) -> None:
    parts = [[*head, *STORY[2 * at : 2 * at + 2], foot] for at, foot in enumerate(feet)]

    article = article_of(tmp_path, pages(*parts, title="Crossing"))

    assert article.text == " ".join(STORY)
    assert rule in {one.rule for one in article.removed}
    assert {*head, *feet} == {one.text for one in article.removed}


def test_a_page_that_has_but_what_others_have_keeps_it(tmp_path: Path) -> None:
    article = article_of(tmp_path, pages(STORY[:1], STORY[:1], title="Crossing"))

    assert STORY[0] in article.text


def test_a_sentence_that_several_pages_end_with_amid_their_text_is_no_head(tmp_path: Path) -> None:
    told = [
        [f"Witness {name} spoke of the cellar.", "We did not leave."]
        for name in ("Ann", "Bo", "Cy")
    ]
    text = article_of(tmp_path, pages(*told)).text
    assert text.count("We did not leave.") == 3


def test_a_heading_in_larger_letters_stays_where_it_stands_first(tmp_path: Path) -> None:
    heading = ") Tj /F1 24 Tf (Report of the district) Tj 0 -30 Td /F1 12 Tf ("
    told = [
        [f"{heading}{one}", "More was said of it then.", "And more the day after."]
        for one in ("On Monday the road was cut.", "On Tuesday it was opened.", "On Friday it was mined.")
    ]  # fmt: skip
    article = article_of(tmp_path, pages(*told))
    kept = article.title + article.text
    assert kept.count("Report of the district") == 1
    assert [one.text for one in article.removed if one.rule == "running_head"].count(
        "Report of the district"
    ) == 2


def test_places_where_a_word_may_be_broken_are_no_spaces(tmp_path: Path) -> None:
    soft = "/Span<</ActualText <FEFF00AD> >> BDC ( ) Tj EMC"
    drawn = (
        f"BT /F1 12 Tf 1 0 0 1 50 700 Tm (The ele) Tj {soft} 40 0 Td (va) Tj {soft} 12.7 0 Td (tor burned all night, and) Tj ET"
        " BT /F1 12 Tf 1 0 0 1 50 686 Tm (nobody came to the remains of it before noon.) Tj ET"
    ).encode()
    fonts = b"<</Font<</F1 5 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>" % fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    text = " ".join(article_of(tmp_path, written_pdf(objects)).text.split())
    assert (
        text == "The elevator burned all night, and nobody came to the remains of it before noon."
    )


def test_years_and_numbers_at_the_end_of_a_page_stay(tmp_path: Path) -> None:
    article = article_of(
        tmp_path, pages([*STORY[:2], "2022"], [*STORY[2:4], "41"], STORY[4:], title="Crossing")
    )

    assert "2022" in article.text
    assert "41" in article.text


def test_rows_of_numbers_at_the_edges_of_pages_stay(tmp_path: Path) -> None:
    rows = ["2019 45 67 Kyiv", "2020 46 68 Kyiv", "2021 47 69 Kyiv"]
    parts = [[*STORY[2 * at : 2 * at + 2], row] for at, row in enumerate(rows)]

    article = article_of(tmp_path, pages(*parts, title="Crossing"))

    assert all(row in article.text for row in rows)


def test_title_name_and_day_above_the_text_of_a_pdf_are_read(tmp_path: Path) -> None:
    told = ["Crossing at night", "By Anna Holm", "4 May 2021", *STORY]

    article = article_of(tmp_path, pages(told, title="Microsoft Word - final2.doc", author="user"))

    assert (article.title, article.bylines) == ("Crossing at night", ("Anna Holm",))
    assert article.published is not None
    assert article.published.iso == "2021-05-04"
    assert article.text == " ".join(STORY)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("the regi-", "onal office", "regional"),
        ("the Kharkiv-", "Kolva line", "Kharkiv-Kolva"),
        ("a T-", "72 tank", "T-72"),
        ("a 40-", "year-old driver", "40-year-old"),
        ("the UKRAI-", "NIAN army", "UKRAINIAN"),
    ],
)
def test_hyphens_at_the_margin(before: str, after: str, word: str, tmp_path: Path) -> None:
    told = [STORY[0], f"{STORY[1]} {before}", f"{after} {STORY[2]}", *STORY[3:]]

    article = article_of(tmp_path, pages(told, title="Crossing"))

    assert f" {word} " in article.text


def test_a_pdf_that_safari_kept_is_read(tmp_path: Path) -> None:
    page = {
        "WebResourceData": pages(STORY), "WebResourceMIMEType": "application/pdf",
        "WebResourceURL": "https://h.example/a.pdf", "WebResourceTextEncodingName": "utf-8",
    }  # fmt: skip
    path = tmp_path / "a.webarchive"
    path.write_bytes(plistlib.dumps({"WebMainResource": page}))

    (document,) = read(path)

    assert isinstance(document, RawDocument)
    assert clean(document).text == " ".join(STORY)


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{RUN.format('In a box.')}</w:p></w:txbxContent>"

TWICE = "<m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:del>{gone}</w:del><w:ins>{shown}</w:ins>", "The convoy slowly left."),
        ("<w:moveFrom>{gone}</w:moveFrom><w:moveTo>{shown}</w:moveTo>", "The convoy slowly left."),
        ("<w:sdt><w:sdtContent>{shown}</w:sdtContent></w:sdt>", "The convoy slowly left."),
        ("<w:fldSimple w:instr='DATE'>{shown}</w:fldSimple>", "The convoy slowly left."),
        ("<w:smartTag>{shown}</w:smartTag>", "The convoy slowly left."),
        ("<w:r><w:instrText>DATE</w:instrText></w:r>{shown}", "The convoy slowly left."),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>{shown}", "The convoy slowly left."),
        (
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t xml:space='preserve'>so </w:t></w:r>",
            "The convoy so left.",
        ),
        ("<w:r><w:t>T</w:t><w:noBreakHyphen/><w:t>72 </w:t></w:r>", "The convoy T-72 left."),
        ("<w:r><w:pict>{box}</w:pict></w:r>{shown}", "The convoy slowly left.\n\nIn a box."),
        (
            f"<w:r><m:AlternateContent>{TWICE}</m:AlternateContent></w:r>{{shown}}",
            "The convoy slowly left.\n\nIn a box.",
        ),
    ],
)
def test_a_word_file_is_what_it_shows_with_its_changes_accepted(
    inside: str, text: str, tmp_path: Path
) -> None:
    told = inside.format(gone=RUN.format("WRONG "), shown=RUN.format("slowly "), box=BOX)
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m='
        '"http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    paragraph = f"<w:p {spaces}>{RUN.format('The convoy ')}{told}{RUN.format('left.')}</w:p>"
    document = Document()
    document.element.body.insert(0, parse_xml(paragraph))
    written = io.BytesIO()
    document.save(written)

    article = article_of(tmp_path, written.getvalue())

    assert article.text == text


def test_tables_in_tables_and_merged_cells_are_told_once(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("The convoy left at noon.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Losses"
    table.cell(1, 0).text = "Bridge"
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "closed"
    written = io.BytesIO()
    document.save(written)

    article = article_of(tmp_path, written.getvalue())

    assert article.text == "The convoy left at noon.\n\nLosses\nBridge closed"


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Word Document", "Administrator"),
        ("Microsoft Word - final2.doc", "user"),
        ("report_v3.docx", "Microsoft Office User"),
        ("Untitled-1", "Пользователь Windows"),
    ],
)
def test_what_programs_fill_in_is_no_title_and_no_author(
    title: str, author: str, tmp_path: Path
) -> None:
    document = Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.add_paragraph("The convoy left the depot at noon, and nobody saw it again.")
    written = io.BytesIO()
    document.save(written)

    article = article_of(tmp_path, written.getvalue())

    assert (article.title, article.bylines) == ("", ())


def test_a_pdf_that_lost_the_table_of_its_objects_is_read_and_says_so(tmp_path: Path) -> None:
    whole = pages(["The ferry left the mole at noon."], ["It came back before dawn on Friday."])
    assert "cut_off" not in article_of(tmp_path, whole).quality.flags
    cut = article_of(tmp_path, whole[: whole.rindex(b"\nxref")])
    assert cut.text == article_of(tmp_path, whole).text
    assert "cut_off" in cut.quality.flags
    wrong = whole.replace(b"0000000009", b"0000000777")
    assert article_of(tmp_path, wrong).text == cut.text


def test_of_a_pdf_that_is_cut_off_earlier_nothing_is_told_without_a_word(tmp_path: Path) -> None:
    whole = pages(*[[f"The ferry left on day {day}."] for day in range(1, 6)])
    for at in range(20, whole.rindex(b"xref"), 60):
        try:
            article = article_of(tmp_path, whole[:at])
        except InputError:
            continue
        assert "cut_off" in article.quality.flags, at


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(*LINES)[:300], "damaged|no text"),
        (pdf(), "no text"),
        (b"%PDF-1.7\n" + b"rubbish" * 99, "damaged"),
        (word(*LINES).replace(b"[Content_Types].xml", b"[Content_Tapes].xml"), "damaged"),
    ],
)
def test_damaged_papers_say_so(tmp_path: Path, content: bytes, reason: str) -> None:
    media_type = PDF if content.startswith(b"%PDF") else DOCX
    raw = replace(raw_document(), content=content, media_type=media_type)

    with pytest.raises(InputError, match=reason):
        clean(raw)


def test_without_the_libraries_the_advice_is_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, content in (("pypdf", pdf(*LINES)), ("docx", word(*LINES))):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(UnsupportedFormat, match=r"dispatches\[documents\]"):
            article_of(tmp_path, content)
