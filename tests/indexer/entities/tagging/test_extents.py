"""Where a person's name begins and ends: what telegrams and papers write before and behind it."""

from __future__ import annotations

import pytest

from indexer.entities.tagging.extents import with_persons_apart
from indexer.entities.types import EntityKind, Mention


def persons(text: str, *names: str) -> list[tuple[str, str]]:
    """Names and honorifics of what a model took for these persons."""
    mentions = []
    for name in names:
        start = text.index(name)
        mentions.append(Mention(start, start + len(name), EntityKind.PERSON, name, 0.9, "test", ""))
    return [(one.text, one.honorific) for one in with_persons_apart(text, mentions)]


@pytest.mark.parametrize(
    ("written", "name", "honorific"),
    [
        ("Pres Harlow", "Harlow", "pres"),
        ("Ambs Harlow", "Harlow", "ambs"),
        ("Dep Fon Min Harlow", "Harlow", "min"),
        ("Assemblyman Nadia Harlow", "Nadia Harlow", "assemblyman"),
        ("Min Aung Hlaing", "Min Aung Hlaing", ""),
        ("Pressly Harlow", "Pressly Harlow", ""),
    ],
)
def test_shortened_titles_are_no_part_of_a_name(written: str, name: str, honorific: str) -> None:
    assert persons(f"We saw {written} in town.", written) == [(name, honorific)]


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("He told Harlow I was late.", "Harlow I", "Harlow"),
        ("Told Harlow CGS agreed.", "Harlow CGS", "Harlow"),
        ("The speech of Malcolm X was read.", "Malcolm X", "Malcolm X"),
        ("They met John W. in town.", "John W", "John W"),
        ("We met William Harlow III there.", "William Harlow III", "William Harlow III"),
        ("We met NADIA HARLOW there.", "NADIA HARLOW", "NADIA HARLOW"),
    ],
)
def test_what_is_run_into_a_name_from_behind_is_no_part_of_it(
    text: str, written: str, name: str
) -> None:
    assert [one for one, _ in persons(text, written)] == [name]


@pytest.mark.parametrize(
    ("written", "has_surname_elsewhere", "name"),
    [
        ("Section Harlow", True, "Harlow"),
        ("Bolivia Harlow", True, "Harlow"),
        ("Section Harlow", False, "Section Harlow"),
        ("Nadia Harlow", True, "Nadia Harlow"),
        ("Kissinger Harlow", True, "Kissinger Harlow"),  # a surname may be a middle name
    ],
)
def test_a_word_before_a_surname_that_stands_alone_elsewhere_is_no_given_name(
    written: str, has_surname_elsewhere: bool, name: str
) -> None:
    text = f"Then {written} spoke. Later Harlow left."
    places = [text.index(written), *[text.rindex("Harlow")] * has_surname_elsewhere]
    mentions = [
        Mention(start, start + len(one), EntityKind.PERSON, one, 0.9, "test", "")
        for start, one in zip(places, (written, "Harlow"), strict=False)
    ]
    assert with_persons_apart(text, mentions)[0].text == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Points made:\n\nA. We wait.\n\nB. Harlow agreed.\n\nHarlow left.", "Harlow"),
        ("He waited.  A. Talks are on.  B. Harlow agreed.  Harlow left.", "Harlow"),
        ("We heard that B. Harlow agreed. Harlow left.", "B. Harlow"),
        ("\nB. Harlow agreed.\n\nHarlow left.", "B. Harlow"),  # no A., no C.
    ],
)
def test_the_letter_of_a_paragraph_is_no_initial(text: str, name: str) -> None:
    first, last = text.index("B. Harlow"), text.rindex("Harlow")
    mentions = [
        Mention(first, first + 9, EntityKind.PERSON, "B. Harlow", 0.9, "test", ""),
        Mention(last, last + 6, EntityKind.PERSON, "Harlow", 0.9, "test", ""),
    ]
    assert with_persons_apart(text, mentions)[0].text == name
