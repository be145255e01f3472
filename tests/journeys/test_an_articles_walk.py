"""An article's walk: from saved pages to a hit. Newcomers read this first, from top to bottom.

Three outlets of the bundled corpus report that Goma fell; two of them reprint the third.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus import demo
from corpus.article import RawDocument, article_id_for
from corpus.cleaner import clean
from corpus.dates import Precision
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.readers import read
from corpus.store import Catalogue, Outcome
from indexer.analysis import analyzer
from indexer.articles.analysis import analyze
from indexer.entities import open_directory
from indexer.generations.publishing import ENTITIES, Generations
from indexer.pipeline import rebuild
from search.engine import Engine, MatchRequest
from search.engines import open_engine
from search.language.query import Phrase

WIRE = Path("continental-wire", "goma-falls-to-m23.html")
REPRINT = Path("quayside-gazette", "goma-airport-in-rebel-hands.html")
REWORDED = Path("meridian-post", "nangaa-vows-to-march-on-kinshasa.html")
PAGES = demo.path() / "pages"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A collection of the three pages, taken in and indexed."""
    home = Home(tmp_path_factory.mktemp("walk"))
    with Catalogue.open(home.catalogue) as catalogue:
        report = ingest(
            [PAGES / page for page in (WIRE, REPRINT, REWORDED)], catalogue, processes=1
        )
    assert (report.articles, report.failures) == (3, 0)
    rebuild(home, processes=1)
    return home


@pytest.fixture
def engine(home: Home) -> Iterator[Engine]:
    with closing(open_engine(Generations(home.index).current())) as engine:
        yield engine


def raw_of(page: Path) -> RawDocument:
    (raw,) = read(PAGES / page)
    assert isinstance(raw, RawDocument)
    return raw


def test_1_a_reader_yields_the_page_as_it_was_saved() -> None:
    raw = raw_of(WIRE)

    assert raw.content == (PAGES / WIRE).read_bytes()
    assert raw.media_type.startswith("text/html")


def test_2_the_cleaner_reads_an_article_in_it() -> None:
    article = clean(raw_of(WIRE))

    assert article.title == "Rebels take Goma airport as crowds attack embassies in Kinshasa"
    assert article.text.startswith(
        "GOMA: M23 rebels took full control of the international airport"
    )
    assert "\n\n" in article.text  # paragraphs; every later offset refers to this one text
    assert "cookie" not in article.text.lower()  # the furniture of the page stays outside
    assert article.published is not None
    assert article.published.iso.startswith("2025-01-28")
    assert article.published.precision is Precision.MINUTE
    assert article.article_id == article_id_for(url=article.url, text=article.text)


def test_3_the_catalogue_keeps_it_with_its_original(tmp_path: Path) -> None:
    raw = raw_of(WIRE)
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        assert catalogue.put(raw, clean(raw)) is Outcome.ADDED
        assert catalogue.put(raw, clean(raw)) is Outcome.DUPLICATE  # again changes nothing
        (stored,) = catalogue.articles()
        assert catalogue.original(stored.original_sha256).content == raw.content


def test_4_its_names_dates_and_words_are_found() -> None:
    article = clean(raw_of(WIRE))

    analysis = analyze(language=article.language, title=article.title, text=article.text)
    for start, end, name in analysis.recognition.spans:
        forms = [form for form, _ in analysis.recognition.names[name].forms]
        assert article.text[start:end] in forms
    first = analyzer().tokens(article.text)[0]
    assert (first.surface, article.text[first.start : first.end]) == ("goma", "GOMA")


def test_5_a_rebuild_publishes_a_generation_of_it(home: Home) -> None:
    generation = Generations(home.index).current()

    assert generation.manifest.counts["articles"] == 3
    assert Generations(home.index).verify(generation.name) == []
    with closing(open_directory(generation.path / ENTITIES)) as directory:
        (goma, *_) = directory.resolve("Goma")
        assert goma.articles == 3


def test_6_it_is_found_as_it_was_indexed(engine: Engine) -> None:
    words = tuple(analyzer().stem(word) for word in analyzer().surfaces("international airport"))

    matches = engine.match(MatchRequest(query=Phrase(words)))
    assert (matches.total, matches.families) == (2, 1)
    article = clean(raw_of(WIRE))
    hits = {one.article_id: one for one in engine.fetch([hit.doc_number for hit in matches.hits])}
    found = hits[article.article_id]
    assert (found.title, found.text, found.published) == (
        article.title,
        article.text,
        article.published,
    )
    assert {entity.label for entity in found.entities} >= {"Goma", "Kinshasa"}
    for mention in found.mentions:
        assert found.text[mention.start : mention.end].strip()


def test_7_its_reprint_is_the_same_witness_and_the_first_report_is_named(engine: Engine) -> None:
    wire, reprint, reworded = (clean(raw_of(page)) for page in (WIRE, REPRINT, REWORDED))

    family = engine.fetch(engine.family(wire.article_id))
    assert [one.article_id for one in family] == [wire.article_id, reprint.article_id]
    number = engine.doc_number(reworded.article_id)
    assert number is not None
    assert engine.fetch([number])[0].family_id == reworded.article_id
