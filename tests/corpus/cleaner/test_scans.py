"""Scanned pages: recognized where tesseract is installed, marked as such, and bounded."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from corpus.article import OCR_LANGUAGE, Article
from corpus.cleaner import clean
from corpus.cleaner.files import recognition, scans
from corpus.cleaner.files.recognition import Recognized
from corpus.cleaner.files.rendering import gray_of
from corpus.errors import (
    InputError,
    NoArticleFound,
    UnreadableInput,
    UnsafeInput,
    UnsupportedFormat,
)
from corpus.readers.media_types import PDF
from tests.corpus.cleaner.scans import Picture, drawn, needs_tesseract, png, scanned, tiff
from tests.corpus.documents import raw_document

LINES = (
    "Bridge falls at noon",
    "",
    "The convoy crossed the river at night and reached the mo-",
    "nastery before the bridge was closed to all who came after.",
    "It was over by noon.",
)
TEXT = (
    "The convoy crossed the river at night and reached the monastery before the bridge was closed"
    " to all who came after. It was over by noon."
)
LAYER = "This page has a text layer, which nobody needs to recognize."


@pytest.fixture(scope="module")
def picture() -> Picture:
    return drawn(*LINES)


def article_of(content: bytes, media_type: str, **declared: str) -> Article:
    raw = raw_document(media_type=media_type, declared=declared)
    return clean(replace(raw, content=content))


@needs_tesseract
def test_a_picture_gives_its_text_and_how_sure_it_is(picture: Picture) -> None:
    article = article_of(png(picture), "image/png", **{OCR_LANGUAGE: "eng"})

    assert (article.title, article.text) == (LINES[0], TEXT)
    assert "ocr" in article.quality.flags
    assert 0.8 < article.quality.signals["ocr_confidence"] <= 1
    assert article.basis["text"] == "ocr:tesseract"


HIGH = 50  # dots of a line of `drawn`, which begins 382 from the top


@pytest.mark.parametrize(("lines_seen", "passed_over"), [(5, False), (1, True)])
def test_writing_where_nothing_was_recognized_is_told_of(
    lines_seen: int, passed_over: bool, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = tuple((208, 340 + 58 * at, 1700, HIGH) for at in range(lines_seen))
    seen = Recognized(("The bridge fell at noon.",), 0.96, (), boxes)
    monkeypatch.setattr("corpus.cleaner.files.scans.recognize", lambda *_, **__: seen)
    monkeypatch.setattr("corpus.cleaner.files.papers.recognize", lambda *_, **__: seen)
    monkeypatch.setattr(recognition, "languages", lambda: ("eng",))

    assert ("ocr_gaps" in article_of(png(picture), "image/png").quality.flags) is passed_over


@pytest.mark.parametrize(("words", "passed_over"), [(9, False), (10, True)])
def test_so_are_many_words_that_are_none(
    words: int, passed_over: bool, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As tesseract makes of a paragraph that lies crooked on its page."""
    left_out = ("oo " * words + "| 1 ,",)
    boxes = tuple((208, 340 + 58 * at, 1700, HIGH) for at in range(5))
    seen = Recognized(("The bridge fell at noon.",), 0.96, left_out, boxes)
    monkeypatch.setattr("corpus.cleaner.files.scans.recognize", lambda *_, **__: seen)
    monkeypatch.setattr(recognition, "languages", lambda: ("eng",))

    assert ("ocr_gaps" in article_of(png(picture), "image/png").quality.flags) is passed_over


