"""Lines and marks: paragraphs that a program cut into lines are whole, marks of notes are no letters."""

from __future__ import annotations

import pytest

from corpus.cleaner import clean
from corpus.cleaner.tree.lines import paragraphs_of
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, raw

LINES = (
    "Drones struck a fuel depot near the railway junc-",
    "tion, and fire crews from two districts were sent to",
    "put the blaze out.",
    "The mayor asked residents to stay in shelters until",
    "the all-clear, which came after four hours of sirens",
    "on Monday.",
    "A convoy of eleven trucks was filmed on the eastern",
    "road; the plates could not be read in the footage.",
)
JOINED = [
    ("Drones struck a fuel depot near the railway junction, and fire crews from two districts were sent "
    "to put the blaze out."),
    ("The mayor asked residents to stay in shelters until the all-clear, which came after four hours of "
    "sirens on Monday."),
    "A convoy of eleven trucks was filmed on the eastern road; the plates could not be read in the footage.",
]  # fmt: skip


def each(opening: str, closing: str, lines: tuple[str, ...] = LINES) -> str:
    return "".join(f"{opening}{line}{closing}" for line in lines)


PROGRAMS = {
    "a line each": f"<div class='pf'><div class='pc'>{each('<div class=t>', '</div>')}</div></div>",
    "placed by styles": (
        f"<div id='page1-div'>{each('<p style=position:absolute class=ft00>', '</p>')}"
        "<p class='ft01'>- 1 -</p></div>"
    ),
    "two pages": (
        f"<div class='pf'><div class='pc'>{each('<div class=t>', '</div>', LINES[:4])}"
        "<div class='t'>Page 1 of 2</div></div></div><div class='pf'><div class='pc'>"
        f"{each('<div class=t>', '</div>', LINES[4:])}<div class='t'>Page 2 of 2</div></div></div>"
    ),
    "breaks": f"<div>{'<br>'.join((*LINES, '17'))}</div>",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_lines_of_a_printed_page_become_paragraphs(program: str) -> None:
    article = clean_page(
        f"<html><head><title>sitrep.pdf</title></head><body>{PROGRAMS[program]}</body></html>"
    )

    assert article.text.replace("\n\n", "\n").split("\n") == JOINED


def test_numbers_of_pages_are_listed_as_removed() -> None:
    article = clean_page(f"<html><body>{PROGRAMS['two pages']}</body></html>")

    assert [removed.text for removed in article.removed if removed.rule == "page_number"] == [
        "Page 1 of 2",
        "Page 2 of 2",
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            (
                "قصفت المدفعية الحي الشمالي من المدينة فجر الثلاثاء", "ما أدى إلى مقتل ثلاثة أشخاص وإصابة أحد عشر آخرين",
                "بحسب بيان للمحافظ.", "وعملت فرق الإنقاذ طوال الصباح للوصول إلى السكان",
            ),
            [
                ("قصفت المدفعية الحي الشمالي من المدينة فجر الثلاثاء ما أدى إلى مقتل ثلاثة أشخاص وإصابة أحد عشر آخرين "
                "بحسب بيان للمحافظ."),
                "وعملت فرق الإنقاذ طوال الصباح للوصول إلى السكان",
            ],
        ),
        (
            ("部队在河边的城镇发动了三次攻击，造成两人死亡，另", "有九人受伤，地方长官在电台发表声明说，救援人员整", "夜工作。"),
            ["部队在河边的城镇发动了三次攻击，造成两人死亡，另有九人受伤，地方长官在电台发表声明说，救援人员整夜工作。"],
        ),
    ],
)  # fmt: skip
def test_scripts_without_small_letters_are_joined_where_the_page_is_a_pdfs(
    lines: tuple[str, ...], joined: list[str]
) -> None:
    marked = clean_page(
        f"<html><body><div class='pf'><div class='pc'>{each('<div>', '</div>', lines)}</div></div></body></html>"
    )
    unmarked = clean_page(
        f"<html><body><div>{each('<div>', '</div>', lines * 2)}</div></body></html>"
    )

    assert marked.text.split("\n\n") == joined
    assert unmarked.text.split("\n\n")[: len(lines)] == list(lines)


VERSES = (
    "The river runs where no one goes,", "And all the bridges fell last year.", "The winter came with heavy snows,",
    "And all the men have gone from here.", "The river runs, the river knows,", "And none of us will shed a tear.",
)  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        VERSES,
        tuple(f"{text} " for text in PARAGRAPHS),
        tuple(f"the town of {n},000 people had no water." for n in range(9)),
    ],
)
def test_verses_paragraphs_and_lists_are_no_lines(lines: tuple[str, ...]) -> None:
    main = f"<article><h1>On the river</h1><div>{each('<p>', '</p>', lines)}</div><p>{PARAGRAPHS[0]}!</p></article>"

    text = clean_page(
        f"<html><head><title>On the river</title></head><body>{main}</body></html>"
    ).text

    assert [line.strip() for line in lines if line.strip() in text.split("\n\n")] == [
        line.strip() for line in lines
    ]


