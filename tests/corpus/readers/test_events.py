"""Tables of events: told by their columns; their days are spoken of, and nobody published on them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from corpus.cleaner import clean
from corpus.collecting.listings import addresses_in
from corpus.readers import read
from corpus.readers.source import Asked
from indexer.articles.mentioned_dates import mentioned_dates
from tests.corpus.readers.test_readers import documents, errors, read_bytes

ACLED = {
    "event_id_cnty": "UKR7", "event_date": "2023-03-03", "year": "2023", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Harbor Guard", "assoc_actor_1": "",
    "actor2": "River Militia", "admin1": "Odesa", "location": "Izmail", "country": "Ukraine",
    "latitude": "45.3", "longitude": "28.8", "source": "Herald; Port Radio",
    "notes": "The guard and the militia clashed at the ferry.", "fatalities": "3",
    "timestamp": "1690000000",
}  # fmt: skip
UCDP = {
    "id": "99", "relid": "X", "type_of_violence": "1", "conflict_name": "C", "dyad_name": "A - B",
    "side_a": "Government of X", "side_b": "River Militia", "source_article": "Herald,2023-03-05,Ferry hit",
    "source_office": "Herald", "source_date": "2023-03-05", "source_headline": "Ferry hit",
    "where_coordinates": "Izmail town", "adm_1": "Odesa", "country": "Ukraine",
    "date_start": "2023-03-03 00:00:00.000", "date_end": "2023-03-04 00:00:00.000", "best": "2",
}  # fmt: skip


def table(*rows: dict[str, str], separator: str = ",") -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, rows[0].keys(), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def gdelt(columns: int) -> bytes:
    cells = ["7"] * columns
    geo = 8 if columns == 61 else 7
    cells[1], cells[6], cells[16] = "20230303", "UKRAINE", "MILITIA"
    cells[35 + 2 * geo + 1] = "Izmail, Odesa, Ukraine"
    cells[-1] = "https://h.example/ferry"
    return "\t".join(cells).encode()


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_row_of_acled_says_what_happened_where_and_who(tmp_path: Path, separator: str) -> None:
    for name in ("acled.csv", "acled"):
        (found,) = documents(read_bytes(tmp_path, name, table(ACLED, separator=separator)))

        article = clean(found)
        assert article.text == (
            "The guard and the militia clashed at the ferry.\n"
            "3 March 2023. Izmail, Odesa, Ukraine. Harbor Guard; River Militia"
        )
        assert article.published is None
        assert article.outlet == "ACLED"
        assert found.url is None
        told = {
            "event_date": "3 March 2023", "event_place": "Izmail, Odesa, Ukraine", "id": "UKR7",
            "event_actors": "Harbor Guard; River Militia", "event_sources": "Herald; Port Radio",
            "event_fatalities": "3", "event_sub_event_type": "Armed clash",
        }  # fmt: skip
        assert told.items() <= found.declared.items()
        assert json.loads(found.content)["original"]["timestamp"] == "1690000000"


def test_the_day_of_an_event_is_one_that_its_text_speaks_of(tmp_path: Path) -> None:
    (found,) = documents(read_bytes(tmp_path, "a.csv", table(ACLED)))

    assert "2023-03-03" in {one.iso for one in mentioned_dates(clean(found).reading)}


def test_a_row_of_ucdp_has_the_days_from_which_to_which(tmp_path: Path) -> None:
    (found,) = documents(read_bytes(tmp_path, "ged.csv", table(UCDP)))

    article = clean(found)
    assert article.title == "Ferry hit"
    assert article.text.startswith("3 March 2023 – 4 March 2023. Izmail town")
    assert found.declared["event_sources"] == "Herald,2023-03-05,Ferry hit; Herald"
    assert article.published is None


@pytest.mark.parametrize("columns", [58, 61])
def test_events_of_gdelt_are_read_without_names_of_columns(columns: int, tmp_path: Path) -> None:
    content = gdelt(columns) + b"\n" + gdelt(columns).replace(b"20230303", b"20230304") + b"\n"

    first, second = documents(read_bytes(tmp_path, "20230303.export.CSV", content))

    assert clean(first).text == "3 March 2023. Izmail, Odesa, Ukraine. UKRAINE; MILITIA"
    assert clean(first).published is None
    assert first.declared["event_sources"] == "https://h.example/ferry"
    assert first.url is second.url is None
    assert next(addresses_in(content)).url == "https://h.example/ferry"


def test_events_in_json_are_told_too(tmp_path: Path) -> None:
    answer = json.dumps({"status": 200, "data": [{**ACLED, "fatalities": 3}, ACLED]}).encode()
    line = json.dumps(ACLED).encode()

    for name, content, count in (("a.json", answer, 2), ("a.jsonl", line, 1)):
        found = documents(read_bytes(tmp_path, name, content))
        assert len(found) == count
        assert found[0].declared["event_fatalities"] == "3"


def test_a_damaged_row_costs_itself_and_a_day_that_is_none_stays_as_it_is(tmp_path: Path) -> None:
    odd = {**ACLED, "event_date": "2023-02-31"}
    rows = table(ACLED, odd) + b"too,many" * 20 + b"\n" + table(ACLED).partition(b"\n")[2]

    items = read_bytes(tmp_path, "a.csv", rows)

    assert len(errors(items)) == 1
    assert [one.declared["event_date"] for one in documents(items)] == [
        "3 March 2023", "2023-02-31", "3 March 2023",
    ]  # fmt: skip


def test_what_a_person_maps_is_no_table_of_events(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table(ACLED))

    (found,) = documents(
        list(read(path, asked=Asked(columns={"text": "notes", "date": "event_date"})))
    )

    assert json.loads(found.content)["text"] == ACLED["notes"]
    assert found.declared["date"] == "2023-03-03"


def test_a_table_that_only_names_pages_says_how_they_are_had(tmp_path: Path) -> None:
    content = (
        b"stories_id,publish_date,title,url,language,media_name\n"
        b"1,2023-03-03,Ferry,https://h.example/1,en,Herald\n"
        b"2,2023-03-04,Barge,https://h.example/2,en,Herald\n"
    )
    (error,) = errors(read_bytes(tmp_path, "stories.csv", content))

    assert "dispatches collect" in error.advice
    assert [named.url for named in addresses_in(content)] == [
        "https://h.example/1", "https://h.example/2",
    ]  # fmt: skip


def test_stories_of_media_cloud_with_a_text_are_articles(tmp_path: Path) -> None:
    row = {
        "stories_id": "1", "publish_date": "2023-03-03", "title": "Ferry", "media_name": "Herald",
        "url": "https://h.example/1", "language": "en", "story_text": "The ferry stayed in port.",
    }  # fmt: skip
    (found,) = documents(read_bytes(tmp_path, "stories.csv", table(row)))

    article = clean(found)
    assert (article.title, article.outlet, article.url) == (
        "Ferry",
        "Herald",
        "https://h.example/1",
    )
    assert article.published is not None
    assert article.published.iso == "2023-03-03"


def test_a_torn_row_of_events_is_no_event(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", table(ACLED) + b"torn,apart,here\n")
    assert len(documents(items)) == 1
    (error,) = errors(items)
    assert ("no day" in error.what, error.where[-2:]) == (True, "!3")

    line = json.dumps({**ACLED, "event_date": ""}).encode()
    (error,) = errors(read_bytes(tmp_path, "a.jsonl", line))
    assert "no day" in error.what
