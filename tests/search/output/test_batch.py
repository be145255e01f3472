"""Tables of questions: how they are read, what a bad row costs, and what is written of them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DispatchesError, InvalidParameter, UnreadableInput
from search.output.batch.asking import Answered, ask
from search.output.batch.questions import Question, Refused, Table, questions, text_of
from search.output.batch.tables import COLUMNS, csv_of, xlsx_of
from search.output.batch.workbook import Sheet, workbook
from search.request import Filter, Mode, Sort, Undated
from tests.contract.made_up import made_up_index

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _read(text: str, most: int = 100) -> Table:
    return questions(text, where="table.csv", most=most)


def _asked(text: str) -> list[tuple[int, str]]:
    """Line and text of what could be asked."""
    return [(one.line, one.request.text) for one in _read(text).rows if isinstance(one, Question)]


def _refused(text: str) -> dict[int, str]:
    return {one.line: str(one.error) for one in _read(text).rows if isinstance(one, Refused)}


def test_a_row_has_a_question_a_name_and_filters() -> None:
    table = _read(
        "Name,Question,outlet,Person Not,date-from,to,sort,collapse,names,remarks\n"
        "one,bridge,The Harbour Post; Valley Courier,Brandt,2022,2022-03,Oldest,family,include,x\n"
    )
    (row,) = table.rows
    assert isinstance(row, Question)
    asked = row.request
    assert (row.line, row.name, asked.text) == (2, "one", "bridge")
    assert asked.filters == (
        Filter("person", Mode.NOT, ("Brandt",)),
        Filter("outlet", Mode.ANY, ("The Harbour Post", "Valley Courier")),
    )
    assert (asked.dates.start, asked.dates.end) == (date(2022, 1, 1), date(2022, 3, 31))
    assert asked.dates.undated is Undated.EXCLUDE
    assert (asked.sort, asked.collapse, asked.names) == (Sort.OLDEST, True, True)
    assert table.passed_over == ("remarks",)


def test_a_list_needs_no_names_of_columns_and_is_read_as_it_is_typed() -> None:
    text = '"air raid" OR shelling\n\nbridge, road\r\n"""two words"" one"\n'
    assert _asked(text) == [
        (1, '"air raid" OR shelling'),
        (3, "bridge, road"),
        (4, '"two words" one'),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_are_parted_as_spreadsheets_part_them(separator: str) -> None:
    rows = separator.join(("q", "name")) + "\n" + separator.join(('"""a b"" c"', "x")) + "\n"
    assert _asked(rows) == [(2, '"a b" c')]
    assert _asked(f"sep={separator}\n{rows}") == [(3, '"a b" c')]


def test_a_bad_row_costs_itself_and_says_its_line() -> None:
    text = (
        "question,date_from,sort\n"
        "one,,\n"
        'say "that",,\n'  # quotation marks within a cell that has none around it
        '"never closed,,\n'
        '"a" and so on,,\n'
        "two,yesterday,\n"
        "three,,sideways\n"
        "four,,,,\n"
        ",,\n"
        '"five\nand more",,\n'
        "six,,\n"
    )
    assert _asked(text) == [(2, "one"), (3, 'say "that"'), (10, "five\nand more"), (12, "six")]
    refused = _refused(text)
    assert refused.keys() == {4, 5, 6, 7, 8}
    assert "line 4: a quotation mark is never closed" in refused[4] or "not a row" in refused[4]
    assert "line 6, date_from" in refused[6]
    assert "relevance, newest, oldest" in refused[7]
    assert "5 cells for 3 columns" in refused[8]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no question is there"),
        ("question\n\n", "no question is there"),
        ("name,outlet\na,b\n", "no column is called question"),
        ("question,outlets\na,b\n", "Perhaps 'outlet' was meant"),
        ("question,q\na,b\n", "two columns hold"),
        ("a\nb\nc\n", "more than 2 questions"),
    ],
)
def test_what_is_no_table_of_questions_is_refused_as_a_whole(text: str, says: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        _read(text, most=2)
    assert says in str(caught.value)
    assert caught.value.where == "table.csv"


def test_files_are_utf_8_or_utf_16_and_no_workbooks() -> None:
    for content in ("drône".encode(), "drône".encode("utf-8-sig"), "drône".encode("utf-16")):
        assert text_of(content, where="f", most=99) == "drône"
    for content, says in (
        ("a\ndrône".encode("utf-16-le"), "line 1 is not UTF-8"),  # which does not say so
        ("a\ndrône\n".encode("utf-16") + b"\x00\xd8", "line 3 is not UTF-16"),
        (b"%PDF-1.7 question", "packed file"),
    ):
        with pytest.raises(UnreadableInput, match=says):
            text_of(content, where="f", most=99)
    with pytest.raises(UnreadableInput, match="workbook"):
        text_of(b"PK\x03\x04 and more", where="f", most=99)
    with pytest.raises(InvalidParameter, match="has 4 bytes"):
        text_of(b"long", where="f", most=3)


def test_a_byte_that_is_not_utf_8_costs_its_row() -> None:
    content = 'question,name\nbridge,a\n"dr\xf4ne\nand more",b\nroad,Andr\xe9\ntalks,\n'
    text = text_of(content.encode("cp1252"), where="f", most=999)
    assert _asked(text) == [(2, "bridge"), (6, "talks")]
    refused = _refused(text)
    assert refused.keys() == {3, 5}
    assert "line 3: it holds the byte 0xf4, which is not UTF-8. Save the table" in refused[3]
    table = _read(text)
    for told in (table.text, *(f"{one.name} {one.text}" for one in table.rows[1:3])):  # type: ignore[union-attr] # refused
        told.encode()
    listed = text_of(b"bridge\ndr\xf4ne\n", where="f", most=99)
    assert _asked(listed) == [(1, "bridge")]
    assert _refused(listed).keys() == {2}
    with pytest.raises(UnreadableInput, match="line 1 is not UTF-8"):
        _read(text_of("question,outlet,r\xe9gion\na,b,c\n".encode("cp1252"), where="f", most=99))


def test_every_kind_of_bad_row_says_where_what_and_what_to_do() -> None:
    rows = {
        "a,2022-13,,": "line {}, date_from: '2022-13' names no real day",
        "a,31/12/2022,,": "line {}, date_from: '31/12/2022' is not a date",
        "a,2023,2022,": "line {}, date_from: the range of dates runs backwards",
        "a,,,perhaps": "line {}, sort: 'perhaps' is none of its words",
        "a,,,,x": "line {}: the row has 5 cells for 4 columns",
        '"""never closed",,,': "line {}, q: ",
        "(drone,,,": "line {}, q: This parenthesis is never closed",
        "person:,,,": "line {}, q: ",
        "x" * 2_001 + ",,,": "line {}, q: ",
        " OR ".join(f"w{number}" for number in range(99)) + ",,,": "line {}, q: ",
        '"a,,,': "line {}: a quotation mark is never closed",
    }
    good = "drone,,,"
    text = "\n".join(["question,from,to,sort", *(f"{row}\n{good}" for row in rows)])
    answered = list(ask(_read(text).rows, made_up_index(), hits=0))
    refused = {one.line: one.error for one in answered if isinstance(one, Refused)}
    assert [one.question.line for one in answered if isinstance(one, Answered)] == list(
        range(3, 3 + 2 * len(rows), 2)
    )
    for line, says in zip(range(2, 2 + 2 * len(rows), 2), rows.values(), strict=True):
        assert says.format(line) in str(refused[line]), (line, str(refused[line]))
        assert refused[line].advice, str(refused[line])


@given(st.text(st.sampled_from('ab",;\n\t "|=qx'), max_size=60))
def test_whatever_is_typed_every_line_is_asked_or_refused_once(text: str) -> None:
    try:
        rows = _read(text).rows
    except DispatchesError:
        return
    lines = [one.line for one in rows]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


TABLE = 'name,question\na,talks\nb,(open\n=1,"""drone strikes"""\nd,nothingness\n'


def _cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_file_has_a_row_a_hit_and_ends_with_what_was_asked() -> None:
    index = made_up_index()
    rows = _cells(b"".join(csv_of(ask(_read(TABLE).rows, index, hits=2), "g1")))
    assert list(rows[0]) == list(COLUMNS)
    assert [(one["line"], one["name"], one["articles"], one["rank"]) for one in rows[:-1]] == [
        ("2", "a", "2", "1"),
        ("2", "a", "2", "2"),
        ("3", "b", "", ""),
        ("4", "'=1", "1", "1"),
        ("5", "d", "0", ""),
    ]
    assert rows[0]["title"] == "Ceasefire talks open in Meran"
    assert "talks" in rows[0]["passage"]
    assert rows[2]["error"].startswith("line 3, q: This parenthesis is never closed")
    assert rows[-1]["line"] == "# complete: 4 questions, 1 not answered; generation: g1"


def _sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The cells of a workbook, as its parts say."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        told = ElementTree.fromstring(opened.read("xl/workbook.xml"))
        sheets = {}
        for sheet in told.iter(f"{_XML}sheet"):
            number = sheet.attrib["sheetId"]
            part = ElementTree.fromstring(opened.read(f"xl/worksheets/sheet{number}.xml"))
            sheets[sheet.attrib["name"]] = [
                ["".join(cell.itertext()) for cell in row] for row in part.iter(f"{_XML}row")
            ]
    return sheets


def test_the_workbook_has_a_sheet_of_questions_and_one_of_hits() -> None:
    def made() -> bytes:
        return b"".join(xlsx_of(ask(_read(TABLE).rows, made_up_index(), hits=1), "g1"))

    sheets = _sheets(made())
    assert list(sheets) == ["Questions", "Hits"]
    assert [row[:5] for row in sheets["Questions"][1:3]] == [
        ["2", "a", "talks", "", "2"],
        ["3", "b", "(open", "", ""],
    ]
    assert sheets["Questions"][-1] == ["# complete: 4 questions, 1 not answered; generation: g1"]
    assert [row[1] for row in sheets["Hits"]] == ["name", "a", "=1"]
    assert made() == made()


def test_any_text_is_a_cell_of_a_workbook() -> None:
    long = "x" * 40_000
    odd = ["=1+1", "<b> & \"'", "a\x00\x0b\ud800b", "_x0041_", "  two\nlines ", long]
    ((_, row),) = _sheets(b"".join(workbook([Sheet("Odd", 1, [["head"], odd])]))).values()
    assert row[:3] == ["=1+1", "<b> & \"'", "a\ufffd\ufffd\ufffdb"]
    assert row[3] == "_x005F_x0041_"  # what readers turn back
    assert row[4] == "  two\nlines "
    assert len(row[5]) == 32_767
    assert row[5].endswith("(cut)")


def test_what_there_was_no_time_for_is_refused_with_its_line() -> None:
    found = [*ask(_read(TABLE).rows, made_up_index(), hits=1, seconds=0, advice="Ask again")]
    assert [type(one) for one in found] == [Refused] * 4
    assert "0 seconds" in str(found[-1].error)  # type: ignore[union-attr]  # as just seen
    assert str(found[-1].error).endswith("Ask again.")  # type: ignore[union-attr]
    assert isinstance(next(iter(ask(_read("talks").rows, made_up_index(), hits=0))), Answered)


def test_the_command_writes_one_file_and_lists_bad_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.search.test_commands import run, served  # noqa: PLC0415 - its fixtures are its own

    served(monkeypatch, made_up_index())
    table = tmp_path / "questions.csv"
    table.write_text(TABLE, encoding="utf-8")
    shown = run("batch", str(table))
    assert shown.exit_code == 1
    assert "      2  a talks\n         1. Ceasefire talks open in Meran" in shown.stdout
    assert "line 3, q: This parenthesis is never closed" in shown.stderr
    assert "3 questions asked, 1 could not be" in shown.stderr
    for name in ("found.csv", "found.xlsx"):
        assert run("batch", str(table), "-o", str(tmp_path / name)).exit_code == 1
    assert len(_cells((tmp_path / "found.csv").read_bytes())) == 6
    assert list(_sheets((tmp_path / "found.xlsx").read_bytes())) == ["Questions", "Hits"]
    told: Any = run("batch", "-", "--json", "--hits", "0", given="talks\ndrone\n")
    assert told.exit_code == 0
    assert '"asked": 2' in told.stdout
    assert run("batch", str(table), "-o", str(tmp_path / "found.ods")).exit_code == 2
