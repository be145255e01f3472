"""What is done with texts: marks, comparisons, dates in words, citations. Laws where there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import PartialDate
from indexer.document import MentionSpan
from search.output.formats.bib import bibtex
from search.output.formats.ris import ris
from tests.contract.made_up import document
from webui.view import wording
from webui.view.citations import citations
from webui.view.differences import Change, compare, kept_share
from webui.view.marks import paragraphs, runs

TEXTS = st.text(alphabet="ab \n", max_size=60)


@st.composite
def spans(draw: st.DrawFn, length: int = 60) -> list[tuple[int, int]]:
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=12)))
    return list(zip(cuts[::2], cuts[1::2], strict=False))


@given(TEXTS, spans(), spans())
def test_marks_change_no_letter(
    text: str, hits: list[tuple[int, int]], names: list[tuple[int, int]]
) -> None:
    inside = [span for span in hits if span[1] <= len(text)]
    mentions = [MentionSpan(*span, "e") for span in names if span[1] <= len(text)]
    shown = "".join(
        run.text
        for paragraph in paragraphs(text, inside, mentions, {"e": "person"})
        for piece in paragraph
        for run in piece.runs
    )
    assert shown == "".join(block for block in text.split("\n\n") if block.strip())


@given(TEXTS, spans())
def test_what_is_marked_is_what_the_spans_hold(text: str, hits: list[tuple[int, int]]) -> None:
    inside = [span for span in hits if span[1] <= len(text)]
    cut = runs(text, inside)
    assert "".join(run.text for run in cut) == text
    assert [run.text for run in cut if run.hit] == [text[start:end] for start, end in inside]
    assert [run.hit for run in cut if run.opens] == list(range(1, len(inside) + 1))


def test_a_hit_across_a_name_is_stepped_to_once() -> None:
    text = "President Oduya said so"
    mention = MentionSpan(10, 15, "e")
    (paragraph,) = paragraphs(text, [(10, 20)], [mention], {"e": "person"})
    marked = [run for piece in paragraph for run in piece.runs if run.hit]
    assert [run.text for run in marked] == ["Oduya", " said"]
    assert [run.opens for run in marked] == [True, False]


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    changes = [stretch for paragraph in compare(old, new) for stretch in paragraph]
    for text, other in ((old, Change.IN), (new, Change.OUT)):
        shown = "".join(stretch.text for stretch in changes if stretch.change is not other)
        assert "".join(shown.split()) == "".join(text.split())
    assert 0 <= kept_share(compare(old, new)) <= 1


def test_a_comparison_of_words() -> None:
    (paragraph,) = compare("the guns fell silent", "the guns never fell silent")
    assert [(stretch.change, stretch.text.strip()) for stretch in paragraph] == [
        (Change.KEPT, "the guns"),
        (Change.IN, "never"),
        (Change.KEPT, "fell silent"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 1, 1), date(2023, 12, 31), "2022 to 2023"),
        (date(2022, 3, 1), date(2022, 3, 31), "March 2022"),
        (date(2022, 3, 1), date(2022, 4, 30), "March 2022 to April 2022"),
        (date(2022, 3, 3), date(2022, 3, 3), "3 March 2022"),
        (date(2022, 3, 3), None, "since 3 March 2022"),
        (None, date(2022, 3, 3), "until 3 March 2022"),
    ],
)
def test_ranges_in_words(start: date | None, end: date | None, said: str) -> None:
    assert wording.date_range(start, end) == said


ARTICLE = replace(
    document("Guns & {roses}", "Text.", outlet="Valley Courier", published="2022-03-01"),
    bylines=("Ann Ode", "Ben Roe"),
)


def test_three_styles() -> None:
    chicago, apa, mla = (citation.text for citation in citations(ARTICLE))
    address = ARTICLE.url
    assert chicago == (
        "Ann Ode and Ben Roe. “Guns & {roses}.” Valley Courier, March 1, 2022. "
        f"Collected 1 June 2024. {address}."
    )
    assert apa == (
        "Ann Ode & Ben Roe (2022, March 1). Guns & {roses}. Valley Courier. "
        f"Collected June 1, 2024, from {address}."
    )
    assert mla == (
        f"Ann Ode and Ben Roe. “Guns & {{roses}}.” Valley Courier, 1 Mar. 2022, {address}. "
        "Collected 1 June 2024."
    )


def test_what_is_read_from_right_to_left_leaves_the_rest_of_a_citation_in_place() -> None:
    article = replace(ARTICLE, title="ماذا نعرف؟", outlet="الشرق اليوم", bylines=())
    chicago, apa, _ = (citation.text for citation in citations(article))
    assert chicago.startswith("“\u2068ماذا نعرف؟\u2069.” \u2068الشرق اليوم\u2069, March 1, 2022. ")
    assert apa.startswith("\u2068ماذا نعرف؟\u2069 (2022, March 1). \u2068الشرق اليوم\u2069. ")


def test_a_citation_of_an_untitled_article_says_so() -> None:
    assert "“Untitled.”" in citations(replace(ARTICLE, title=""))[0].text


@pytest.mark.parametrize(
    ("iso", "apa"), [("2022-03", "(2022, March)"), ("2022", "(2022)"), (None, "(n.d.)")]
)
def test_a_citation_never_says_more_than_is_known(iso: str | None, apa: str) -> None:
    published = PartialDate(iso, "test") if iso else None
    article = replace(ARTICLE, published=published)
    assert apa in citations(article)[1].text
    assert ("day = " in bibtex(article)) is False
    assert ("month = " in bibtex(article)) is (iso == "2022-03")


def test_reference_managers_get_escaped_fields() -> None:
    assert r"title = {{Guns \& \textbraceleft{}roses\textbraceright{}}}" in bibtex(ARTICLE)
    assert "author = {Ann Ode and Ben Roe}" in bibtex(ARTICLE)
    assert "AU  - Ann Ode\r\nAU  - Ben Roe\r\n" in ris(ARTICLE)
    split = replace(ARTICLE, title="A title\r\nER  - ")
    assert ris(split).count("\r\nER  - ") == 1


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Aid reaches Goma", "“Aid reaches Goma.” "),
        ("Convoy hit near U.N.", "“Convoy hit near U.N.” "),
        ("Is the truce over?", "“Is the truce over?” "),
        ("And then…", "“And then…” "),
    ],
)
def test_a_title_with_its_own_stop_gets_no_other(title: str, quoted: str) -> None:
    told = {one.style: one.text for one in citations(document(title, "A text."))}
    assert quoted in told["Chicago"]
    assert quoted in told["MLA"]
    assert ".." not in told["APA"]
