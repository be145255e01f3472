"""The facets of the bundled articles, as a reader sees them, against what we wrote there."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from corpus import demo
from indexer.entities import Authority, Canonicaliser, recognise
from indexer.entities.names.person_names import parts, shortens
from indexer.entities.names.spelling import skeleton
from indexer.entities.types import EntityKind
from tests.conftest import Golden

_SEEN_OFTEN = 3  # articles: what the top of a facet shows


@cache
def facets() -> dict[EntityKind, Counter[str]]:
    """Kind → label → articles, over all bundled articles."""
    canonicaliser = Canonicaliser(Authority())
    recognized = {
        article.slug: recognise(article.title, "\n\n".join(article.paragraphs), article.language)
        for article in demo.load()
    }
    for slug, recognition in recognized.items():
        canonicaliser.observe(slug, recognition)
    canonicaliser.settle()
    counts: dict[EntityKind, Counter[str]] = {}
    for slug, recognition in recognized.items():
        for entity in canonicaliser.resolve(slug, recognition)[0]:
            counts.setdefault(entity.kind, Counter())[entity.label] += 1
    return counts


def written(field: str) -> set[str]:
    return {skeleton(name) for article in demo.load() for name in getattr(article, field)}


def often(kind: EntityKind) -> list[str]:
    return [label for label, count in facets()[kind].items() if count >= _SEEN_OFTEN]


def test_no_person_stands_twice_in_the_facet() -> None:
    labels = list(facets()[EntityKind.PERSON])
    assert len({skeleton(label) for label in labels}) == len(labels)
    lone = [label for label in often(EntityKind.PERSON) if len(parts(label)) == 1]
    full = [label for label in labels if len(parts(label)) > 1]
    assert not [
        (short, label) for short in lone for label in full if shortens(parts(short), parts(label))
    ]


def test_no_place_or_body_stands_among_the_persons() -> None:
    others = written("places") | written("organisations")
    assert not [label for label in often(EntityKind.PERSON) if skeleton(label) in others]


def test_the_persons_seen_often_are_those_we_wrote_about() -> None:
    known = written("persons")
    assert not [label for label in often(EntityKind.PERSON) if skeleton(label) not in known]


def test_no_headline_makes_a_name() -> None:
    texts = {" ".join(article.paragraphs) for article in demo.load()}
    forms = {
        form
        for article in demo.load()
        for name in recognise(
            article.title, "\n\n".join(article.paragraphs), article.language
        ).names
        for form, _ in name.forms
    }
    assert all(any(form in text for text in texts) for form in forms)


@pytest.mark.parametrize("kind", [EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE])
def test_the_top_of_each_facet(kind: EntityKind, golden: Golden) -> None:
    top = sorted(facets()[kind].items(), key=lambda one: (-one[1], one[0]))[:20]
    golden(f"facet-{kind}.txt", "".join(f"{count:>3}  {label}\n" for label, count in top))
