"""A standfirst is a field of its own, searched and quoted with the text that it sums up."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.analysis import analyzer
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from search.engine import MatchRequest
from search.engines import open_engine
from search.language.query import Term
from tests.corpus.cleaner.pages import PARAGRAPHS

STANDFIRST = "Four roofs are gone, and Goma counts the families who sleep in school halls."


def test_a_word_that_only_the_standfirst_has_finds_the_article(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang='en'><head><title>Shelling hits market</title></head><body><header>"
        f"<h1>Shelling hits market</h1><p>{STANDFIRST}</p></header>"
        f"<div class='article-body'>{paragraphs}</div></body></html>"
    )
    home = Home(tmp_path / "home")
    with Catalogue.open(home.catalogue) as catalogue:
        ingest([page], catalogue, processes=1)
    rebuild(home, processes=1)

    with closing(open_engine(Generations(home.index).current())) as engine:
        matches = engine.match(MatchRequest(query=Term(analyzer().stem("roofs"))))
        (found,) = engine.fetch([hit.doc_number for hit in matches.hits])
    assert found.text == "\n\n".join((STANDFIRST, *PARAGRAPHS))
    assert "Goma" in {found.text[mention.start : mention.end] for mention in found.mentions}
