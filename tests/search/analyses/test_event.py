"""Figures of one happening stand side by side, each with who says it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from search.analyses.event import counted, event_of
from search.serving.open_index import OpenIndex
from tests.contract.made_up import document, made_up_index


@dataclass(frozen=True)
class Fixed:
    """One event that somebody decided."""

    members: tuple[str, ...]

    def of(self, article_id: str) -> tuple[str, ...]:
        return self.members if article_id in self.members else ()

    def close(self) -> None:
        return


def index_of(*texts: str) -> tuple[OpenIndex, list[str]]:
    documents = [document(f"Report {at}", text) for at, text in enumerate(texts)]
    ids = [one.article_id for one in documents]
    return replace(made_up_index(documents), events=Fixed(tuple(ids))), ids


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "At least 50 people are killed and 1,106 others wounded.",
            [("dead", 50), ("wounded", 1106)],
        ),
        ("The strike killed 14 and wounded three.", [("dead", 14), ("wounded", 3)]),
        ("50 dead, 80 injured, 7 missing", [("dead", 50), ("wounded", 80), ("missing", 7)]),
        ("The death toll rises to at least 110.", [("dead", 110)]),
        ("The death toll is now 62, with 28 missing.", [("dead", 62), ("missing", 28)]),
        ("The toll from Monday's fire at the mill in Oster now stands at 62.", [("dead", 62)]),
        ("The toll has so far risen to 12.", [("dead", 12)]),
        ("The toll road was built. From the mill it is 62 miles.", []),
        ("Nobody knows the toll. The price of the bridge is 62 millions.", []),
        ("The price of the bridge is 62 millions.", []),
        ("Fourteen soldiers were captured near Brod.", [("captured", 14)]),
        ("Погибли 5 человек, 12 ранены.", [("dead", 5), ("wounded", 12)]),
        ("قتل ٣٥ شخصا", [("dead", 35)]),
        ("It rained for 50 days. People died.", []),
        ("The war killed hope. In 2023 people were quiet.", []),
        ("The 3rd brigade lost an F-16.", []),
        ("Twenty trucks of flour arrived on 3 May.", []),
    ],
)
def test_what_a_sentence_counts(text: str, found: list[tuple[str, int]]) -> None:
    assert list(counted(text, "en")) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Twenty-three people were killed.", [("dead", 23)]),
        ("uk", "Загинули троє, ще двадцять один поранений.", [("dead", 3), ("wounded", 21)]),
        ("ru", "Погибли двое, пятнадцать ранены.", [("dead", 2), ("wounded", 15)]),
        ("fr", "Vingt-deux morts et sept blessés.", [("dead", 22), ("wounded", 7)]),
        ("de", "Einundzwanzig Tote, drei Verletzte.", [("dead", 21), ("wounded", 3)]),
        ("es", "Treinta y dos muertos, once heridos.", [("dead", 32), ("wounded", 11)]),
        (
            "fr",
            "La frappe a fait 12 morts, 40 blessés et 3 disparus.",
            [("dead", 12), ("wounded", 40), ("missing", 3)],
        ),
        (
            "de",
            "Bei dem Angriff wurden 14 Menschen getötet und 30 verletzt.",
            [("dead", 14), ("wounded", 30)],
        ),
        ("es", "Murieron nueve soldados y hay cinco desaparecidos.", [("missing", 5)]),
        ("pl", "Zginęły dwie osoby, a siedem zostało rannych.", [("dead", 2), ("wounded", 7)]),
        (
            "tr",
            "Altı kişi hayatını kaybetti, on iki kişi yaralandı.",
            [("dead", 6), ("wounded", 12)],
        ),
        ("ar", "خمسة قتلى وعشرون جريحا", [("dead", 5), ("wounded", 20)]),
        ("ar", "قتل سبعة مدنيين وأصيب تسعة آخرون.", [("dead", 7), ("wounded", 9)]),
        ("he", "שלושה בני אדם נהרגו ו-7 נפצעו.", [("dead", 3), ("wounded", 7)]),
        ("fa", "سه نفر کشته و هفت نفر زخمی شدند.", [("dead", 3), ("wounded", 7)]),
        (
            "uk",
            "У полон узято 14 військових, евакуйовано 120 людей.",
            [("captured", 14), ("displaced", 120)],
        ),
        (
            "ru",
            "Эвакуированы 300 жителей, пятеро пропали без вести.",
            [("displaced", 300), ("missing", 5)],
        ),
    ],
)
def test_number_words_count_in_the_language_of_a_report(
    language: str, text: str, found: list[tuple[str, int]]
) -> None:
    assert list(counted(text, language)) == found


def test_figures_stand_side_by_side_with_who_differs() -> None:
    index, ids = index_of(
        "Shells kill 50 people at the market.",
        "At least 53 people were killed and 9 injured at the market.",
        "Market struck, many killed.",
        "The market lost 50 people, all killed by shells; 9 were injured.",
    )
    event = event_of(ids[2], index)
    assert event is not None
    assert event.event_id == ids[0]
    assert [toll.figures for toll in event.tolls] == [(50, 53), (9,)]
    assert event.kinds == ("dead", "wounded")
    assert [report.differs for report in event.reports] == [(), ("dead",), (), ()]
    assert [dict(report.figures) for report in event.reports] == [
        {"dead": 50}, {"dead": 53, "wounded": 9}, {}, {"dead": 50, "wounded": 9},
    ]  # fmt: skip


def test_an_article_alone_is_no_event() -> None:
    index, ids = index_of("Shells kill 50 people.")
    assert event_of(ids[0], index) is None
    assert event_of("unknown", index) is None
    assert event_of(ids[0], replace(index, events=Fixed((ids[0], "pruned")))) is None
