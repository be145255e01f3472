"""Layout: rows of a page stand in the order of reading, paragraphs apart, and nothing is lost."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaner.files.from_right import Piece
from corpus.cleaner.files.layout import Drawn, lines_of

SIZE, ROOM = 10.0, 12.0
LEFT = [
    "The bridge at Kolva was closed",
    "to all traffic on Monday after",
    "two of its pillars had been hit",
]
RIGHT = [
    "In Lomna the market opened",
    "again for the first time since",
    "the winter, and farmers came",
]


def drawn(*rows: list[tuple[float, str]], size: float = SIZE, room: float = ROOM) -> Drawn:
    page = Drawn()
    for at, row in enumerate(rows):
        page.pieces += [Piece(text, x, 700 - room * at, size) for x, text in row]
        page.pieces.append(Piece("\n", 0, 0, size))
    return page


def text_of(page: Drawn) -> str:
    return "".join(piece.text for piece in page.pieces)


def told(page: Drawn) -> list[str]:
    return lines_of(page, text_of(page))[0]


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    rows = [[(50.0, left), (300.0, f" {right}")] for left, right in zip(LEFT, RIGHT, strict=True)]

    assert told(drawn(*rows)) == LEFT + RIGHT
    assert told(drawn(*rows, [(50.0, "by shells.")])) == [*LEFT, "by shells.", *RIGHT]


def test_so_are_those_whose_words_are_drawn_one_by_one() -> None:
    rows = []
    for left, right in zip(LEFT, RIGHT, strict=True):
        rows.append([(50.0 + 7 * at, f"{word} ") for at, word in enumerate(left.split())])
        rows[-1] += [(300.0 + 7 * at, f" {word}") for at, word in enumerate(right.split())]

    assert told(drawn(*rows)) == LEFT + RIGHT


def test_cells_of_a_table_stay_side_by_side() -> None:
    rows = [[(50.0, town), (200.0, f" {dead} killed"), (300.0, " 7 March")]
            for town, dead in (("Veresk", 41), ("Lomna", 12), ("Kolva", 3), ("Orda", 9))]  # fmt: skip

    assert told(drawn(*rows))[1:3] == ["Lomna 12 killed 7 March", "Kolva 3 killed 7 March"]


def test_more_room_and_an_indent_begin_a_paragraph() -> None:
    page = drawn(*([(50.0, line)] for line in (*LEFT, "by shells.", *RIGHT)))
    apart = Drawn(
        [
            Piece(one.text, one.x, one.y - 8 * (at > 7), one.size)
            for at, one in enumerate(page.pieces)
        ]
    )
    indented = Drawn(
        [
            Piece(one.text, one.x + 15 * (at == 8), one.y, one.size)
            for at, one in enumerate(page.pieces)
        ]
    )

    assert "" not in told(page)
    assert told(apart) == told(indented) == [*LEFT, "by shells.", "", *RIGHT]


def test_no_paragraph_begins_within_a_sentence() -> None:
    page = drawn(*([(50.0, line)] for line in LEFT))
    apart = Drawn(
        [
            Piece(one.text, one.x, one.y - 9 * (at > 1), one.size)
            for at, one in enumerate(page.pieces)
        ]
    )

    assert told(apart) == LEFT


def test_larger_letters_at_the_top_are_the_headline() -> None:
    page = drawn([(50.0, "Bridge closed")], [(50.0, "at Kolva")], size=20.0, room=24.0)
    below = drawn(*([(50.0, line)] for line in LEFT))
    page.pieces += [Piece(one.text, one.x, one.y - 80, one.size) for one in below.pieces]

    lines, headline = lines_of(page, text_of(page))

    assert headline == "Bridge closed at Kolva"
    assert lines == ["Bridge closed", "at Kolva", "", *LEFT]
    assert lines_of(below, text_of(below))[1] == ""


def test_rows_from_the_right_are_read_from_there_whichever_way_they_are_drawn() -> None:
    words = ["قال", "المجلس", "14", "في", "Human", "Rights", "Watch", "إن", "القصف"]
    places = [400.0, 360.0, 340.0, 320.0, 200.0, 240.0, 280.0, 180.0, 140.0]
    row = sorted(zip(places, words, strict=True))
    shapes = [(x, "".join(SHAPES.get(sign, sign) for sign in word)) for x, word in row]
    spaced = [(x + after, text) for x, word in shapes for after, text in ((0, word), (1, " "))]

    for pieces in (spaced, [(x, f"{word} ") for x, word in reversed(row)]):
        assert told(drawn(pieces, pieces)) == [" ".join(words)] * 2


def row_of(*pieces: tuple[str, float]) -> str:
    """How a row reads that the library gives so, each piece with where it begins."""
    page = Drawn([Piece(text, x, 700.0, 12.0) for text, x in pieces])
    (line,) = told(page)
    return line


def test_signs_between_words_from_the_right_have_no_room_that_nobody_drew() -> None:
    """Pieces as pypdf gives them of what Chromium prints."""
    quoted = [
        ('",  ', 242.3),
        ("בדובהה", 253.2),
        ("  ", 292.6),
        ("הרס", 295.6),
        (': " ', 313.0),
        ("אמר", 324.2),
    ]
    assert row_of(*quoted) == 'אמר: "הרס בדובהה",'
    body = [
        ("לפני", 440.0),
        ("  ", 461.4),
        (",  ", 464.4),
        ("ל", 470.4),
        ('" ', 477.3),
        ("צה", 482.2),
        ("  ", 497.1),
        ("של", 500.1),
    ]
    assert row_of(*body) == 'של צה"ל, לפני'
    share = [
        ("מהם", 145.8),
        ("  ", 169.7),
        ("62%", 172.7),
        (" ;", 194.7),
        (" ", 201.1),
        ("בדובהה", 201.1),
    ]
    assert row_of(*share) == "בדובהה; 62% מהם"


def test_numbers_between_words_from_the_right_are_read_from_there() -> None:
    years = [
        ("נהרגו", 459.7),
        ("  ", 487.4),
        ("1995", 490.4),
        ("–", 514.4),
        ("1990", 520.4),
        (" ", 544.4),
        ("בשנים", 547.4),
    ]
    assert row_of(*years) == "בשנים 1990–1995 נהרגו"
    runs = [
        ("2024", 311.9),
        ("-", 338.7),
        (" מוצבים; ב", 338.7),
        ("30", 390.3),
        ("–", 403.7),
        ("24", 409.0),
        (" ", 422.3),
    ]
    runs += [
        (" )שש שנים( נבנו", 422.3),
        ("1973", 497.1),
        ("-", 523.8),
        (" ל", 523.8),
        ("1967", 536.9),
        (" ", 563.6),
        ("בין", 563.6),
    ]
    assert row_of(*runs) == "בין 1967 ל-1973 (שש שנים) נבנו 24–30 מוצבים; ב-2024"


SHAPES = {"ل": "\ufedf", "م": "\ufee3", "ف": "\ufed3"}


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="ab יגقت12 .\n\ufedf-", max_size=6), st.integers(0, 9), st.integers(0, 9),
            st.sampled_from([8.0, 10.0, 20.0]),
        ),
        max_size=40,
    ),
    st.booleans(),
)  # fmt: skip
def test_nothing_is_lost_or_told_twice_wherever_it_stands(
    pieces: list[tuple[str, int, int, float]], is_turned: bool
) -> None:
    page = Drawn([Piece(text, x * 40.0, y * 12.0, size) for text, x, y, size in pieces], is_turned)

    lines, _ = lines_of(page, text_of(page))

    def signs(text: str) -> list[str]:
        return sorted(unicodedata.normalize("NFKC", "".join(text.split())))

    assert signs("".join(lines)) == signs(text_of(page))


def test_where_places_do_not_tell_the_text_stands_as_it_is() -> None:
    page = drawn(*([(50.0, line)] for line in LEFT))

    assert lines_of(page, "Another text\nof two lines") == (["Another text", "of two lines"], "")


def test_signs_between_words_from_the_right_stand_behind_their_word() -> None:
    row = [(100.0, "ושני"), (130.0, ",  "), (140.0, "שלישי")]
    assert told(drawn(row)) == ["שלישי, ושני"]


def test_brackets_between_words_from_the_right_are_turned_to_their_word() -> None:
    row = [
        (100.0, "ראשון"),
        (130.0, "(  "),
        (140.0, "חלקית"),
        (170.0, "  "),
        (175.0, "לפחות"),
        (200.0, " ) "),
        (210.0, "יחזרו"),
    ]
    assert told(drawn(row)) == ["יחזרו (לפחות חלקית) ראשון"]
