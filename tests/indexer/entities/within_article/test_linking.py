"""Inside one article the fullest form claims its short forms, and nothing that could be another."""

from __future__ import annotations

import pytest

from indexer.entities.recognition import Recognition
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.linking import link
from tests.indexer.entities.articles import ORG, article


def forms(recognition: Recognition) -> list[set[str]]:
    return [{form for form, _ in name.forms} for name in recognition.names]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Vladimir Putin", "Mr. Putin", "Putin"], [{"Vladimir Putin", "Putin"}]),
        (["Putin", "Vladimir Putin"], [{"Vladimir Putin", "Putin"}]),
        (["Xi Jinping", "Xi"], [{"Xi Jinping", "Xi"}]),
        (["Bashar al-Assad", "Assad", "al-Assad"], [{"Bashar al-Assad", "Assad", "al-Assad"}]),
        (["Sergei Ivanov", "Viktor Ivanov"], [{"Sergei Ivanov"}, {"Viktor Ivanov"}]),
        (["Bill Clinton", "Hillary Clinton"], [{"Bill Clinton"}, {"Hillary Clinton"}]),
        (
            ["Bill Clinton", "Hillary Clinton", "Clinton"],
            [{"Bill Clinton"}, {"Hillary Clinton"}, {"Clinton"}],
        ),
        (
            ["Mr. Bill Clinton", "Mrs. Hillary Clinton", "Mrs. Clinton"],
            [{"Bill Clinton"}, {"Hillary Clinton", "Clinton"}],
        ),
        (
            ["Mr. Bill Clinton", "Mrs. Hillary Clinton", "Mrs. Clinton", "Mr. Clinton"],
            [{"Bill Clinton", "Clinton"}, {"Hillary Clinton", "Clinton"}],
        ),
        (["John F. Kennedy", "J.F. Kennedy"], [{"John F. Kennedy", "J.F. Kennedy"}]),
        (["David Kato", "Frank Mugisha", "David"], [{"David Kato", "David"}, {"Frank Mugisha"}]),
        (["Rusk-Gromyko", "Gromyko"], [{"Rusk-Gromyko"}, {"Gromyko"}]),
    ],
)
def test_persons(names: list[str], expected: list[set[str]]) -> None:
    assert forms(article(names)) == expected


@pytest.mark.parametrize(
    ("names", "gap", "expected"),
    [
        (
            ["International Criminal Court", "ICC"],
            2,
            [{"International Criminal Court", "ICC"}],
        ),
        (["ICC", "International Criminal Court"], 2, [{"International Criminal Court", "ICC"}]),
        (["Wagner Group", "Wagner"], 9, [{"Wagner Group", "Wagner"}]),
        (["Gazprom Neft", "Gazprom"], 9, [{"Gazprom Neft"}, {"Gazprom"}]),
        (["World Bank", "NATO"], 2, [{"World Bank"}, {"NATO"}]),
        (["Security Council", "Council"], 9, [{"Security Council", "Council"}]),
        (
            ["Security Council", "Privy Council", "Council"],
            9,
            [{"Security Council"}, {"Privy Council"}, {"Council"}],
        ),
    ],
)
def test_bodies(names: list[str], gap: int, expected: list[set[str]]) -> None:
    assert forms(article(names, kind=ORG, gap=gap)) == expected


def test_what_names_no_body_by_itself_is_kept_out_of_the_facet() -> None:
    assert [name.kind for name in article(["Government", "Congress"], kind=ORG).names] == [
        EntityKind.EVENT,
        ORG,
    ]


def test_the_acronym_of_a_law_is_that_law() -> None:
    law, acronym = "Digital Millennium Copyright Act", "DMCA"
    start = len(law) + 2
    mentions = [
        Mention(0, len(law), EntityKind.EVENT, law, 1.0, "test"),
        Mention(start, start + len(acronym), ORG, acronym, 1.0, "test"),
    ]
    assert [(name.kind, name.full) for name in link("", mentions).names] == [
        (EntityKind.EVENT, law)
    ]


