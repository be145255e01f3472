"""The sample articles: the files are what the source says, and the source keeps its promises."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus import demo
from corpus.dates import Precision
from corpus.demo.build import rendered
from corpus.demo.outlets import OUTLETS
from corpus.demo.pages import CONFLICTS, page
from corpus.demo.sidecar import Carrier

ARTICLES = demo.load()
BY_SLUG = {article.slug: article for article in ARTICLES}
LONGEST_COMMON_RUN = 12  # words; names of bodies and places alone reach eight


def on_disk() -> dict[str, bytes]:
    files = (file for file in demo.path().rglob("*") if file.is_file())
    return {file.relative_to(demo.path()).as_posix(): file.read_bytes() for file in files}


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """Builds of zlib differ in how they compress, never in what comes out."""
    return {
        name: gzip.decompress(content) if name.endswith(".gz") else content
        for name, content in files.items()
    }


def test_the_files_are_what_the_source_renders() -> None:
    assert unpacked(on_disk()) == unpacked(dict(rendered()))


def test_slugs_and_addresses_are_unique() -> None:
    assert len(BY_SLUG) == len(ARTICLES)
    assert len({OUTLETS[article.outlet].url(article) for article in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_each_article_is_whole(article: demo.DemoArticle) -> None:
    assert 150 <= article.words <= 400
    assert article.facts
    assert article.title
    assert bool(article.correction) == bool(article.modified)
    assert all(link.slug in BY_SLUG for link in article.links)
    assert all(0 < link.after < len(article.paragraphs) for link in article.links)
    if article.published and article.modified:
        assert article.published.earliest <= article.modified.latest


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_no_article_is_older_than_its_facts(article: demo.DemoArticle) -> None:
    latest = max(re.sub(r"^[a-z]+-", "", fact)[:10] for fact in article.facts)
    if article.published:
        assert article.published.latest.isoformat() >= latest


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_the_text_holds_no_quotation_and_no_markup(article: demo.DemoArticle) -> None:
    whole = " ".join((article.title, *article.paragraphs))
    assert not re.search(r"[\"“”<>]|&[a-z]+;|\s{2}", whole)


def test_a_page_holds_every_paragraph_of_its_article() -> None:
    for article in ARTICLES:
        if article.carrier is Carrier.PAGE:
            name = f"pages/{article.outlet}/{article.slug}.html"
            content = (demo.path() / name).read_text(encoding="utf-8")
            positions = [content.index(paragraph) for paragraph in article.paragraphs]
            assert positions == sorted(positions), article.slug


def test_there_is_enough_of_every_kind() -> None:
    conflicts = Counter(article.conflict for article in ARTICLES)
    assert len(ARTICLES) >= 120
    assert set(conflicts) == set(CONFLICTS)
    assert min(conflicts.values()) >= 5
    assert {article.carrier for article in ARTICLES} == set(Carrier)
    assert {article.language for article in ARTICLES} == {"en", "ru", "uk", "ar", "fr"}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_each_outlet_has_articles_enough(outlet: str) -> None:
    assert sum(article.outlet == outlet for article in ARTICLES) >= 12


def test_dates_are_known_to_the_minute_the_day_the_month_or_not_at_all() -> None:
    precisions = {article.published.precision for article in ARTICLES if article.published}
    assert precisions == {Precision.MINUTE, Precision.DAY, Precision.MONTH}
    assert any(article.published is None for article in ARTICLES)
    assert any(article.modified for article in ARTICLES)


def test_an_undated_page_says_no_date() -> None:
    for article in ARTICLES:
        if article.published is None:
            furniture = page(article, ARTICLES).split(article.paragraphs[0])[0]
            assert not re.search(r"20\d\d", furniture), article.slug


def test_reprints_are_near_copies_of_a_wire_report() -> None:
    families = Counter(article.reprint_of for article in ARTICLES if article.reprint_of)
    assert len(families) >= 8
    assert set(families.values()) >= {1, 2}
    for article in ARTICLES:
        if article.reprint_of:
            wire = BY_SLUG[article.reprint_of]
            assert wire.outlet == "continental-wire" != article.outlet
            shared = runs_of(article.text) & runs_of(wire.text)
            assert len(shared) / len(runs_of(article.text)) > 0.5, article.slug
            assert article.text != wire.text


@pytest.mark.parametrize(
    ("canonical", "variants"),
    [
        ("Volodymyr Zelenskyy", {"Zelenskyy", "Zelensky", "Zelenskiy", "Zelenskyi", "Зеленський"}),
        ("Yevgeny Prigozhin", {"Yevgeny", "Yevgeniy", "Evgeny"}),
        ("Sergei Shoigu", {"Sergey Shoigu"}),
        ("Valerii Zaluzhnyi", {"Zaluzhnyi", "Zaluzhny"}),
        ("Mohamed Hamdan Dagalo", {"Hemedti", "حميدتي"}),
    ],
)
def test_names_are_spelled_in_several_ways(canonical: str, variants: set[str]) -> None:
    text = " ".join(article.text for article in ARTICLES if canonical in article.persons)
    assert not [variant for variant in variants if not re.search(rf"{variant}\b", text)]


@pytest.mark.parametrize("surname", ["Assad", "Biden", "Gerasimov", "Qurashi"])
def test_two_people_share_a_surname(surname: str) -> None:
    people = {person for article in ARTICLES for person in article.persons}
    assert len({person for person in people if person.endswith(surname)}) >= 2


@pytest.mark.shared
@pytest.mark.slow
def test_every_fact_exists_and_no_sentence_is_taken_from_one(shared_data: Path) -> None:
    facts: dict[str, str] = {}
    for file in (shared_data / "articles").glob("world_events*.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        facts |= {record["id"]: record["text"] for record in records}
    runs = {run for text in facts.values() for run in runs_of(text)}
    for article in ARTICLES:
        assert not [fact for fact in article.facts if fact not in facts], article.slug
        for paragraph in (article.title, *article.paragraphs):
            assert not runs.intersection(runs_of(paragraph)), article.slug


def runs_of(text: str) -> set[int]:
    """Hashes of every run of as many words as would count as copied."""
    words = re.findall(r"[\w’']+", text.lower())
    return {
        hash(tuple(words[start : start + LONGEST_COMMON_RUN]))
        for start in range(len(words) - LONGEST_COMMON_RUN + 1)
    }
