"""Whatever a page holds, cleaning it ends, in bounded time and memory, with an article or an error."""

from __future__ import annotations

import random
import resource
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.errors import InputError, UnreadableInput
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

HANGS = 60
"""Seconds of processor time for a page that takes hundredths: no measure, but an end of waiting."""

P = f"<p>{PARAGRAPHS[0]}</p>"
SOUND = page(
    head=(
        '<meta property="og:title" content="Shelling hits market"><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "Shelling hits market", "datePublished": "2024-05-01",'
        ' "author": [{"@type": "Person", "name": "Ada Person"}]}</script>'
    ),
    before="<nav class='menu'><ul><li><a href='/'>Home</a></ul></nav><time datetime='2024-05-01'>",
    after="<div class='comments'><p>One of the readers spoke.</p></div><table><tr><td>a<td>b</table>",
)
PIECES = (
    "<div>", "</div>", "<p>", "<", ">", "<!--", "-->", "<script>", "</script>", "<svg", "<table>", "<td>",
    "&#0;", "&#x110000;", "&amp", "\0", "\ud7ff", "\ufffd", "\x01", '"', "'", "=", "<a href=", "<br>",
    "<h1>", "</article>", "<![CDATA[", "]]>", "<time datetime='9999-99-99'>", "31.02.2020", "<meta charset=",
    "<base href='//['>", "<link rel=canonical href='http://['>", "<meta name=date content='٣٠/٠٢/٢٠٢٠'>",
    '<script type="application/ld+json">[{"@type":[null],"author":[[[]]],"datePublished":{}}]</script>',
)  # fmt: skip


def attempt(content: str | bytes) -> Article | InputError:
    try:
        return clean_page(content)
    except InputError as error:
        return error


def mutated(chance: random.Random) -> bytes:
    """A sound page after a few accidents: cuts, repeats, swaps, foreign pieces, broken bytes."""
    text = SOUND
    for _ in range(chance.randint(1, 12)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        accident = chance.randrange(4)
        if accident == 0:
            text = text[:at] + text[to:] or "x"
        elif accident == 1:
            text = text[:to] + text[at:]
        else:
            text = text[:at] + chance.choice(PIECES) * chance.choice((1, 1, 2, 50)) + text[at:]
        text = text[:40_000]
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(chance.choice((0, 0, 3, 30))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def calls_of(content: str) -> int:
    """How many functions are called to clean it: what grows with a page, whatever else runs here."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        attempt(content)
    finally:
        sys.setprofile(None)
    return count


def check_mutated(seed: int) -> None:
    outcome = attempt(mutated(random.Random(seed)))
    if isinstance(outcome, Article):
        assert "\0" not in outcome.text
        assert outcome.text == outcome.text.strip()
        assert "\n\n\n" not in outcome.text


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=0, max_value=2**32))
def test_a_mutated_page_gives_an_article_or_an_error(seed: int) -> None:
    check_mutated(seed)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_20_000_mutated_pages(block: int) -> None:
    for seed in range(block * 1000, (block + 1) * 1000):
        began = time.process_time()
        check_mutated(seed)
        assert time.process_time() - began < HANGS, f"seed {seed} hangs"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20, "1 GiB, in KiB on Linux"


@given(st.binary(max_size=3000))
@settings(max_examples=100)
def test_any_bytes_give_an_article_or_an_error(content: bytes) -> None:
    attempt(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<div>" * 100_000 + P * 2 + "</div>" * 100_000, id="100,000 levels"),
        pytest.param("<div class='a'><b><span>" * 40_000 + P * 2, id="unclosed everything"),
        pytest.param("<!--" * 100_000 + P * 2, id="unclosed comments"),
        pytest.param("<script>" * 100_000 + P * 2, id="unclosed scripts"),
        pytest.param("\0".join(page()), id="NUL bytes"),
        pytest.param("<br>" * 50_000 + P, id="line breaks"),
        pytest.param(
            '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
            + P * 2
            + "&b;",
            id="entity bomb",
        ),
        pytest.param(
            '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + P,
            id="nested JSON",
        ),
        pytest.param(f"<p class='{'related-' * 50_000}'>x</p>" + P, id="long names"),
    ],
)
def test_a_hostile_page_still_gives_its_text(content: str) -> None:
    outcome = attempt(content)
    assert isinstance(outcome, Article)
    assert PARAGRAPHS[0] in outcome.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(f"<h3>3 comments</h3><div>{P}</div>", id="comments"),
        pytest.param("<div><input>x</div>", id="fields"),
        pytest.param(f"<article class='post'><h1>Shelling</h1>{P}</article>", id="articles"),
        pytest.param(f"<div class='q'><div class='r'>{P}</div></div>", id="parts"),
        pytest.param(f"<div><a href='/'>{PARAGRAPHS[1][:60]}</a>{P}</div>", id="teasers"),
        pytest.param(f"<p>{'photo © ' * 35}</p>", id="credits"),
    ],
)
def test_what_a_page_takes_grows_no_faster_than_its_repeated_parts(piece: str) -> None:
    page_of = f"<title>Shelling</title><body>{P * 4}{'<div>' * 300}{{}}".format
    assert calls_of(page_of(piece * 2000)) < 5 * calls_of(page_of(piece * 500))


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_part_and_it_is_said() -> None:
    sentence = "Another sentence number {} of a page that never ends, with a comma. "
    content = "".join(f"<p>{sentence.format(count) * 5}</p>" for count in range(150_000))
    assert len(content) > 50_000_000
    outcome = attempt(content)
    assert isinstance(outcome, Article)
    assert "truncated" in outcome.quality.flags


WHOLE = page()
MIDDLE = WHOLE.index("four buildings")


@pytest.mark.parametrize(
    ("content", "is_cut"),
    [
        (WHOLE[:MIDDLE], True),
        (WHOLE[: MIDDLE + 2], True),
        (f"{WHOLE[:MIDDLE]}\n\n", True),
        (f"{WHOLE[:MIDDLE]}</p><a href='/els", True),
        (f"{WHOLE[:MIDDLE]}</p><script>let story = 1; if (", True),
        (f"{WHOLE[:MIDDLE]}</p><!-- adver", True),
        (WHOLE.replace("<body>", "").replace("</body>", "")[: MIDDLE - 6], True),
        (WHOLE, False),
        (f"{WHOLE}\n", False),
        (f"{WHOLE}\nserved by two", False),
        (WHOLE.replace("</html>", " "), False),
        (f"{WHOLE[:MIDDLE]}</p>", False),  # one part is open; it may be all that was written
        (f"{WHOLE[:MIDDLE].replace('<article>', '<main><article>')}</p>", True),
        (f"{WHOLE[:MIDDLE].replace('<article>', '<main><article>')}</article></main>", False),
        (f"{P * 3}<p>{PARAGRAPHS[1]}", False),  # a part of a page, which begins nowhere
        (WHOLE.upper(), False),
    ],
)
def test_a_page_that_ends_in_its_middle_says_so(content: str, is_cut: bool) -> None:
    assert ("cut_off" in clean_page(content).quality.flags) is is_cut


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableInput):
        clean_page(bytes(range(1, 32)) * 100)
