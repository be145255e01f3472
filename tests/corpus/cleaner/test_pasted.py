"""A pasted text: promos out, also glued ones, the story whole, and what its first lines say."""

from __future__ import annotations

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from corpus.cleaner.tree.decoding import decode
from tests.corpus.cleaner.pages import raw
from tests.corpus.documents import raw_document

FIRST = "The column left the depot before dawn, and by noon the road behind it was closed."
NEXT = "She left for the coast in May and spoke to WhatsApp users there."
LAST = "Officials on the other bank gave another hour for the same event."


def pasted(*lines: str) -> Article:
    return clean(raw("\n".join(lines), media_type="text/plain"))


def promos(article: Article) -> list[str]:
    return [one.text for one in article.removed if one.rule == "promo"]


@pytest.mark.parametrize(
    "promo",
    [
        "SEE ALSO: Explained: How Ports Kept Trading After The Blockade", "READ MORE: Two Years Of Siege In WhatsApp Groups",
        "Related: The Doctors Who Stayed", "Read also | What we know of the strike?", "READ MORE Timeline Of The Siege",
        "Читайте также: Что известно об обстреле", "Lesen Sie auch: Was wir über den Angriff wissen",
        "Lire aussi : Ce que l'on sait de la frappe", "À lire aussi : Ce que l'on sait de la frappe",
        "Czytaj też: Co wiemy o ataku", "Zobacz także: Co wiemy o ataku", "Ayrıca okuyun: Saldırı hakkında bildiklerimiz",
        "קראו גם: מה ידוע על התקיפה", "بیشتر بخوانید: آنچه از حمله می‌دانیم", "اقرأ أيضا: ما نعرفه عن الهجوم",
    ],
)  # fmt: skip
def test_a_promo_between_paragraphs_is_removed_and_listed(promo: str) -> None:
    apart = pasted(FIRST, promo, NEXT, LAST)
    assert apart.text == "\n".join((FIRST, NEXT, LAST))
    assert promos(apart) == [promo]


@pytest.mark.parametrize(
    "promo",
    [
        "SEE ALSO: Explained: How Ports Kept Trading After The Blockade",
        "READ MORE: Two Years Of Siege In WhatsApp Groups", "Related: What we know of the strike?",
    ],
)  # fmt: skip
def test_a_sentence_glued_to_a_promo_stays(promo: str) -> None:
    glued = pasted(FIRST, f"{promo}{NEXT}", LAST)
    assert glued.text == "\n".join((FIRST, NEXT, LAST))
    assert promos(glued) == [promo]


@pytest.mark.parametrize(
    "line",
    [
        "Related work on the dam was stopped by the shelling, the engineer said on Monday.",
        "See also what the mayor of the town said in March. He had warned of it. Nobody listened.",
        "Read more slowly, the teacher told the children in the cellar.",
        f"Subscribe to the truth, he told the crowd. {LAST} {NEXT}",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_like_a_promo_stays(line: str) -> None:
    assert line in pasted(FIRST, line, LAST).text


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        (f"[KARSK, 24 February 2022] {FIRST}", "2022-02-24"),
        (f"KARSK, March 4, 2022 (Nile Desk) - {FIRST}", "2022-03-04"),
        (f"KARSK, April 9 (Nile Desk) - {FIRST}", None),
        (f"On 24 February 2022 {FIRST}", None),
    ],
)
def test_a_dateline_tells_the_day(opening: str, day: str | None) -> None:
    article = pasted(opening, LAST)
    assert (article.published.iso if article.published else None) == day
    assert FIRST in article.text


def test_the_lines_above_a_story_say_what_it_is_called_who_wrote_it_and_when() -> None:
    article = pasted("Bridge falls at noon", "By Ann Ode", "4 March 2022, 18:30", "", FIRST, LAST)
    assert (article.title, article.bylines) == ("Bridge falls at noon", ("Ann Ode",))
    assert article.published is not None
    assert article.published.iso == "2022-03-04T18:30"
    assert article.text == f"{FIRST}\n{LAST}"


@pytest.mark.parametrize(
    ("signed", "dated", "names"),
    [
        ("Ann Ode and Ivan Brand", "March 4, 2022 6:30 PM", ("Ann Ode", "Ivan Brand")),
        ("Олена Коваль", "4 березня 2022, 18:30", ("Олена Коваль",)),
        ("Greta Sommer", "04.03.2022, 18:30 Uhr", ("Greta Sommer",)),
        ("Ann Ode", "The bridge fell on 4 March 2022.", ()),
        ("What Ann Ode saw", "4 March 2022", ()),
    ],
)
def test_names_alone_sign_where_the_next_line_is_a_date(
    signed: str, dated: str, names: tuple[str, ...]
) -> None:
    article = pasted("Bridge falls at noon", "", signed, dated, "", FIRST, LAST)
    assert article.bylines == names
    assert (article.published is not None) == bool(names)


@pytest.mark.parametrize("first", [f"« {FIRST} »", f"{FIRST} {LAST} Who was hurt?", f"“{FIRST}”"])
def test_a_sentence_in_quotes_or_before_others_is_no_title_though_a_line_is_empty(
    first: str,
) -> None:
    assert pasted(first, "", NEXT, LAST).title == ""


