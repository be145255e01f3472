"""Names of persons that go on with a place are parted where the collection knows both."""

from __future__ import annotations

import pytest

from indexer.entities.across_collection.named_again.run_together import RunTogether
from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.types import EntityKind

FINDER = RunTogether(["Yoav Gallant", "Gallant", "Ali Hasan"], ["Metula", "Hasan"])


def of(written: str, kind: EntityKind = EntityKind.PERSON) -> Recognition:
    return Recognition((ArticleName(kind, ((written, 1),)),), ((0, len(written), 0),))


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("Yoav Gallant Metula'yı gezdi", "Yoav Gallant Metula", "Yoav Gallant"),
        ("Yoav Gallant Sderot'u gezdi", "Yoav Gallant Sderot", "Yoav Gallant Sderot"),
        ("Omer Gallant Metula'yı gezdi", "Omer Gallant Metula", "Omer Gallant Metula"),
        ("Gallant Metula'yı gezdi", "Gallant Metula", "Gallant Metula"),
    ],
)
def test_somebody_and_a_place_are_parted(text: str, written: str, found: str) -> None:
    parted = FINDER.parted_in(of(written), text)
    assert [text[start:end] for start, end, _ in parted.spans] == [found]


def test_a_body_is_left_whole() -> None:
    body = of("Yoav Gallant Metula", EntityKind.ORG)
    assert FINDER.parted_in(body, "Yoav Gallant Metula") == body


def test_a_surname_that_is_a_place_too_is_no_rest() -> None:
    assert FINDER.person("Ali Hasan") == ""
