"""What says almost the same of another day, another place or another toll is no reprint."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.families.facts import LEAST, NEAR, SHORT, agree, facts

TOLL = (
    "The governor said on air that 14 people were killed and 31 wounded when rockets struck the"
    " market of Ostrava in the morning, while people were buying bread."
)
LONG = " ".join(
    f"Paragraph {at} says that the village of Selo{at} was shelled by mortars before dawn."
    for at in range(100, 112)
)


def alike(one: str, other: str, *, days: int | None = 0) -> bool:
    first = facts(one, day=None if days is None else 1000)
    second = facts(other, day=None if days is None else 1000 + days)
    assert agree(first, second) == agree(second, first)
    return agree(first, second)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("14", "17"),
        ("14 people", "seventeen people"),
        ("Ostrava", "Olomouc"),
        ("The governor", "A spokesman"),
        ("rockets", "drones"),
        ("in the morning", "on Friday evening"),
    ],
)
def test_a_short_text_with_another_fact_is_another_report(old: str, new: str) -> None:
    assert not alike(TOLL, TOLL.replace(old, new))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (" on Monday.", " on Tuesday.", False),
        (" on Monday.", " on Monday, he said.", True),
        (" on Monday.", ".", True),
        (" в понедельник.", " во вторник.", False),
        (" (Monday Post)", " (The Ledger)", True),
    ],
)
def test_another_day_of_the_week_at_the_end_is_another_day(
    one: str, other: str, *, same: bool
) -> None:
    assert alike(TOLL.rstrip(".") + one, TOLL.rstrip(".") + other) is same


@pytest.mark.parametrize(
    "reprint",
    [
        TOLL,
        TOLL.rstrip("."),
        f"OSTRAVA (Agency) — {TOLL}",
        f"{TOLL} Our own correspondents helped with this report.",
        TOLL.replace(", while people were buying bread", ""),
        TOLL.replace("14", "fourteen"),
        TOLL.replace("morning", "mornings"),
        TOLL.replace("rockets struck", "rockets, it is said, struck"),
    ],
)
def test_a_short_text_cut_credited_or_respelled_is_a_reprint(reprint: str) -> None:
    assert alike(TOLL, reprint)


def test_the_same_short_words_on_another_day_are_another_report() -> None:
    assert alike(TOLL, TOLL, days=NEAR)
    assert not alike(TOLL, TOLL, days=NEAR + 1)
    assert alike(TOLL, TOLL, days=None)


def test_hardly_any_text_is_no_report() -> None:
    enough = " ".join(TOLL.split()[:LEAST])
    assert alike(enough, enough)
    assert not alike(enough.rpartition(" ")[0], enough.rpartition(" ")[0])
    assert not alike("Secret. 2 pp.", "Secret. 2 pp.")


def test_headlines_with_other_figures_tell_short_papers_apart() -> None:
    def titled(one: str, other: str) -> bool:
        return agree(facts(TOLL, title=one), facts(TOLL, title=other))

    assert not titled("Telegram 37", "Telegram 135")
    assert titled("Rockets kill 14", "Rockets kill 14, wound 31")
    assert titled("Rockets kill 14", "A market is struck")


def test_a_long_text_may_differ_in_some_figures_but_not_in_most() -> None:
    some = LONG.replace("103", "903").replace("107", "907")
    most = LONG
    for at in range(100, 108):
        most = most.replace(f"Paragraph {at}", f"Paragraph {at + 300}")
    assert len(LONG.split()) > SHORT
    assert alike(LONG, some)
    assert not alike(LONG, most)


def test_a_long_text_of_another_day_must_say_the_same_figures() -> None:
    one = LONG.replace("Paragraph 103", "Paragraph 903")
    two = one.replace("Paragraph 107", "Paragraph 907")
    assert alike(LONG, LONG, days=300)
    assert alike(LONG, one, days=NEAR + 1)
    assert alike(LONG, two, days=NEAR)
    assert not alike(LONG, two, days=NEAR + 1)


def test_a_long_text_about_other_places_is_another_report() -> None:
    assert not alike(LONG, LONG.replace("Selo", "Wioska"))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,106 dead, 1.106 hurt", {"1106"}),
        ("19 dead, nineteen hurt", {"19"}),
        ("٣٥ قتيلا", {"35"}),
        ("the 3rd brigade and an F-16", set()),
        ("12, 14 and 15", {"12", "14", "15"}),
        ("one of them", set()),
    ],
)
def test_figures_are_read_however_they_are_written(text: str, figures: set[str]) -> None:
    assert facts(text).figures == figures


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("en", "twenty-three dead and a hundred and five hurt", {"23", "105"}),
        ("en", "one of two hundred men; twenty and three more", {"200", "20", "3"}),
        ("en", "twenty. Three more", {"20", "3"}),
        (
            "uk",
            "загинули п'ятеро, двадцять один поранений, двісті сорок вцілілих",
            {"5", "21", "240"},
        ),
        ("uk", "один із них", set()),
        ("ru", "трёх из ста двадцати четырёх", {"3", "124"}),
        ("pl", "pięć osób i dwudziestu dwóch rannych", {"5", "22"}),
        ("de", "dreiundzwanzig Tote, hundert Verletzte", {"23", "100"}),
        (
            "fr",
            "dix-sept morts, soixante-dix-huit blessés, vingt et un disparus",
            {"17", "78", "21"},
        ),
        ("es", "dieciséis muertos y treinta y dos heridos", {"16", "32"}),
        ("tr", "yirmi üç ölü, on yaralı", {"23", "10"}),
        ("ar", "قتل خمسة وعشرون وأصيب ثلاثون وخمسة فقدوا", {"25", "30", "5"}),
        ("he", "עשרים ושלושה הרוגים ו-7 פצועים", {"23", "7"}),
        ("fa", "بیست و سه کشته", {"23"}),
        ("sw", "twenty-three", {"23"}),
        ("fr", "F-16", set()),
    ],
)
def test_number_words_are_figures(language: str, text: str, figures: set[str]) -> None:
    assert facts(text, language=language).figures == figures


def test_words_and_figures_of_one_number_are_one_report() -> None:
    said = (
        "Les rebelles ont tué vingt-trois villageois et brûlé quarante maisons lors d'une attaque"
        " contre un village au bord du lac, selon un chef local."
    )
    written = said.replace("vingt-trois", "23").replace("quarante", "40")
    other = said.replace("vingt-trois", "vingt-quatre")
    assert agree(facts(said, language="fr"), facts(written, language="fr"))
    assert not agree(facts(said, language="fr"), facts(other, language="fr"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("w piątek", "w poniedziałek"),
        ("ביום שני", "ביום חמישי"),
        ("روز شنبه", "روز سه‌شنبه"),
        ("salı günü", "cuma günü"),
    ],
)
def test_days_of_the_week_are_known_in_several_languages(one: str, other: str) -> None:
    language = "fa" if "روز" in one else "he" if "ביום" in one else "en"
    told = [facts(f"{day} {TOLL}", language=language) for day in (one, other)]
    assert not agree(*told)
    assert agree(told[0], facts(TOLL, language=language))


def _communique(figures: Sequence[int]) -> str:
    """One of more than a hundred words whose figures are small."""
    told = (
        f"Near the village of Selo{place} the defenders repelled {figure} attacks of infantry and"
        " armor in the course of the day."
        for place, figure in enumerate(figures, start=1)
    )
    return " ".join(told)


def test_a_long_communique_of_the_day_before_is_another_report() -> None:
    """Nearly each of its figures stands in the other one too, among other words."""
    yesterday = [2, 5, 3, 9, 4, 7, 6, 8, 2, 5]
    today = yesterday[1:] + yesterday[:1]
    half = yesterday[:5] + today[5:]
    assert not alike(_communique(yesterday), _communique(today))
    assert alike(_communique(yesterday), _communique(half))
    assert alike(
        _communique(yesterday), f"KYIV (Agency) - {_communique(yesterday)} It said no more."
    )


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    told = facts("Mortars struck Selo. People of Selo left for Brod: “Nobody stayed,” they said.")
    assert told.names == {"selo", "brod"}


@given(st.lists(st.sampled_from(["Brod", "shelled", "14", "the", "."]), max_size=60))
def test_what_says_enough_agrees_with_itself(words: list[str]) -> None:
    told = facts(" ".join(words))
    assert agree(told, told) == (len(told.words) >= LEAST)
