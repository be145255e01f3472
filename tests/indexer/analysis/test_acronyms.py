"""Acronyms and designations: what they are called, in texts and in questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import analyzer, fold
from indexer.analysis.acronyms import CASED, cased_stems, designations, surface_of
from search.request import SearchRequest
from search.service import highlights, search
from tests.contract.made_up import document, made_up_index, texts_found

TEXTS = (
    "Sappers cleared two IEDs near the well.",
    "She meant the man, i.e. the one who reads; I did too.",
    "An IED killed a driver.",
    "NGOs paid. The UAVs returned and PMCs left.",
    "One NGO stayed; a UAV fell and a PMC came.",
    "MPs met at 5 p.m. in Sel.",
    "The PM said nothing, an MP says.",
    "US envoys left with the WHO and an IT firm.",
    "They told us who fired, and it was over by 6 p.m.",
    "The U.S. envoy came.",
    "F-16s and MiG-29s flew past; a T-72B3 burned.",
    "An F-16 fell, hit by a MiG29, and the F16 burned.",
    "An AK-47 lay there; Kh-101 missiles came.",
    "AK-47s and Kh101s were found.",
    "THE TROOPS LEFT; IT IS OVER",
    "SAMs and AIDS clinics: no aids for Sam.",
    "Trucks of aid reached Sam.",
    "The MoD named the PoWs.",
    "A mod for a game; Shahed 136s over Kh 22 debris.",
    "Shahed-136 and Kh-22s.",
    "Flight 12 of May 2022; the 12s of 2022s.",
    "A battery of 155mm guns.",
    "Shells of 155 mm fell.",
    "A 155-mm howitzer, and mortars of 82mm.",
)
INDEX = made_up_index([document("", text) for text in TEXTS])


def _found(text: str) -> set[int]:
    return texts_found(text, TEXTS, INDEX)


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        (("IED", "IEDs", "ied"), {0, 2}),
        (("155mm", "155-mm", "155 mm", "155 MM"), {21, 22, 23}),
        (("82 mm",), {23}),
        (("i.e.",), {1}),
        (("NGO", "NGOs", "NGO's"), {3, 4}),
        (("UAV", "UAVs"), {3, 4}),
        (("PMC", "PMCs"), {3, 4}),
        (("MP", "MPs"), {5, 6}),
        (("PM",), {6}),
        (("p.m.",), {5, 6, 8}),
        (("US", "U.S.", '"US"'), {7, 9}),
        (("us", '"us"'), {7, 8, 9}),
        (("envoys US",), {7, 9}),
        (("IT",), {7, 14}),
        (("IT firm", "IT FIRM"), {7}),
        (("WHO",), {7}),
        (('"who fired"',), {8}),
        (('"us envoys"', '"US envoys"', '"us envoy"~2'), {7, 9}),
        (('"told US"',), set()),
        (("exact:US",), {7, 9}),
        (("exact:us",), {8}),
        (("F-16", "F16", "F-16s", "F16s", "f-16"), {10, 11}),
        (("MiG29", "MiG-29", "MiG-29s"), {10, 11}),
        (("T-72B3", "T72B3"), {10}),
        (("AK-47", "AK47", "AK-47s"), {12, 13}),
        (("Kh-101", "Kh101"), {12, 13}),
        (("SAM", "SAMs"), {15}),
        (("sam",), {15, 16}),
        (("AIDS",), {15}),
        (("aid",), {15, 16}),
        (("MoD", "MOD", "PoW", "POWs"), {17}),
        (("mod",), {17, 18}),
        (("MiG 29", "MiG 29s", "mig 29"), {10, 11}),
        (("Shahed 136", "Shahed136", "shahed 136s", "Shahed-136"), {18, 19}),
        (("Kh 22", "Kh22"), {18, 19}),
        (("Shahed 22",), {18}),
        (("May 2022",), {20}),
    ],
)
def test_what_is_found(questions: tuple[str, ...], found: set[int]) -> None:
    for text in questions:
        assert _found(text) == found, text


@pytest.mark.parametrize(
    ("text", "number", "marked"),
    [
        ("IED", 0, ["IEDs"]),
        ("US", 7, ["US"]),
        ("us", 9, ["U.S"]),
        ("F16", 10, ["F-16s"]),
        ("F-16", 11, ["F-16", "F16"]),
        ("PM", 5, []),
        ("IT", 14, ["IT"]),
    ],
)
def test_what_is_marked(text: str, number: int, marked: list[str]) -> None:
    whole = document("", TEXTS[number])
    spans = highlights(whole, text, INDEX).text
    assert [TEXTS[number][start:end] for start, end in spans] == marked


def test_small_letters_score_both_as_one_word() -> None:
    def scores(text: str, index: object) -> list[float]:
        return [round(hit.score, 6) for hit in search(SearchRequest(text=text), index).hits]  # type: ignore[arg-type]  # an index

    small = made_up_index([document("", text.replace("US", "us")) for text in TEXTS])
    assert scores("us", INDEX) == scores('"us"', small) == scores("us", small)


@given(st.text(st.sampled_from("ABUISs.'’"), min_size=1, max_size=6))
def test_capitals_make_no_other_difference(word: str) -> None:
    surface = surface_of(word)
    assert surface_of(surface) == surface
    assert surface in CASED or surface in {fold(word), fold(word).removesuffix("s")}


def test_each_acronym_is_reached_by_small_letters() -> None:
    found = cased_stems(analyzer().stem)
    assert {one for acronyms in found.values() for one in acronyms} == CASED
    assert all(one in found[analyzer().stem(fold(one))] for one in CASED)


@pytest.mark.parametrize("word", ["mobilized", "2022", "16s", "2022-23", "F-", "drone-strike", "a"])
def test_what_is_no_designation(word: str) -> None:
    assert designations(word) == ()