def test_white_on_black_is_read_as_black_on_white(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide, high, gray = picture
    film = png((wide, high, bytes(255 - one for one in gray)))
    for lines_seen, passed_over in ((5, False), (1, True)):
        boxes = tuple((208, 340 + 58 * at, 1700, HIGH) for at in range(lines_seen))
        seen = Recognized(("The bridge fell at noon.",), 0.96, (), boxes)
        monkeypatch.setattr(
            "corpus.cleaner.files.scans.recognize", lambda *_, seen=seen, **__: seen
        )
        monkeypatch.setattr(recognition, "languages", lambda: ("eng",))
        assert ("ocr_gaps" in article_of(film, "image/png").quality.flags) is passed_over


def in_palette(picture: Picture) -> bytes:
    wide, high, gray = picture
    return png(
        picture,
        color=3,
        palette=bytes(255 - at for at in range(256) for _ in range(3)),
        gray=bytes(255 - one for one in gray[: wide * high]),
    )


@pytest.mark.parametrize("seen_lines", [5, 1])
@pytest.mark.parametrize(
    ("build", "media_type"),
    [
        (in_palette, "image/png"), (tiff, "image/tiff"), (partial(tiff, packed=8), "image/tiff"),
        (partial(tiff, packed=8, rows=64), "image/tiff"), (partial(tiff, inverted=True), "image/tiff"),
    ],
)  # fmt: skip
def test_so_it_is_on_other_kinds_of_pictures(
    build: Callable[[Picture], bytes],
    media_type: str,
    seen_lines: int,
    picture: Picture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boxes = tuple((208, 340 + 58 * at, 1700, HIGH) for at in range(seen_lines))
    seen = Recognized(("The bridge fell at noon.",), 0.96, (), boxes)
    monkeypatch.setattr("corpus.cleaner.files.scans.recognize", lambda *_, **__: seen)
    monkeypatch.setattr(recognition, "languages", lambda: ("eng",))

    assert ("ocr_gaps" in article_of(build(picture), media_type).quality.flags) is (seen_lines == 1)


def test_a_picture_is_drawn_as_it_is(picture: Picture) -> None:
    wide, high, gray = picture
    for content in (
        png(picture),
        in_palette(picture),
        tiff(picture),
        tiff(picture, packed=8, rows=64),
        tiff(picture, inverted=True),
    ):
        assert gray_of(content) == (wide, high, gray[: wide * high])
    assert gray_of(tiff(picture, (wide, high, gray[::-1])), 1) == (wide, high, gray[::-1])


def test_a_picture_that_is_damaged_or_packed_otherwise_is_not_drawn(picture: Picture) -> None:
    content = tiff(picture, packed=8)
    assert gray_of(content[:4000]) is None
    assert gray_of(content[:8]) is None
    assert gray_of(tiff(picture, packed=34712)) is None
    assert gray_of(content, 5) is None


@needs_tesseract
def test_only_pages_without_text_are_recognized(picture: Picture) -> None:
    article = article_of(scanned([LAYER, picture, None]), PDF)

    assert article.text == "\n\n".join((LAYER, LINES[0], TEXT))
    assert article.quality.signals["ocr_pages"] == 1
    assert article.basis["text"] == "record:text"
    assert "pages_unread" not in article.quality.flags


def test_a_text_layer_is_not_recognized(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.cleaner.files.papers.recognize", _never)

    article = article_of(scanned([LAYER, None, LAYER]), PDF)

    assert article.text == f"{LAYER}\n\n{LAYER}"
    assert not {"ocr", "pages_unread"} & {*article.quality.flags}


def _never(*_picture: object, **_how: object) -> recognition.Recognized:
    raise AssertionError("this page has a text")


@needs_tesseract
def test_every_page_of_a_tiff_is_read_and_a_sentence_goes_on_over_pages() -> None:
    pages = (drawn("The convoy crossed the river at night, when the"), drawn("bridge was open."))
    article = article_of(tiff(*pages), "image/tiff")

    assert article.text == "The convoy crossed the river at night, when the bridge was open."
    assert article.quality.signals["ocr_pages"] == 2


WHITE = (60, 40, b"\xff" * 2400)


@pytest.fixture
def without_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of tesseract: something that reads every page but the first."""

    def read(_picture: bytes, *, language: str, page: int) -> recognition.Recognized:
        if page == 0:
            raise recognition.NotRecognized("cut off")
        return recognition.Recognized((f"{TEXT} ({page})", str(page + 1)), 0.5 + page / 10)

    monkeypatch.setattr(scans, "recognize", read)
    monkeypatch.setattr(recognition, "installed", lambda: ("eng",))


@pytest.mark.usefixtures("without_the_first")
def test_a_page_that_cannot_be_read_costs_itself() -> None:
    article = article_of(tiff(WHITE, WHITE, WHITE), "image/tiff")

    assert article.text == f"{TEXT} (1)\n\n{TEXT} (2)"
    assert article.quality.signals["pages_unread"] == 1
    assert article.quality.signals["ocr_confidence"] == pytest.approx(0.65, abs=0.001)
    assert {"ocr", "pages_unread"} <= {*article.quality.flags}
    assert [(one.rule, one.text) for one in article.removed] == [
        ("page_number", "2"),
        ("page_number", "3"),
    ]


@pytest.mark.usefixtures("without_the_first")
def test_more_pages_than_a_document_may_have_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 2)
    article = article_of(tiff(WHITE, WHITE, WHITE, WHITE), "image/tiff")

    assert article.text == f"{TEXT} (1)"
    assert article.quality.signals["pages_unread"] == 3


_SIZE = struct.pack(">II", 60, 40)


@needs_tesseract
@pytest.mark.parametrize(
    ("content", "media_type", "error", "reason"),
    [
        (png(WHITE), "image/png", NoArticleFound, "no text was recognized"),
        (png(WHITE)[:40], "image/png", UnreadableInput, "no page could be read"),
        (png(WHITE)[:17], "image/png", UnreadableInput, "damaged"),
        (tiff(WHITE)[:-4], "image/tiff", UnreadableInput, "damaged"),
        (tiff(WHITE)[:-4] + b"\xff\xff\xff\x7f", "image/tiff", UnreadableInput, "damaged"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg", UnreadableInput, "damaged"),
        (b"RIFF\0\0\0\0WEBPVP9 " + bytes(20), "image/webp", UnreadableInput, "damaged"),
        (
            png(WHITE).replace(_SIZE, struct.pack(">II", 70_000, 70_000)),
            "image/png", UnsafeInput, "70,000 by 70,000",
        ),
        (b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x01", "image/jpeg", UnsafeInput, "65,535"),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\xff" * 20, "image/webp", UnsafeInput, "16,777,216"),
        (scanned([None]), PDF, NoArticleFound, "no text in this PDF"),
    ],
)  # fmt: skip
def test_damaged_and_huge_pictures_are_refused(
    content: bytes, media_type: str, error: type[InputError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        article_of(content, media_type)


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "installed", lambda: ())


@pytest.mark.usefixtures("absent")
def test_without_tesseract_the_advice_is_to_install_it(picture: Picture) -> None:
    for content, media_type in ((png(picture), "image/png"), (scanned([picture]), PDF)):
        with pytest.raises(UnsupportedFormat, match="tesseract") as refused:
            article_of(content, media_type)
        assert "apt install tesseract-ocr" in str(refused.value.advice)


@pytest.mark.usefixtures("absent")
def test_without_tesseract_scans_beside_a_text_are_counted(picture: Picture) -> None:
    article = article_of(scanned([LAYER, picture, None]), PDF)

    assert article.text == LAYER
    assert article.quality.signals["pages_unread"] == 1
    assert "pages_unread" in article.quality.flags


def test_without_pdfium_scans_are_told_apart_from_empty_pages(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    assert article_of(scanned([LAYER, picture, None]), PDF).quality.signals["pages_unread"] == 1
    with pytest.raises(UnsupportedFormat, match="is not installed") as refused:
        article_of(scanned([picture]), PDF)
    assert "dispatches[ocr]" in str(refused.value.advice)


@needs_tesseract
def test_a_language_without_data_is_named() -> None:
    with pytest.raises(UnsupportedFormat, match="no data for tlh"):
        article_of(png(WHITE), "image/png", **{OCR_LANGUAGE: "eng+tlh"})


TABLE = """level page_num block_num par_num line_num word_num left top width height conf text
5 1 1 1 1 1 0 0 9 9 96 Червоний
5 1 1 1 1 2 0 0 9 9 50 |
5 1 1 1 1 3 0 0 9 9 90 --
5 1 1 1 2 1 0 0 9 9 90 мо-
5 1 1 1 3 1 0 0 9 9 90 настир,
5 1 1 2 1 1 0 0 9 9 88 المدينة,
5 1 2 1 1 1 0 0 9 9 12 ~%k
5 1 3 1 1 1 0 0 9 9 95 ——
1 1 0 0 0 0 0 0 9 9 -1
"""


def test_of_a_table_of_words_paragraphs_are_made_and_noise_is_left_out() -> None:
    page = recognition._page_of(TABLE.replace(" ", "\t"))

    assert page.paragraphs == ("Червоний — монастир,", "المدينة،")
    assert page.left_out == ("~%k", "——")
    assert 0.88 < page.confidence < 0.96


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("З травня 2022 року", "3 травня 2022 року"),
        ("1З мая 2022", "13 мая 2022"),
        ("ЗО червня", "30 червня"),
        ("О5 июня", "05 июня"),
        ("З травнем ішли", "З травнем ішли"),
        ("Із травня до", "Із травня до"),
        ("О травня", "О травня"),
    ],
)
def test_a_letter_before_a_month_is_the_digit_that_it_looks_like(seen: str, read: str) -> None:
    rows = "\n".join(f"5 1 1 1 1 {at} 0 0 9 9 96 {one}" for at, one in enumerate(seen.split()))
    page = recognition._page_of(f"{TABLE.splitlines()[0]}\n{rows}".replace(" ", "\t"))
    assert page.paragraphs == (read,)


def test_a_short_line_is_not_drawn_into_the_paragraph_below_it() -> None:
    reading = scans.Reading()
    long = "قال سكان المدينة يوم الثلاثاء إن قصفا أصاب السوق وقتل ستة مدنيين على"
    reading.add(recognition.Recognized(("3 مايو 2024", long, "الأقل."), 0.9))
    reading.add(recognition.Recognized(("The convoy",), 0.9))
    reading.add(recognition.Recognized(("crossed the river.",), 0.9))
    assert reading.paragraphs == ["3 مايو 2024", f"{long} الأقل.", "The convoy crossed the river."]


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("سقط الجسر في المدينة Spo", "eng+ara+fas", ["eng+ara+fas", "ara+fas"]),
        ("The bridge fell, الجسر as they say", "eng+ara", ["eng+ara"]),
        ("سقط الجسر", "ara+fas", ["ara+fas"]),
        ("The bridge fell", "eng+ukr", ["eng+ukr"]),
        ("", "eng+heb", ["eng+heb"]),
    ],
)
def test_a_page_from_the_right_is_read_in_its_languages_alone(
    text: str, language: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    languages: list[str] = []

    def read(_picture: bytes, *, language: str, ink: tuple[str, ...] = (), **_: Any) -> Recognized:
        if ink:
            return Recognized()
        languages.append(language)
        return Recognized((text,) if text else (), len(languages) / 10)

    monkeypatch.setattr(recognition, "_read", read)

    assert recognition.recognize(b"", language=language).confidence == len(asked) / 10
    assert languages == asked


@pytest.mark.parametrize(
    ("first", "second", "taken", "readings"),
    [
        (("The bridge fell at noon.", 0.96), ("Never asked for, though longer.", 0.99), 0, 1),
        (("", 0.0), ("The bridge fell at noon.", 0.94), 1, 2),
        (("The brdg fell", 0.7), ("The bridge fell at noon.", 0.9), 1, 2),
        (("The bridge fell at noon.", 0.9), ("Th br", 0.94), 0, 2),
        (("The bridge fell at noon.", 0.9), None, 0, 2),
    ],
)
def test_a_page_that_was_not_read_surely_is_read_a_second_time(
    first: tuple[str, float],
    second: tuple[str, float] | None,
    taken: int,
    readings: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inks: list[tuple[str, ...]] = []

    def read(_picture: bytes, *, ink: tuple[str, ...] = (), **_: Any) -> Recognized:
        inks.append(ink)
        told = second if ink else first
        if told is None:
            raise recognition.NotRecognized("it took too long")
        return Recognized((told[0],) if told[0] else (), told[1])

    monkeypatch.setattr(recognition, "_read", read)

    assert recognition.recognize(b"", language="eng").confidence == (first, second)[taken][1]  # type: ignore[index] # None is never taken
    assert len(inks) == readings
    assert all(inks[1:])


def test_languages_are_those_that_there_are_data_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "installed", lambda: ("ara", "eng", "osd", "rus", "ukr"))

    assert recognition.languages() == ("ara", "eng", "rus", "ukr")
    assert recognition.codes_of(["uk", "und", "ka", "en"]) == "ukr+eng"
    assert recognition.codes_of(["uk", "ru", "en", "ar"]) == "ukr+rus+eng"
    assert recognition.codes_of([]) == ""
