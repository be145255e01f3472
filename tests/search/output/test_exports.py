"""What leaves by a file: no formula for a spreadsheet, and a last line that says all is there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from corpus.dates import PartialDate
from indexer.entities.types import EntityKind
from search.output.export_format import ExportFormat, Origin
from search.output.exports import FORMATS, REFERENCES, export, pieces
from search.output.formats.csv import COLUMNS
from search.request import Filter, Mode, SearchRequest, Sort
from search.serving.paging import every_hit
from tests.contract.made_up import ENTITIES, document, made_up_documents, made_up_index

INDEX = made_up_index()


def written(
    form: ExportFormat, request: SearchRequest | None = None, *, asked: str = ""
) -> list[str]:
    return list(export(form, request or SearchRequest(), INDEX, asked=asked))


def cells_of(title: str) -> list[str]:
    index = made_up_index([document(title, "A text.")])
    _, row, _ = csv.reader(io.StringIO("".join(export(FORMATS["csv"], SearchRequest(), index))))
    return row


@pytest.mark.parametrize(
    "title",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", "=", "\t", "--"),
        *("＝1+1", "＋1", "－1", "＠SUM(A1)"),
    ],
)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(title: str) -> None:
    assert cells_of(title)[1] == f"'{title}"


@pytest.mark.parametrize(
    "title", ["1+1=2", "a=b", " =1", "'=1", "«=1»", "", "(1)", "a\t=1", "*1", "/1"]
)
def test_any_other_cell_stays_as_it_is(title: str) -> None:
    assert cells_of(title)[1] == title


def test_no_cell_of_a_row_is_a_formula() -> None:
    odd = replace(
        document("t", "A text."),
        outlet="@outlet", url="+url", language="=l", flags=("-flag",), family_id="=family",
    )  # fmt: skip
    index = made_up_index([odd])
    _, row, _ = csv.reader(io.StringIO("".join(export(FORMATS["csv"], SearchRequest(), index))))
    named = dict(zip(COLUMNS, row, strict=True))
    assert {name: named[name] for name in ("outlet", "url", "language", "flags", "family")} == {
        "outlet": "'@outlet", "url": "'+url", "language": "'=l", "flags": "'-flag",
        "family": "'=family",
    }  # fmt: skip


def test_a_row_says_all_that_its_columns_promise() -> None:
    known = {entity.entity_id: entity for entity in ENTITIES}
    one = replace(
        document(
            "Aid",
            "Amara Oduya and Karl Brandt at Meran",
            outlet="Courier",
            published="2022-03",
            entities=[known["per-oduya"], known["per-brandt-k"], known["pla-meran"]],
            family="f",
        ),
        flags=("future_date", "repeated_text"),
        agencies=("Reuters", "AFP"),
    )
    index = made_up_index([one])
    request = SearchRequest(text="aid")
    header, row, _ = csv.reader(io.StringIO("".join(export(FORMATS["csv"], request, index))))
    (hit,) = every_hit(request, index)
    assert header == [
        "id", "title", "outlet", "published", "published_precision", "published_basis",
        "collected", "flags", "language", "persons", "orgs", "places", "family", "score", "url",
        "original_sha256", "agency", "medium",
    ]  # fmt: skip
    assert row == [
        one.article_id, "Aid", "Courier", "2022-03", "month", "made-up", "2024-06-01T12:00Z",
        "future_date; repeated_text", "en", "Amara Oduya; Karl Brandt", "", "Meran", "f",
        f"{hit.score:.4f}", f"https://news.example/{one.article_id}", "0" * 64, "Reuters; AFP",
        "page",
    ]  # fmt: skip
    bare = replace(one, published=None, url=None)
    row = list(
        csv.reader(io.StringIO("".join(export(FORMATS["csv"], request, made_up_index([bare])))))
    )[1]
    assert row[3:6] == ["", "", ""]
    assert row[14] == ""


def test_a_line_of_json_has_the_text_and_no_highlights() -> None:
    one = replace(document("Aid", "A text."), bylines=("A. B.",))
    line, last = map(json.loads, export(FORMATS["jsonl"], SearchRequest(), made_up_index([one])))
    lines = list(export(FORMATS["jsonl"], SearchRequest(), made_up_index([one])))
    assert all(piece.endswith("}\n") for piece in lines)
    assert line["text"] == "A text."
    assert line["bylines"] == ["A. B."]
    assert line["collected"] == "2024-06-01T12:00Z"
    assert line["original_sha256"] == "0" * 64
    assert line["id"] == one.article_id
    assert "highlights" not in line
    assert last == {
        "complete": True,
        "articles": 1,
        "query": "*",
        "generation": INDEX.generation.name,
    }


def test_text_of_any_script_stays_readable() -> None:
    line = next(export(FORMATS["jsonl"], SearchRequest(text="Меране"), INDEX))
    assert "Переговоры в Меране" in line


@pytest.mark.parametrize(
    ("total", "known", "state"),
    [
        (2, True, "complete: 2 of 2"),
        (3, True, "INCOMPLETE: 2 of 3"),
        (2, False, "INCOMPLETE: 2 of 2"),
        (1, True, "INCOMPLETE: 2 of 1"),
    ],
)
def test_the_last_line_says_whether_all_is_there(total: int, known: bool, state: str) -> None:
    hits = list(every_hit(SearchRequest(), INDEX))[:2]
    *_, last = pieces(FORMATS["csv"], hits, Origin("/search?q=a\n b", "g", total, known))
    assert last.startswith(f"# {state} articles; query: /search?q=a b; generation: g")


def test_each_form_ends_with_its_own_closing() -> None:
    total = len(made_up_documents())
    closing = f"# complete: {total} of {total} articles; query: a (at) b; generation: "
    name = INDEX.generation.name
    assert written(FORMATS["bib"], asked="a @ b")[-1] == f"% {closing}{name}\n"
    assert written(FORMATS["ris"], asked="a @ b")[-1] == (
        f"{closing}{name}\r\n".replace("(at)", "@")
    )
    assert written(FORMATS["csv"], asked="a @ b")[-1] == (
        f"{closing}{name}\r\n".replace("(at)", "@")
    )
    assert json.loads(written(FORMATS["jsonl"], asked="a @ b")[-1])["query"] == "a @ b"
    assert len(written(FORMATS["bib"])) == len(written(FORMATS["ris"])) == total + 1
    assert all(entry.endswith("}\n\n") for entry in written(FORMATS["bib"])[:-1])


def test_an_unnamed_question_is_told_in_full_and_none_is_everything() -> None:
    request = SearchRequest(text="drone", filters=(Filter("person", Mode.ANY, ("per-oduya",)),))
    assert "query: drone" in written(FORMATS["csv"], request)[-1]
    assert "per-oduya" in written(FORMATS["csv"], request)[-1]
    assert "query: *;" in written(FORMATS["csv"])[-1]
    assert "query: everything;" in [*pieces(FORMATS["csv"], [], Origin("", "g", 0))][-1]


def test_an_export_answers_what_was_asked() -> None:
    filters = (Filter("person", Mode.ANY, ("per-oduya",)),)
    oldest = SearchRequest(filters=filters, sort=Sort.OLDEST, limit=1)
    rows = list(csv.reader(io.StringIO("".join(written(FORMATS["csv"], oldest)))))[1:-1]
    assert [row[3] for row in rows] == ["2022-02-24", "2022-02-25", "2022-02-26"]
    collapsed = replace(oldest, collapse=True)
    rows = list(csv.reader(io.StringIO("".join(written(FORMATS["csv"], collapsed)))))[1:]
    assert len(rows) == 3
    assert rows[-1][0].startswith("# complete: 2 of 2")
    assert all(
        any(found.kind is EntityKind.PERSON for found in one.entities)
        for one in made_up_documents()
        if one.published == PartialDate("2022-02-24", "made-up")
    )


def test_forms_stand_in_their_order_and_three_are_for_reference_managers() -> None:
    assert list(FORMATS) == [
        "csv",
        "jsonl",
        "bib",
        "ris",
        "csl",
        "geojson",
        "ftm",
        "quotes",
        "datashare",
    ]
    assert list(REFERENCES) == ["bib", "ris", "csl"]


def test_forms_and_their_media_types() -> None:
    assert {name: form.media_type.partition(";")[0] for name, form in FORMATS.items()} == {
        "csv": "text/csv",
        "jsonl": "application/jsonl",
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl": "application/vnd.citationstyles.csl+json",
        "geojson": "application/geo+json",
        "ftm": "application/x-ftm+jsonl",
        "quotes": "text/csv",
        "datashare": "text/csv",
    }
