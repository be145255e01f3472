"""What is done with texts: marks, comparisons, dates in words, citations. Laws where there are."""

from __future__ import annotations

import re
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


def test_four_styles() -> None:
    chicago, apa, mla, harvard = (citation.text for citation in citations(ARTICLE))
    address = ARTICLE.url
    assert chicago == (
        "Ode, Ann, and Ben Roe. “Guns & {roses}.” Valley Courier, March 1, 2022. "
        f"Collected 1 June 2024. {address}."
    )
    assert apa == (
        "Ode, A., & Roe, B. (2022, March 1). Guns & {roses}. Valley Courier. "
        f"Collected June 1, 2024, from {address}."
    )
    assert mla == (
        f"Ode, Ann, and Ben Roe. “Guns & {{roses}}.” Valley Courier, 1 Mar. 2022, {address}. "
        "Collected 1 June 2024."
    )
    assert harvard == (
        "Ode, A. and Roe, B. (2022) ‘Guns & {roses}’, Valley Courier, 1 March. "
        f"Available at: {address} (Collected: 1 June 2024)."
    )


def test_a_paragraph_is_cited_by_its_number() -> None:
    chicago, apa, mla, harvard = (one.text for one in citations(ARTICLE, paragraph=3))
    assert "March 1, 2022. Para. 3. Collected" in chicago
    assert "Valley Courier. Para. 3. Collected" in apa
    assert "1 Mar. 2022, para. 3, https" in mla
    assert "1 March, para. 3. Available" in harvard


@pytest.mark.parametrize(
    ("names", "chicago", "apa", "mla", "harvard"),
    [
        (("Reuters",), "Reuters. ", "Reuters (", "Reuters. ", "Reuters ("),
        (("BBC News",), "BBC News. ", "BBC News (", "BBC News. ", "BBC News ("),
        (
            ("Cher", "Ann Ode"),
            "Cher and Ann Ode. ",
            "Cher, & Ode, A. (",
            "Cher and Ann Ode. ",
            "Cher and Ode, A. (",
        ),
        (
            ("Ann Ode", "Ben Roe", "Cid Lund"),
            "Ode, Ann, Ben Roe, and Cid Lund. ",
            "Ode, A., Roe, B., & Lund, C. (",
            "Ode, Ann, et al. ",
            "Ode, A., Roe, B. and Lund, C. (",
        ),
        (
            ("Ann Ode", "Ben Roe", "Cid Lund", "Dee Marr"),
            "Ode, Ann, Ben Roe, Cid Lund, and Dee Marr. ",
            "Ode, A., Roe, B., Lund, C., & Marr, D. (",
            "Ode, Ann, et al. ",
            "Ode, A. et al. (",
        ),
    ],
)  # fmt: skip
def test_authors_as_each_style_names_them(
    names: tuple[str, ...], chicago: str, apa: str, mla: str, harvard: str
) -> None:
    told = [one.text for one in citations(replace(ARTICLE, bylines=names))]
    for text, begins in zip(told, (chicago, apa, mla, harvard), strict=True):
        assert text.startswith(begins)


@pytest.mark.parametrize(
    ("title", "chicago", "harvard"),
    [
        ("A “truce” at last", "“A ‘truce’ at last.”", "‘A “truce” at last’,"),
        ("They say “never”", "“They say ‘never.’”", "‘They say “never”’,"),
        ('He asked "why?"', "“He asked ‘why?’”", '‘He asked "why?"’,'),
        ("Kyiv's winter", "“Kyiv's winter.”", "‘Kyiv's winter’,"),
        ("Over at last!", "“Over at last!”", "‘Over at last!’,"),
    ],
)
def test_quotation_marks_inside_a_title_are_the_other_ones(
    title: str, chicago: str, harvard: str
) -> None:
    told = {one.style: one.text for one in citations(replace(ARTICLE, title=title))}
    assert chicago in told["Chicago"]
    assert harvard in told["Harvard"]


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=4))
def test_no_citation_has_two_stops_that_nobody_typed(title: str, names: list[str]) -> None:
    def plain(text: str) -> str:
        return "".join(one for one in text if one.isalnum() or one == " ").strip()

    people = tuple(filter(None, map(plain, names)))
    article = replace(ARTICLE, title=plain(title) or "A", bylines=people)
    for one in citations(article):
        assert not re.search(r"\.[”’]?\.|,,|\(\)|“”", one.text), one.text
        assert one.text.endswith((".", "”"))


def test_what_is_read_from_right_to_left_leaves_the_rest_of_a_citation_in_place() -> None:
    article = replace(ARTICLE, title="ماذا نعرف؟", outlet="الشرق اليوم", bylines=())
    chicago, apa, *_ = (citation.text for citation in citations(article))
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
    assert "author = {Ode, Ann and Roe, Ben}" in bibtex(ARTICLE)
    assert "AU  - Ode, Ann\r\nAU  - Roe, Ben\r\n" in ris(ARTICLE)
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


def test_a_day_without_its_year_is_shown_without() -> None:
    days = [wording.partial(PartialDate(iso, "text")) for iso in ("--05-03", "--06", "2022-05-03")]

    assert days == ["3 May", "June", "3 May 2022"]