def test_a_pope_keeps_the_title() -> None:
    francis = Mention(5, 12, EntityKind.PERSON, "Francis", 1.0, "test", "pope")
    again = Mention(20, 27, EntityKind.PERSON, "Francis", 1.0, "test")
    (name,) = link("Pope Francis speaks", [francis, again]).names
    assert name.forms == (("Pope Francis", 0), ("Francis", 2))
    assert name.in_title == 1


def test_the_fullest_form_comes_first_and_every_mention_is_counted() -> None:
    recognition = article(["Putin", "Vladimir Putin", "Putin"], title="Putin speaks, Putin leaves")
    (name,) = recognition.names
    assert name.full == "Vladimir Putin"
    assert dict(name.forms) == {"Vladimir Putin": 1, "Putin": 2}
    assert name.in_title == 2
    assert name.count == 5
    assert [index for _, _, index in recognition.spans] == [0, 0, 0]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Robert Mayer|Robert Maier"),
        ("en", "Robert Meier|Robert Maier"),
        ("en", "Karl Meier|Karl Maier|Karl Mayer"),
        ("en", "Thomas Hofer|Thomas Höfner"),
        ("en", "Robert Mayer Jr.|Robert Maier"),
        ("de", "Andreas Schmidt|Andreas Schmitt"),
        ("fr", "Philippe Martinet|Philippe Martinot"),
        ("pl", "Jana Nowaka|Jana Nowak"),
        ("pl", "Olga Wilk|Olga Wilka"),
        ("pl", "Stanisława Wójcika|Stanisława Wójcik"),
    ],
)
def test_two_full_names_of_one_article_stay_two(language: str, names: str) -> None:
    full_names = names.split("|")
    assert [one.full for one in _linked(full_names, language).names] == full_names
    backwards = full_names[::-1]
    assert [one.full for one in _linked(backwards, language).names] == backwards


@pytest.mark.parametrize(
    ("language", "names", "owner"),
    [
        ("en", "Robert Mayer|ROBERT MAYER", "Robert Mayer"),
        ("de", "Robert Müller|Robert Muller", ""),
        ("fr", "Jean-Pierre Noël|Jean Pierre Noel", ""),
        ("fr", "Charles de Gaulle|Charles DeGaulle", ""),
        ("en", "Robert Mayer Jr.|Robert Mayer", ""),
        ("en", "Robert O'Neill|Robert ONeill", ""),
        ("en", "Volodymyr Zelensky|Volodymyr Zelenskyy", ""),
        ("en", "Mohammed Dahlan|Mohammad Dahlan", ""),
        ("pl", "Jan Nowak|Jana Nowaka|Janem Nowakiem", "Jan Nowak"),
        ("pl", "Kuba Nowak|Kubę Nowaka", ""),
        ("pl", "Jana Nowak|Janą Nowak", ""),
        ("pl", "Anna Kowalska|Annę Kowalską", ""),
    ],
)
def test_spellings_and_cases_of_one_stay_one(language: str, names: str, owner: str) -> None:
    (one,) = _linked(names.split("|"), language).names
    assert one.full == owner or not owner


def test_the_genitive_of_a_man_goes_to_him_beside_a_woman() -> None:
    found = _linked(["Jana Nowak", "Jan Nowak", "Jana Nowaka"], "pl")
    assert forms(found) == [{"Jana Nowak"}, {"Jan Nowak", "Jana Nowaka"}]


def _linked(names: list[str], language: str) -> Recognition:
    starts = [sum(map(len, names[:number])) + 5 * number for number in range(len(names))]
    mentions = [
        Mention(start, start + len(name), EntityKind.PERSON, name, 1.0, "test", "")
        for start, name in zip(starts, names, strict=True)
    ]
    return link("", mentions, language)


def test_a_recognition_survives_its_cache() -> None:
    recognition = article(["Mr. Vladimir Putin", "Putin", "Ангела Меркель"], title="Putin")
    assert Recognition.from_json(recognition.to_json()) == recognition
