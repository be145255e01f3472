"""Taking a pile in: nothing lost, nothing twice, whatever the pile and however often."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import cleaner
from corpus.article import Article, RawDocument
from corpus.errors import CollectError, NoArticleFound, UnreadableInput
from corpus.intake.cleaning import cleaned
from corpus.intake.ingest import ingest
from corpus.intake.recleaning import reclean
from corpus.intake.report import IngestReport
from corpus.store import Catalogue
from tests.corpus.documents import an_article, raw_document
from tests.corpus.readers.crawls import crawl

PROSE = "The convoy crossed the river at night and reached the town before the bridge was closed. "


def page(title: str, *, url: str = "", text: str = PROSE) -> str:
    link = f'<link rel="canonical" href="{url}">' if url else ""
    body = "".join(f"<p>{title}. {text * 3}</p>" for _ in range(3))
    return (
        f"<!doctype html><html><head><title>{title}</title>{link}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    for number in range(3):
        (folder / f"page{number}.html").write_text(page(f"Report number {number}"))
    lines = [json.dumps({"title": f"Dispatch {n}", "text": PROSE * (n + 2)}) for n in range(3)]
    (folder / "dump.jsonl").write_text("\n".join([*lines, "{not json", "", "[1]"]))
    (folder / "empty.html").write_text("<html><body></body></html>")
    return folder


def take_in(path: Path, home: Path, **options: object) -> IngestReport:
    with Catalogue.open(home / "catalogue.sqlite") as catalogue:
        return ingest([path], catalogue, processes=1, **options)  # type: ignore[arg-type] # few, varied


def test_every_document_is_counted_once(pile: Path, tmp_path: Path) -> None:
    report = take_in(pile, tmp_path)

    assert report.documents == 9
    assert (report.articles, report.failures) == (6, 3)
    with Catalogue.open(tmp_path / "catalogue.sqlite", readonly=True) as catalogue:
        assert catalogue.counts().articles == 6
        stages = {Path(f.locator).name: f.stage for f in catalogue.failures()}
    assert stages == {"dump.jsonl!4": "read", "dump.jsonl!6": "read", "empty.html": "clean"}


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="3 documents in, but 2 out"):
        IngestReport(documents=3, articles=1, new_versions=0, duplicates=1, flagged=0, failures=0)


def test_a_second_run_cleans_nothing(pile: Path, tmp_path: Path) -> None:
    take_in(pile, tmp_path)

    def refuse(raw: RawDocument) -> Article:
        raise AssertionError(f"{raw.locator} was cleaned twice")

    again = take_in(pile, tmp_path, clean=refuse)

    assert (again.documents, again.duplicates, again.failures) == (9, 6, 3)


def test_a_file_that_grew_costs_only_what_is_new(pile: Path, tmp_path: Path) -> None:
    take_in(pile, tmp_path)
    with (pile / "dump.jsonl").open("a") as dump:
        dump.write("\n" + json.dumps({"title": "Late", "text": PROSE * 9}))
    seen: list[str] = []

    def watched(raw: RawDocument) -> Article:
        seen.append(Path(raw.locator).name)
        return cleaner.clean(raw)

    report = take_in(pile, tmp_path, clean=watched)

    assert seen == ["dump.jsonl!7"]
    assert (report.articles, report.duplicates, report.failures) == (1, 6, 3)


def test_a_repaired_file_is_no_failure_any_more(pile: Path, tmp_path: Path) -> None:
    take_in(pile, tmp_path)
    (pile / "empty.html").write_text(page("Filled in"))
    dump = (pile / "dump.jsonl").read_text().replace("{not json\n", "")
    (pile / "dump.jsonl").write_text(dump)

    report = take_in(pile, tmp_path)

    assert (report.articles, report.failures) == (1, 1)
    with Catalogue.open(tmp_path / "catalogue.sqlite", readonly=True) as catalogue:
        assert [Path(f.locator).name for f in catalogue.failures()] == ["dump.jsonl!5"]


def test_failures_can_be_tried_again(pile: Path, tmp_path: Path) -> None:
    def faulty(raw: RawDocument) -> Article:
        if "page1" in raw.locator:
            raise RecursionError
        return cleaner.clean(raw)

    first = take_in(pile, tmp_path, clean=faulty)
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        second = ingest([], catalogue, processes=1, retry_failures=True)
        left = sorted(Path(failure.locator).name for failure in catalogue.failures())

    assert (first.articles, first.failures) == (5, 4)
    assert second.articles == 1
    assert left == ["dump.jsonl!4", "dump.jsonl!6", "empty.html"]


def test_a_file_that_is_gone_is_no_failure_any_more(pile: Path, tmp_path: Path) -> None:
    (pile / "nothing.txt").touch()
    (pile / "dangling").symlink_to("nowhere")
    take_in(pile, tmp_path)
    for gone in ("dump.jsonl", "nothing.txt", "dangling"):
        (pile / gone).unlink()

    report = take_in(pile, tmp_path)

    assert (report.duplicates, report.failures) == (3, 1)
    assert failed_names(tmp_path) == ["empty.html"]


def test_trying_again_forgets_what_is_gone_and_reads_it_when_it_comes_back(
    pile: Path, tmp_path: Path
) -> None:
    take_in(pile, tmp_path)
    (pile / "dump.jsonl").rename(tmp_path / "elsewhere")

    retry(tmp_path)
    forgotten = failed_names(tmp_path)
    (tmp_path / "elsewhere").rename(pile / "dump.jsonl")
    report = take_in(pile, tmp_path)

    assert forgotten == ["empty.html"]
    assert report.failures == 3
    assert failed_names(tmp_path) == ["dump.jsonl!4", "dump.jsonl!6", "empty.html"]


def test_trying_again_never_follows_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "secret.txt").write_text(PROSE)
    (tmp_path / "pile" / "link.txt").symlink_to(tmp_path / "secret.txt")
    take_in(tmp_path / "pile", tmp_path)

    report = retry(tmp_path)

    assert (report.articles, report.failures) == (0, 1)
    assert failed_names(tmp_path) == ["link.txt"]


def test_trying_again_finds_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.touch()
    take_in(path, tmp_path)
    path.write_text(PROSE)

    report = retry(tmp_path)

    assert (report.articles, report.failures) == (1, 0)
    assert failed_names(tmp_path) == []


def test_a_folder_that_can_be_listed_again_is_no_failure_any_more(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        where = str(tmp_path / "pile")
        catalogue.fail(where, UnreadableInput("Permission denied", where=where), stage="read")
    (tmp_path / "pile" / "page.html").write_text(page("Opened"))

    report = retry(tmp_path)

    assert (report.articles, report.failures) == (1, 0)
    assert failed_names(tmp_path) == []


def test_addresses_that_could_not_be_fetched_are_left_to_collecting(tmp_path: Path) -> None:
    address = "https://herald.example/gone"
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.fail(address, CollectError("not found", where=address), stage="collect")

    report = retry(tmp_path)

    assert report.documents == 0
    assert failed_names(tmp_path) == ["gone"]


def test_a_failure_is_listed_though_the_clock_went_back(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()

    class Backwards(datetime):
        """Each moment is a minute before the last one."""

        asked = 0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Backwards:
            cls.asked += 1
            return cls.fromtimestamp(now - 60 * cls.asked, tz)

    monkeypatch.setattr("corpus.store.failures.datetime", Backwards)
    take_in(pile, tmp_path)
    listed = failed_names(tmp_path)
    (pile / "empty.html").write_text(page("Filled in"))
    take_in(pile, tmp_path)

    assert listed == ["dump.jsonl!4", "dump.jsonl!6", "empty.html"]
    assert failed_names(tmp_path) == ["dump.jsonl!4", "dump.jsonl!6"]


def test_a_page_found_unchanged_is_taken_from_an_earlier_crawl(tmp_path: Path) -> None:
    url = "https://herald.example/bridge"
    pile = tmp_path / "pile"
    pile.mkdir()
    again = {"url": url, "title": "Bridge", "kind": "revisit", "date": "2025-01-01T00:00:00Z"}
    other = {"url": "https://herald.example/never", "title": "Never", "kind": "revisit"}
    (pile / "a.warc.gz").write_bytes(crawl((url, "Bridge")))
    (pile / "b.warc.gz").write_bytes(crawl(again, other))

    late = take_in(pile / "b.warc.gz", tmp_path)
    whole = take_in(pile, tmp_path)
    retried = retry(tmp_path)

    assert (late.documents, late.failures) == (2, 2)
    assert (whole.articles, whole.failures) == (1, 2)
    assert (retried.duplicates, retried.failures) == (1, 1)
    assert failed_names(tmp_path) == ["never"]
    with Catalogue.open(tmp_path / "catalogue.sqlite", readonly=True) as catalogue:
        (stored,) = catalogue.articles()
        seen = catalogue.sightings(stored.article.article_id)
    assert [sighting.collected.year for sighting in seen] == [2024, 2025]
    assert len({sighting.original_sha256 for sighting in seen}) == 1


def test_a_later_visit_waits_for_the_first_one_in_the_same_run(tmp_path: Path) -> None:
    url = "https://herald.example/bridge"
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.warc.gz").write_bytes(crawl((url, "Bridge")))
    again = {"url": url, "title": "Bridge", "kind": "revisit", "date": "2025-01-01T00:00:00Z"}
    (pile / "b.warc.gz").write_bytes(crawl(again))

    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        report = ingest([pile], catalogue, processes=2)

    assert (report.articles, report.duplicates, report.failures) == (1, 1, 0)


def retry(home: Path) -> IngestReport:
    with Catalogue.open(home / "catalogue.sqlite") as catalogue:
        return ingest([], catalogue, processes=1, retry_failures=True)


def failed_names(home: Path) -> list[str]:
    with Catalogue.open(home / "catalogue.sqlite", readonly=True) as catalogue:
        return [Path(failure.locator).name for failure in catalogue.failures()]


def end_process_on_page1(raw: RawDocument) -> Article:
    if "page1" in raw.locator:
        os._exit(1)
    return cleaner.clean(raw)


def test_a_document_that_ends_its_process_costs_itself_alone(pile: Path, tmp_path: Path) -> None:
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        report = ingest([pile], catalogue, processes=2, clean=end_process_on_page1)
        reasons = [f.reason for f in catalogue.failures() if "page1" in f.locator]

    assert (report.documents, report.articles, report.failures) == (9, 5, 4)
    assert "ended the process" in reasons[0]


def never_end_on_page1(raw: RawDocument) -> Article:
    if "one" in raw.locator:
        re.fullmatch(r"(a+)+b", "a" * 99)
    return an_article(text=raw.locator)


def test_a_document_that_takes_forever_costs_itself_alone() -> None:
    documents = [raw_document(locator=name) for name in ("two", "one", "three")]

    results = [
        result for _, result in cleaned(documents, never_end_on_page1, processes=2, patience=0.5)
    ]

    assert [type(result).__name__ for result in results] == [
        "Article",
        "UnreadableInput",
        "Article",
    ]
    assert "more than 0.5 s" in str(results[1])


def test_variants_of_one_address_are_one_article(tmp_path: Path) -> None:
    url = "https://herald.example/2026/02/bridge"
    pile = tmp_path / "pile"
    pile.mkdir()
    for name in ("", "?utm_source=feed", "/amp"):
        (pile / f"{len(name)}.html").write_text(page("Bridge", url=url + name) + name)

    report = take_in(pile, tmp_path)

    assert (report.articles, report.duplicates) == (1, 2)
    with Catalogue.open(tmp_path / "catalogue.sqlite", readonly=True) as catalogue:
        (stored,) = catalogue.articles()
        assert len(catalogue.sightings(stored.article.article_id)) == 3


def record_line(text: str | None, url: str | None) -> str:
    return json.dumps({"title": "A title", "text": text, "url": url})


@settings(max_examples=25)
@given(
    lines=st.lists(
        st.one_of(
            st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=20),
            st.builds(
                record_line,
                st.one_of(st.none(), st.just(PROSE), st.text(max_size=40)),
                st.one_of(st.none(), st.sampled_from(["https://a.example/1", "http://[", ""])),
            ),
        ),
        max_size=8,
    )
)
def test_no_dump_makes_the_counts_disagree(
    lines: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`IngestReport` refuses counts that do not add up; here they meet every kind of line."""
    home = tmp_path_factory.mktemp("home")
    dump = home / "dump.jsonl"
    dump.write_text("{}\n" + "\n".join(lines), encoding="utf-8", errors="surrogatepass")

    first, second = take_in(dump, home), take_in(dump, home)

    assert first.documents == second.documents >= 1
    assert second.articles == second.new_versions == second.flagged == 0
    with Catalogue.open(home / "catalogue.sqlite", readonly=True) as catalogue:
        assert catalogue.counts().articles == first.articles + first.flagged
        assert catalogue.counts().failures == first.failures


def test_a_better_cleaner_reads_the_originals_again(pile: Path, tmp_path: Path) -> None:
    take_in(pile, tmp_path)

    def better(raw: RawDocument) -> Article:
        if "page2" in raw.locator:
            raise NoArticleFound("no longer an article", where=raw.locator)
        article = cleaner.clean(raw)
        return replace(article, title=article.title.upper(), article_id="x" * 16)

    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        before = {stored.article.article_id for stored in catalogue.articles()}
        first = reclean(catalogue, processes=1, clean=better, version="a better one")
        second = reclean(catalogue, processes=1, clean=better, version="a better one")
        titles = {stored.article.title for stored in catalogue.articles()}
        after = {stored.article.article_id for stored in catalogue.articles()}

    assert (first.versions, first.changed, first.refused) == (6, 5, 1)
    assert (second.versions, second.changed, second.refused) == (1, 0, 1)
    assert after == before
    assert {"REPORT NUMBER 0", "Report number 2", "DISPATCH 1"} <= titles
