"""What every tagger keeps, ours or another: one contract, run against each that is here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.entities.rules import RuleTagger
from corpus import demo
from corpus.errors import InvalidParameter
from indexer import versions
from indexer.entities import tagger
from indexer.entities.tagging.gazetteer import foreign_gazetteer
from indexer.entities.tagging.learned.multilingual import installed_file
from indexer.entities.tagging.spacy_tagger import SpacyTagger, installed_model
from indexer.entities.types import EntityKind, Tagger

NEWS = (
    "President Volodymyr Zelenskyy said in Kyiv that the European Union’s aid had come.\n\n"
    "The European Union did not comment."
)


def spacy_rules() -> Tagger:
    """spaCy without a learned model: its own rules on a blank pipeline."""
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": "Volodymyr Zelenskyy"},
            {"label": "GPE", "pattern": "Kyiv"},
            {"label": "ORG", "pattern": "the European Union’s"},
            {"label": "ORG", "pattern": "The European Union"},
            {"label": "DATE", "pattern": "had"},
        ]
    )
    return SpacyTagger(pipeline)


def spacy_model() -> Tagger:
    model = installed_model()
    if model is None:
        pytest.skip("no spaCy model is installed")
    return tagger(f"spacy:{model}")


def careful() -> Tagger:
    return tagger("careful")


def multilingual() -> Tagger:
    if installed_file() is None:
        pytest.skip("the extra `multilingual` is not installed")
    return tagger("multilingual")


TAGGERS = [tagger, careful, multilingual, RuleTagger, foreign_gazetteer, spacy_rules, spacy_model]


@pytest.fixture(params=TAGGERS, ids=lambda make: make.__name__)
def candidate(request: pytest.FixtureRequest) -> Tagger:
    make: Callable[[], Tagger] = request.param
    return make()


def test_offsets_are_exact_in_order_and_apart(candidate: Tagger) -> None:
    for article in demo.load()[:20]:
        text = "\n\n".join(article.paragraphs)
        end = 0
        for one in candidate.tag(text, language=article.language, title=article.title):
            assert text[one.start : one.end] == one.text
            assert one.start >= end
            assert one.text == one.text.strip() != ""
            assert 0 < one.confidence <= 1
            end = one.end


def test_the_same_text_gives_the_same_names(candidate: Tagger) -> None:
    assert candidate.tag(NEWS, language="en") == candidate.tag(NEWS, language="en")
    assert candidate.version


@pytest.mark.parametrize("text", ["", "\n\n", "...", "🙂 \u200f", "\x00 É̷̈ " * 50, "A" * 5000])
def test_any_text_can_be_tagged(candidate: Tagger, text: str) -> None:
    for language in ("en", "ru", "und"):
        assert isinstance(candidate.tag(text, language=language), list)


@pytest.mark.parametrize(
    "make", [tagger, careful, spacy_rules, spacy_model], ids=lambda make: make.__name__
)
def test_news_gives_its_names_without_article_and_possessive(make: Callable[[], Tagger]) -> None:
    names = {one.text: one.kind for one in make().tag(NEWS, language="en")}
    assert names == {
        "Volodymyr Zelenskyy": EntityKind.PERSON,
        "Kyiv": EntityKind.PLACE,
        "European Union": EntityKind.ORG,
    }


@pytest.mark.parametrize("name", ["nltk", "spacy:no_such_model"])
def test_a_tagger_that_is_not_there_is_refused_with_advice(name: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        versions.recogniser(name)
    assert refused.value.advice