# Marks of notes


def read(markup: str) -> str:
    main = "".join(f"<p>{text}</p>" for text in (markup, *PARAGRAPHS))
    page = f"<html><head><title>Notes</title></head><body><article><h1>Notes</h1>{main}</article></body></html>"
    return clean_page(page).text.split("\n\n")[0]


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>", "<a href='#n2'><sup>2</sup></a>", "<sup><a href='#n3'>3</a></sup>", "<sup>[4]</sup>",
        "<a class='footnote' href='#fn5'>5</a>", "<sup class='reference'>a</sup>", "<sup>b</sup>", "<sup>6, 7</sup>", "⁸",
        "<sup id='fnref:9' role='doc-noteref'><a href='page.html#fn:9'>9</a></sup>", "<a href='#f1'><sup>*</sup></a>",
    ],
)  # fmt: skip
def test_the_mark_of_a_note_is_no_part_of_the_word_before_it(mark: str) -> None:
    text = read(
        f"The brigade held the old garrison{mark} on the hill until the evening, a witness said."
    )

    assert "garrison" in text.replace("[", " ").replace("*", " ").split()


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("40 km<sup>2</sup> of forest", "40 km2 of forest"), ("10<sup>3</sup> m<sup>3</sup> of water", "103 m3 of water"),
        ("the 19<sup>th</sup> brigade", "the 19th brigade"), ("CO<sub>2</sub> and H<sub>2</sub>O", "CO2 and H2O"),
        ("le XVIII<sup>e</sup> siècle", "le XVIIIe siècle"), ("M<sup>me</sup> Dupont", "Mme Dupont"),
        ("<a href='/towns'>towns</a> and <a href='#top'>villages</a>", "towns and villages"),
    ],
)  # fmt: skip
def test_exponents_and_endings_stay_where_they_are(markup: str, shown: str) -> None:
    assert shown in read(f"Reports spoke of {markup} near the river that runs through the town.")


def test_raised_numbers_part_words_in_pasted_text_as_well() -> None:
    text = "The brigade held the garrison¹ on the hill. It left 40 km² of forest behind."

    assert clean(raw(text, media_type="text/plain")).text == text.replace("n¹", "n ¹")


@pytest.mark.parametrize(
    "foot", ["Harbor papers, page {0}", "{0}", "Page {0} of 3", "The Harbor Courier"]
)
@pytest.mark.parametrize("head", ["The Courier of the harbor", ""])
def test_heads_and_feet_of_printed_pages_are_no_lines_of_the_text(head: str, foot: str) -> None:
    more = (LINES, ["Trains ran again on Sunday over the bridge, which had", "been closed since the flood of"],
            ["the spring before last, said those who had repaired", "it at night and in the rain."])  # fmt: skip
    pages = "".join(
        f"<div class='pf'><div class='pc'>{each('<div class=t>', '</div>', (head, *lines, foot.format(at)))}</div></div>"
        for at, lines in enumerate(more, start=7)
    )

    article = clean(raw(f"<html><body><div id='page-container'>{pages}</div></body></html>"))

    assert "since the flood of the spring before last" in article.text
    margins = {foot.format(at) for at in (7, 8, 9)} | ({head} if head else set())
    assert margins <= {one.text for one in article.removed}
    assert not any(line in article.text for line in margins if not line.isdigit())


def test_lines_set_in_letters_of_another_size_are_no_part_of_the_paragraph_below() -> None:
    def line(text: str, size: int) -> str:
        return f"<div class='t m0 x1 h{size} ff1 fs{size} fc0'>{text} </div>"

    lines = "".join(line(text, 0) for text in LINES)
    page = f"<div class='pf'><div class='pc'>{line('Bridges of the coast', 3)}{lines}</div></div>"
    article = clean(raw(f"<html><body><div id='page-container'>{page}</div></body></html>"))

    assert article.text.split("\n\n")[0] == "Bridges of the coast"
    assert article.text.split("\n\n")[1].startswith(
        "Drones struck a fuel depot near the railway junction,"
    )


def test_a_hyphen_that_a_browser_draws_apart_parts_no_word() -> None:
    assert paragraphs_of(["He came to the hos \u2010", "pital at noon."]) == [
        "He came to the hospital at noon."
    ]


def test_a_sentence_that_pages_share_below_their_first_line_is_text() -> None:
    more = (
        ("Trains ran again on Sunday over the long bridge.", "Nobody was hurt.", *LINES),
        ("A second convoy came on Monday, before the rain.", "Nobody was hurt.", *LINES[:5]),
    )
    head = "The Courier of the harbor."
    pages = "".join(
        f"<div class='pf'><div class='pc'>{each('<div class=t>', '</div>', (head, *lines))}</div></div>"
        for lines in more
    )
    article = clean(raw(f"<html><body><div id='page-container'>{pages}</div></body></html>"))

    assert article.text.count("Nobody was hurt.") == 2
    assert head not in article.text
