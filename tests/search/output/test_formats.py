"""One article in each form of an export, whole: nothing is lost, nothing ends a record early."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from corpus.dates import PartialDate
from search.output.export_format import Origin
from search.output.exports import FORMATS, REFERENCES, export, pieces
from search.request import SearchRequest
from tests.contract.made_up import document, made_up_index

FULL = replace(
    document("Quays & cranes", "A text.", outlet="Harbor_Post", published="2022-03-01T07:30Z"),
    article_id="a1",
    url="https://news.example/a?b={c}",
    bylines=("Ann Ode", "Ben #1 Roe"),
    flags=("very_short", "no_title"),
)
BARE = replace(
    FULL,
    title="", url=None, outlet="", language="und", published=None, bylines=(), flags=(),
)  # fmt: skip


def dated(iso: str) -> PartialDate:
    return PartialDate(iso, "test")


def test_what_the_forms_are_called_and_in_which_order() -> None:
    assert [(one.name, one.label, one.summary, one.media_type) for one in FORMATS.values()] == [
        ("csv", "CSV", "CSV with a header", "text/csv; charset=utf-8; header=present"),
        ("jsonl", "JSON Lines", "JSON Lines, texts included", "application/jsonl"),
        ("bib", "BibTeX", "BibTeX", "application/x-bibtex; charset=utf-8"),
        ("ris", "RIS", "RIS", "application/x-research-info-systems; charset=utf-8"),
        ("csl", "CSL-JSON", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
        ("geojson", "GeoJSON", "GeoJSON, a point an article and place", "application/geo+json"),
        (
            "ftm",
            "FollowTheMoney",
            "entities of FollowTheMoney, for OpenAleph",
            "application/x-ftm+jsonl",
        ),
        (
            "quotes",
            "Quotes",
            "CSV with a row for each quote",
            "text/csv; charset=utf-8; header=present",
        ),
        (
            "datashare",
            "Datashare",
            "CSV with the columns of Datashare",
            "text/csv; charset=utf-8; header=present",
        ),
    ]
    assert [one.place for one in FORMATS.values()] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert list(REFERENCES) == ["bib", "ris", "csl"]


def test_an_article_in_bibtex() -> None:
    assert REFERENCES["bib"](FULL) == (
        "@article{a1,\n"
        "  title = {{Quays \\& cranes}},\n"
        "  author = {Ode, Ann and {Ben \\#1 Roe}},\n"
        "  journal = {Harbor\\_Post},\n"
        "  year = {2022},\n"
        "  month = {3},\n"
        "  day = {1},\n"
        "  url = {https://news.example/a?b=%7Bc%7D},\n"
        "  urldate = {2024-06-01},\n"
        "  langid = {en},\n"
        f"  note = {{SHA-256 of the copy: {'0' * 64}; "
        "read with care: very short; no title on the page}\n"
        "}\n"
    )
    assert REFERENCES["bib"](BARE) == (
        "@article{a1,\n"
        "  urldate = {2024-06-01},\n"
        f"  note = {{SHA-256 of the copy: {'0' * 64}}}\n"
        "}\n"
    )


def test_an_article_in_ris() -> None:
    assert REFERENCES["ris"](FULL) == (
        "TY  - NEWS\r\n"
        "ID  - a1\r\n"
        "TI  - Quays & cranes\r\n"
        "AU  - Ode, Ann\r\n"
        "AU  - Ben #1 Roe\r\n"
        "T2  - Harbor_Post\r\n"
        "PY  - 2022\r\n"
        "DA  - 2022/03/01\r\n"
        "UR  - https://news.example/a?b={c}\r\n"
        "Y2  - 2024/06/01\r\n"
        "LA  - en\r\n"
        f"N1  - SHA-256 of the copy: {'0' * 64}\r\n"
        "N1  - read with care: very short; no title on the page\r\n"
        "ER  - \r\n"
    )
    assert REFERENCES["ris"](BARE) == (
        "TY  - NEWS\r\n"
        "ID  - a1\r\n"
        "Y2  - 2024/06/01\r\n"
        f"N1  - SHA-256 of the copy: {'0' * 64}\r\n"
        "ER  - \r\n"
    )


@pytest.mark.parametrize(
    ("iso", "bib", "ris"),
    [
        ("2022", ["year = {2022}"], "2022"),
        ("2022-11", ["year = {2022}", "month = {11}"], "2022/11"),
        ("2022-11-09", ["year = {2022}", "month = {11}", "day = {9}"], "2022/11/09"),
        ("2022-11-09T23:10Z", ["year = {2022}", "month = {11}", "day = {9}"], "2022/11/09"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(iso: str, bib: list[str], ris: str) -> None:
    article = replace(BARE, published=dated(iso))
    told = [line.strip(" ,") for line in REFERENCES["bib"](article).splitlines()]
    assert [line for line in told if line.startswith(("year", "month", "day"))] == bib
    assert f"PY  - 2022\r\nDA  - {ris}\r\n" in REFERENCES["ris"](article)


@pytest.mark.parametrize(
    ("char", "written"),
    [
        ("\\", r"\textbackslash{}"),
        ("{", r"\textbraceleft{}"),
        ("}", r"\textbraceright{}"),
        ("%", r"\%"),
        ("&", r"\&"),
        ("#", r"\#"),
        ("$", r"\$"),
        ("_", r"\_"),
        ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"),
        ("é", "é"),
    ],
)
def test_what_bibtex_reads_as_its_own_is_escaped(char: str, written: str) -> None:
    article = replace(BARE, title=f"a{char}b", outlet=f"c{char}d", bylines=(f"e{char}f",))
    entry = REFERENCES["bib"](article)
    assert f"title = {{{{a{written}b}}}},\n" in entry
    assert f"author = {{e{written}f}},\n" in entry
    assert f"journal = {{c{written}d}},\n" in entry


@pytest.mark.parametrize(
    ("char", "written"),
    [("{", "%7B"), ("}", "%7D"), ("\\", "%5C"), ("\n", "%0A"), ("\r", "%0D"), ("_", "_")],
)
def test_an_address_in_bibtex_stays_one(char: str, written: str) -> None:
    entry = REFERENCES["bib"](replace(BARE, url=f"https://x.example/a{char}b"))
    assert f"url = {{https://x.example/a{written}b}},\n" in entry


def test_a_line_break_ends_no_field_of_a_record() -> None:
    article = replace(FULL, title="a\r\nER  - \nb", outlet="c\u2028d", bylines=("e\n f",))
    record = REFERENCES["ris"](article)
    assert "TI  - a ER - b\r\nAU  - e f\r\nT2  - c d\r\n" in record
    assert record.count("ER  - ") == 1


def test_an_export_is_one_reference_after_the_other() -> None:
    index = made_up_index([FULL])
    for name in ("bib", "ris"):
        entry, last = export(FORMATS[name], SearchRequest(), index)
        between = "\n" if name == "bib" else ""
        assert entry == REFERENCES[name](FULL) + between
        assert "complete: 1 of 1" in last


def test_a_table_for_datashare_has_its_columns_and_numbers_from_0() -> None:
    index = made_up_index()
    written = "".join(export(FORMATS["datashare"], SearchRequest(text="talks"), index))
    first, second, last = csv.DictReader(io.StringIO(written))
    assert list(first) == [
        *("query", "documentUrl", "documentId", "rootId", "contentType", "contentLength"),
        *("documentPath", "documentDirname", "creationDate", "documentNumber"),
    ]
    assert (first["query"], first["documentNumber"], second["documentNumber"]) == (
        "talks",
        "0",
        "1",
    )
    assert first["documentId"] == first["rootId"]
    assert first["documentPath"] == f"{first['documentDirname']}/{first['documentId']}"
    assert int(first["contentLength"]) > 100
    assert last["query"].startswith("# complete: 2 of 2 articles")
    assert last["documentNumber"] == ""


def test_a_file_is_its_articles_between_head_and_last_line() -> None:
    origin = Origin("drone @ dawn", "g1", 0)
    closing = "# complete: 0 of 0 articles; query: drone @ dawn; generation: g1"
    told = {name: list(pieces(form, [], origin)) for name, form in FORMATS.items()}
    assert told["csv"][0].startswith("id,title,outlet,published,")
    assert told["csv"][1:] == [f"{closing}\r\n"]
    assert told["bib"] == [f"% {closing.replace('@', '(at)')}\n"]
    assert told["ris"] == [f"{closing}\r\n"]
    assert [json.loads(line) for line in told["jsonl"]] == [
        {"complete": True, "articles": 0, "query": "drone @ dawn", "generation": "g1"}
    ]


@pytest.mark.parametrize("total", [0, 1])
def test_a_last_line_of_json_says_when_articles_lack(total: int) -> None:
    (last,) = pieces(FORMATS["jsonl"], [], Origin("a", "g1", total))
    assert json.loads(last)["complete"] is (total == 0)


def test_a_whole_result_in_csl_is_one_list_that_ends_with_what_it_is() -> None:
    other = replace(BARE, article_id="b2")
    index = made_up_index([FULL, other])
    written = json.loads("".join(export(FORMATS["csl"], SearchRequest(), index)))
    *items, last = written
    assert {item["id"] for item in items} == {FULL.article_id, other.article_id}
    (full,) = (item for item in items if item["id"] == FULL.article_id)
    assert full["author"] == [{"family": "Ode", "given": "Ann"}, {"literal": "Ben #1 Roe"}]
    assert full["issued"] == {"date-parts": [[2022, 3, 1]]}
    assert full["language"] == "en"
    assert "complete: 2 of 2" in last["title"]
    (bare,) = (item for item in items if item["id"] == other.article_id)
    assert "author" not in bare
    assert json.loads(REFERENCES["csl"](FULL)) == [full]