@pytest.mark.parametrize("first", [FIRST, f"{FIRST} {LAST} {NEXT}", "KARSK, 4 March 2022:"])
def test_a_first_line_that_is_a_sentence_is_no_title(first: str) -> None:
    assert pasted(first, NEXT, LAST).title == ""


RUSSIAN = "Колонна перешла реку на рассвете, сообщили очевидцы. К полудню обстрел прекратился."
HEBREW = "הטור חצה את הנהר עם שחר, אמרו עדי ראייה. עד הצהריים פסקה ההפגזה של הרובע המזרחי."
ARABIC = "عبرت القافلة النهر عند الفجر، بحسب شهود عيان. وبحلول الظهر توقف قصف الحي الشرقي."
CHINESE = "据目击者称，车队黎明时分渡过了河。到中午，对东区的炮击停止了，省长周四在首都对记者说。"
JAPANESE = (
    "警察の情報通信環境の整備が全国で進められる中、このほど無線の届かない地域の解消が図られた。"
)
FRENCH = "La colonne a traversé la rivière à l'aube, ont déclaré des témoins."


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (RUSSIAN, "cp1251", "iso-8859-1"), (RUSSIAN, "cp1251", "utf-8"), (RUSSIAN, "cp866", "windows-1252"),
        (RUSSIAN, "cp866", "windows-1251"), (RUSSIAN, "koi8-r", "windows-1251"), (RUSSIAN, "cp1251", "koi8-r"),
        (HEBREW, "cp1255", "iso-8859-1"), (HEBREW, "cp1255", "utf-8"), (ARABIC, "cp1256", "iso-8859-1"),
        (ARABIC, "cp1256", "windows-1251"), (CHINESE, "gb18030", "iso-8859-1"), (CHINESE, "gb18030", "utf-8"),
        (JAPANESE, "iso2022_jp", "utf-8"), (JAPANESE, "iso2022_jp", "shift_jis"),
        (FRENCH, "cp1252", "iso-8859-1"), (RUSSIAN, "cp1251", "windows-1251"), (RUSSIAN.upper(), "cp1251", "windows-1251"),
    ],
)  # fmt: skip
def test_a_false_declaration_is_not_believed(text: str, codec: str, declared: str) -> None:
    content = f"<html><head><meta charset='{declared}'></head><p>{text}</p></html>".encode(codec)
    assert text in decode(content).text


@pytest.mark.parametrize("broken", [b"\xff", b"\x83\xff", b"\xd1"])
def test_a_slip_in_utf_8_is_one_replacement_and_a_flag(broken: bytes) -> None:
    start, end = RUSSIAN[:20].encode(), RUSSIAN[20:].encode()
    for label in ("utf-8", "iso-8859-1", "windows-1251"):
        read = decode(start + broken + end, media_type=f"text/plain; charset={label}")
        assert (read.text, read.flags) == (f"{RUSSIAN[:20]}�{RUSSIAN[20:]}", ("bytes_unread",))
    cut = decode(RUSSIAN.encode()[:-20])
    assert decode(RUSSIAN.encode()).flags == ()
    assert cut.text.count("�") <= 1


@pytest.mark.parametrize(
    ("line", "day", "title"),
    [
        ("12 March 2023", "2023-03-12", "The road behind it"),
        ("3 травня 2022 року", "2022-05-03", "The road behind it"),
        ("3 مايو 2024", "2024-05-03", ""),
        ("12.03.2023 г.", "2023-03-12", ""),
    ],
)
def test_a_date_above_the_title_is_none(line: str, day: str, title: str) -> None:
    article = pasted(line, "", *([title, ""] if title else []), FIRST, NEXT)
    assert article.published is not None
    assert (article.title, article.published.iso) == (title, day)
    assert article.text == f"{FIRST}\n{NEXT}"
    assert [one.text for one in article.removed] == [line]


@pytest.mark.parametrize("line", ["7 October 2023: what we know", "The attack of 7 October 2023"])
def test_a_title_with_a_date_in_it_stays_one(line: str) -> None:
    article = pasted(line, "", FIRST, NEXT)
    assert (article.title, article.published) == (line, None)


@pytest.mark.parametrize(
    "subtitles",
    [
        "1\n00:00:01,000 --> 00:00:04,000\nThe ferry stayed in port,\n\n2\n00:00:05,000 --> 00:00:09,000\nand the crews went home.\n",
        "\ufeff1\r\n00:00:01,000 --> 00:00:04,000\r\n<i>The ferry</i> stayed in port,\r\n\r\n2\r\n00:00:05,000 --> 00:00:09,000\r\n{\\an8}and the crews went home.\r\n",
        "WEBVTT\nKind: captions\n\nNOTE made by hand\n\n00:01.000 --> 00:04.000 align:start\nThe ferry stayed in port,\n\nNOTE here\n\nb\n00:05.000 --> 00:09.000\n<v Ann>and the crews<00:07.000> went home.</v>\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nThe ferry stayed in port,\n\n00:02.000 --> 00:04.000\nThe ferry stayed in port,\nand the crews went home.\n\n00:04.000 --> 00:05.000\nand the crews went home.\n",
    ],
    ids=["srt", "marked", "vtt", "rolling"],
)
def test_subtitles_are_what_is_said_in_them(subtitles: str) -> None:
    document = raw_document(subtitles, media_type="text/plain", locator="/a.srt")

    assert clean(document).text == "The ferry stayed in port, and the crews went home."
