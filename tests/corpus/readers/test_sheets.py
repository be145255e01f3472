"""Workbooks of Excel and OpenDocument tables: one article a row of each sheet."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from tests.corpus.readers.test_readers import documents, errors, read_bytes, zipped

FERRY = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said."
SCHOOLS = "Teachers of the river towns went back to their schools on Friday, for the first time in a year."


def excel(sheets: dict[str, str], *, shared: str = "", styles: str = "", epoch: str = "") -> bytes:
    """A workbook with so many sheets of rows."""
    listed = "".join(f'<sheet name="{name}" r:id="r{at}"/>' for at, name in enumerate(sheets))
    related = "".join(
        f'<Relationship Id="r{at}" Target="worksheets/sheet{at}.xml"/>' for at in range(len(sheets))
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="r">{epoch}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="p">{related}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    for at, rows in enumerate(sheets.values()):
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return zipped({name: text.encode() for name, text in parts.items()})


def row(number: int, *cells: str | float, style: int = 1) -> str:
    written = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        if isinstance(cell, str)
        else f'<c r="{chr(65 + at)}{number}" s="{style}"><v>{cell}</v></c>'
        for at, cell in enumerate(cells)
    )
    return f'<row r="{number}">{written}</row>'


DAYS = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/>'
    '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def articles(folder: Path, name: str, content: bytes) -> list[Article]:
    return [clean(one) for one in documents(read_bytes(folder, name, content))]


def published(article: Article) -> str:
    assert article.published is not None
    return article.published.iso


def test_each_row_of_each_sheet_is_an_article_and_a_sheet_without_texts_is_told_of(
    tmp_path: Path,
) -> None:
    first = row(1, "Monitoring of the river") + row(
        3, "Headline", "Body text", "Published", "Source"
    )
    first += row(4, "Ferry sinks", FERRY, 44991, "Herald") + row(
        9, "Schools open", SCHOOLS, 44995.5, "Post"
    )
    codes = row(1, "Code", "Meaning") + row(2, "A", "B")
    content = excel(
        {
            "News": first,
            "Codes": codes,
            "Empty": "",
            "More": row(1, "title", "text") + row(2, "Third", SCHOOLS),
        },
        styles=DAYS,
    )

    items = read_bytes(tmp_path, "a.xlsx", content)
    ferry, schools, third = map(clean, documents(items))

    assert (ferry.title, ferry.text, ferry.outlet, published(ferry)) == (
        "Ferry sinks",
        FERRY,
        "Herald",
        "2023-03-06",
    )
    assert (schools.text, published(schools)) == (SCHOOLS, "2023-03-10T12:00")
    assert third.title == "Third"
    assert [one.locator.partition(".xlsx")[2] for one in documents(items)] == [
        "!News!4",
        "!News!9",
        "!More!2",
    ]
    (without,) = errors(items)
    assert "no column holds the text" in without.what
    assert str(without.where).endswith("!Codes")


@pytest.mark.parametrize(
    ("style", "epoch", "date"), [(1, '<workbookPr date1904="1"/>', "2027-03-07"), (2, "", "44991")]
)
def test_numbers_are_days_where_their_format_says_so(
    style: int, epoch: str, date: str, tmp_path: Path
) -> None:
    rows = row(1, "title", "text", "since") + row(2, "Ferry sinks", FERRY, 44991, style=style)
    (raw,) = documents(read_bytes(tmp_path, "a.xlsx", excel({"1": rows}, styles=DAYS, epoch=epoch)))
    assert raw.declared["since"] == date


def test_shared_texts_are_put_together_without_how_they_are_read_aloud(tmp_path: Path) -> None:
    shared = f"<si><t>title</t></si><si><t>text</t></si><si><r><t>Ferry </t></r><r><t>sinks</t></r><rPh><t>aloud</t></rPh></si><si><t>{FERRY}</t></si>"
    rows = "".join(
        f'<row r="{at + 1}"><c r="A{at + 1}" t="s"><v>{2 * at}</v></c><c r="B{at + 1}" t="s"><v>{2 * at + 1}</v></c></row>'
        for at in range(2)
    )
    (article,) = articles(tmp_path, "a.xlsx", excel({"1": rows}, shared=shared))
    assert (article.title, article.text) == ("Ferry sinks", FERRY)


def test_a_table_of_events_in_a_workbook_is_one(tmp_path: Path) -> None:
    names = "event_id_cnty event_date event_type actor1 location country notes".split()
    rows = row(1, *names) + row(
        2, "UKR1", 44991, "Battles", "Harbor Guard", "Izmail", "Ukraine", FERRY
    )
    (article,) = articles(tmp_path, "acled.xlsx", excel({"1": rows}, styles=DAYS))
    assert article.text == f"{FERRY}\n6 March 2023. Izmail, Ukraine. Harbor Guard"
    assert article.published is None


def test_an_open_document_table(tmp_path: Path) -> None:
    def cells(*told: str) -> str:
        return "".join(
            f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in told
        )

    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    sheets = (
        f'<table:table table:name="Codes"><table:table-row>{cells("Code", "Meaning")}</table:table-row>'
        + "".join(f"<table:table-row>{cells(str(at), 'x')}</table:table-row>" for at in range(30))
        + f'</table:table><table:table table:name="News"><table:table-row>{cells("title", "text", "date")}</table:table-row>'
        f'<table:table-row>{cells("Ferry sinks", FERRY)}<table:table-cell office:date-value="2023-03-06"/></table:table-row>{end}</table:table>'
    )
    content = zipped({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">{sheets}</office:document-content>'.encode(),
    })  # fmt: skip
    items = read_bytes(tmp_path, "a.ods", content)
    (article,) = map(clean, documents(items))
    assert (article.title, article.text, published(article)) == ("Ferry sinks", FERRY, "2023-03-06")
    assert ["no column holds the text" in one.what for one in errors(items)] == [True]


def test_a_workbook_without_rows_says_so(tmp_path: Path) -> None:
    (error,) = errors(read_bytes(tmp_path, "a.xlsx", excel({"1": ""})))
    assert "no sheet of it has rows" in error.what


def test_blank_rows_above_cost_no_sheet(tmp_path: Path) -> None:
    above = "".join(row(number, " ", "") for number in range(1, 15))
    header = row(15, "Headline", "Full text")
    content = excel(
        {"A": above + header + row(16, "Ferry", FERRY), "B": header + row(16, "Schools", SCHOOLS)}
    )
    found = documents(read_bytes(tmp_path, "a.xlsx", content))
    assert [one.declared["title"] for one in found] == ["Ferry", "Schools"]
    assert found[0].locator.endswith("!A!16")


def flipped(content: bytes, member: str) -> bytes:
    """A workbook with one bit of a part wrong, which its checksum tells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(member)
    at = info.header_offset + 30 + len(member) + info.compress_size - 3
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


SHARED = "".join(f"<si><t>{text}</t></si>" for text in ("Ferry", FERRY, "Schools", SCHOOLS))
BY_NUMBER = (
    '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}" t="s"><v>{2}</v></c></row>'.format
)


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("xl/worksheets/sheet0.xml", "xl/worksheets/sheet0.xml in it is damaged"),
        ("xl/sharedStrings.xml", "xl/sharedStrings.xml in it is damaged"),
        ("xl/styles.xml", "xl/styles.xml in it is damaged"),
    ],
)
def test_a_damaged_part_costs_no_other_sheet(member: str, told: str, tmp_path: Path) -> None:
    header = row(1, "Headline", "Full text")
    sheets = {
        "A": header + BY_NUMBER(2, 0, 1),
        "B": header + row(2, "Mine", FERRY + " Nobody was hurt."),
        "C": header + row(2, "River", SCHOOLS + " Not all of them."),
    }
    content = excel(sheets, shared=SHARED, styles=DAYS)

    found = read_bytes(tmp_path, "a.xlsx", flipped(content, member))

    titles = [one.declared["title"] for one in documents(found)]
    assert titles[-2:] == ["Mine", "River"]
    assert [one for one in errors(found) if one.what.startswith(told)]
