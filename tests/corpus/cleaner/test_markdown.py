"""Markdown: what a text says is read, and no mark of how it looks; each way to write one, by name."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean

T = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor."
U = "Teachers of the river towns went back to their schools on Friday."
WAYS: list[tuple[str, str, list[str], list[str]]] = [
    (
        "quote",
        f"{T}\n\n> He said that\n> nobody was hurt.\n\n{U}",
        ["He said that nobody was hurt."],
        [">"],
    ),
    ("nested", f"{T}\n\n> a\n>> deep words here\n", ["deep words here"], [">"]),
    (
        "lazy",
        f"{T}\n\n> He said that\nnobody was hurt.\n",
        ["He said that nobody was hurt."],
        [">"],
    ),
    (
        "reflink",
        f'{T} See [the report][1] and [this][].\n\n[1]: https://h.example/a "T"\n[this]: <https://h.example/b>\n',
        ["See the report and this."],
        ["[", "https://h"],
    ),
    ("wiki", f"{T} See [[Orlanka|the town]] and [[Tarmat]].", ["See the town and Tarmat."], ["[["]),
    ("embed", f"{T}\n\n![[a.png]]\n\n{U}", [U], ["a.png", "[["]),
    ("image", f"{T}\n\n![A ferry](https://h.example/a.jpg)\n\n{U}", [U], ["https://h", "!["]),
    ("linkedimage", f"{T}\n\n[![A ferry](a.jpg)](https://h.example)\n\n{U}", [U], ["](", "!["]),
    ("auto", f"{T} At <https://h.example/x>.", ["At https://h.example/x."], ["<"]),
    ("code", f"{T} The `grain` deal.", ["The grain deal."], ["`"]),
    ("fence", f"{T}\n\n```\nx = 1\n```\n\n{U}", [U], ["```"]),
    (
        "strong",
        f"{T} **Bold words** and __more__ and *it* and _this_ and ***all***.",
        ["Bold words and more and it and this and all."],
        ["*", "_"],
    ),
    ("under", f"{T} the file some_name_here stays.", ["some_name_here"], []),
    ("strike", f"{T} ~~Wrong~~ right.", ["right."], ["~~"]),
    (
        "task",
        f"{T}\n\n- [x] first thing was done\n- [ ] second was not\n",
        ["first thing was done", "second was not"],
        ["[x]", "[ ]"],
    ),
    (
        "list",
        f"{T}\n\n* first thing was said\n* second thing was said\n",
        ["first thing was said", "second thing was said"],
        ["* "],
    ),
    ("hard", f"{T}  \n{U}", [U], ["\\"]),
    ("hardb", f"{T}\\\n{U}", [U], ["\\"]),
    ("escape", f"{T} Costs 5\\* and \\[so\\] on \\#1.", ["Costs 5* and [so] on #1."], ["\\"]),
    (
        "setext",
        f"Ferry sinks\n===========\n\n{T}\n\nPart two\n--------\n\n{U}",
        [T, "Part two", U],
        ["===", "---"],
    ),
    ("rule", f"{T}\n\n---\n\n{U}\n\n* * *\n", [T, U], ["---", "* *"]),
    ("foot", f"{T}[^1] {U}\n\n[^1]: A note here.\n", ["harbor. Teachers"], ["[^1]"]),
    ("callout", f"{T}\n\n> [!note] Mind\n> It was dark.\n", ["It was dark."], ["[!note]", ">"]),
    ("mark", f"{T} ==Marked words== here.", ["Marked words here."], ["=="]),
    ("entity", f"{T} Smith &amp; Co &ndash; 5&nbsp;km.", ["Smith & Co – 5"], ["&amp;", "&ndash;"]),
    ("tags", f"{T} <b>bold</b> and <br> so<sup>2</sup>.", ["bold"], ["<b>", "<br>", "<sup>"]),
    (
        "table",
        f"{T}\n\n| Town | Killed |\n|---|---:|\n| Orlanka | 12 |\n",
        ["Orlanka", "12"],
        ["|---", "---:"],
    ),
    ("closed", f"# Ferry sinks #\n\n## Part ##\n\n{T}", [T], ["#"]),
    ("comment", f"{T} <!-- hidden --> {U}", [U], ["hidden"]),
    ("obscomment", f"{T} %%hidden%% {U}", [U], ["hidden"]),
]


def cleaned(text: str) -> Article:
    collected = datetime.now(UTC)
    return clean(
        RawDocument(
            content=text.encode(),
            media_type="text/markdown",
            locator="a.md",
            collected=collected,
            reader="whole/1",
        )
    )


@pytest.mark.parametrize(
    ("written", "said", "marks"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS]
)
def test_a_text_is_read_without_its_marks(written: str, said: list[str], marks: list[str]) -> None:
    text = " ".join(cleaned(written).text.split())
    assert T in text
    assert not [one for one in said if one not in text]
    assert not [one for one in marks if one in text]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (f"# Ferry sinks #\n\n{T}", "Ferry sinks"),
        (f"Ferry sinks\n===\n\n{T}", "Ferry sinks"),
        (f"## The *Marenne* sinks\n\n{T}", "The Marenne sinks"),
        (f"# [Ferry](https://h.example) &amp; mine\n\n{T}", "Ferry & mine"),
    ],
)
def test_the_first_heading_is_the_title(written: str, title: str) -> None:
    article = cleaned(written)
    assert (article.title, article.text) == (title, T)


@pytest.mark.parametrize(
    "said",
    [
        "He paid 5 * 3 * 2 and 10% - 20%, i.e. more [sic] than [they] had.",
        "The file is /var/log_old/some_name and x < y > z, a == b.",
        "AT&T and R&D; see section [2] (of three), 100% sure.",
        "\U000f0041 and \u00a9 stay as they are.",
    ],
)
def test_what_only_looks_like_marks_stays(said: str) -> None:
    assert cleaned(f"{T}\n\n{said}").text == f"{T}\n\n{said}"


@pytest.mark.parametrize(
    "sign", ["*", "_", "[", "<!--", "`", "> ", "| ", " ", "~~", "==", "%%", "[[", "![", "-", "\\"]
)
def test_no_repetition_takes_long(sign: str) -> None:
    began = time.process_time()
    cleaned(f"{T}\n\n{sign * 20_000}\n\n{U}")
    cleaned(f"{T}\n\n{(sign + chr(10)) * 9_000}\n\n{U}")
    assert time.process_time() - began < 20
