"""Datelines: which date do readers see? Looked for in the page's own text when nothing is declared.

Trust falls with distance: a short line between the headline and the first paragraph, an element
called a date, a line that says "published", the opening of the first paragraph, the only full date
there is. Regions about other articles do not count.

In one file because what a line says of its date is told by the same words wherever it stands.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from corpus.cleaner.body.furniture import rule_for
from corpus.cleaner.dates.reading import dates_at, is_placeholder, parse_date
from corpus.cleaner.dates.words import (
    CHANGED_SENTENCE,
    DATELINE_STOPS,
    EVENT_LINE,
    EVENT_MARKS,
    MONTHS,
    PUBLISHED_LABEL,
    PUBLISHED_SENTENCE,
    PUBLISHED_WORD,
    UPDATED_LABEL,
)
from corpus.cleaner.same_words import SENTENCE_END, Caseless, words_of
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block
from corpus.dates import PartialDate

# What does a line say of the date in it: published then, changed then, or nothing?

_UPDATED = re.compile(UPDATED_LABEL, re.IGNORECASE)
_PUBLISHED = re.compile(rf"\W*{PUBLISHED_WORD}", re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:(?:^|[|•·,;(/\n]\s*|[–—.-]\s+)(?:{PUBLISHED_LABEL})|(?<=\d)\s+{PUBLISHED_WORD})\b"
    r"[^\d]{0,24}\d",
    re.IGNORECASE,
)
_CHANGED_FIRST = re.compile(rf"\W*(?:\w+\s)?(?:{UPDATED_LABEL})[^\d]{{0,16}}\d", re.IGNORECASE)
_LAST_CHANGED = re.compile(
    rf"(?:{CHANGED_SENTENCE})[^\d\n]{{0,60}}\d", re.IGNORECASE | re.MULTILINE
)
_TOLD = Caseless(rf"(?:{PUBLISHED_SENTENCE})\b[^\d]{{0,40}}\d", re.MULTILINE)
_CHANGED_BEHIND = re.compile(r"[(（\[][^()（）\[\]]*\d[^()（）\[\]\d]*(?:更新|修改|수정)\s*[)）\]]")
_STAND = re.compile(r"\d{4}\b[^|•·\n]{0,20}[|•·,;–-]\s*(Stand\b[:\s]{1,3})(?=[^\d\n]{0,14}\d)")
"""German: alone it says when a page was published, behind another date when it was changed."""
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d|copyright|all rights reserved", re.IGNORECASE)
_DATELINE_GOES_ON = re.compile(r"\s*(?:[-–—:.|()\]„“”\"«/]|\n|$)")
_WORD = re.compile(r"[^\W\d_]+")


def is_told(text: str) -> bool:
    """Whether a text says of a date in it that it is that of publication."""
    return bool(_LABELLED.search(text) or _TOLD.search(text))


def is_told_in_a_sentence(text: str) -> bool:
    """Whether a sentence says so: "This entry was posted on …"; a bare "on" does not."""
    return _TOLD.search(text)


def is_changed(text: str) -> bool:
    """Whether a text says of the page that it was changed, and when: "… was last edited on …"."""
    return bool(_CHANGED_FIRST.match(text) or _LAST_CHANGED.search(text[:_MAX_LINE]))


def is_about_rights(text: str) -> bool:
    """Whether a line claims rights: its year is not that of publication."""
    return bool(_COPYRIGHT.search(text))


def labelled_parts(text: str) -> Iterator[tuple[str, bool]]:
    """A line in parts, each with whether it tells of a change: "Published …, updated …"."""
    behind_it = _CHANGED_BEHIND.search(text)
    if behind_it is not None:  # "2024年3月12日（13日 8時更新）"
        yield text[: behind_it.start()] + " " + text[behind_it.end() :], False
        yield behind_it[0], True
        return
    update = _LAST_CHANGED.search(text) or _UPDATED.search(text)
    if update is not None:
        start, behind = update.span()
    elif stand := _STAND.search(text):
        start, behind = stand.span(1)
    else:
        yield text, False
        return
    published = next((m for m in _LABELLED.finditer(text) if m.start() > behind + 8), None)
    end = published.start() if published else len(text)
    yield text[:start] + " " + text[end:], False
    yield text[start:end], True


def dateline(opening: str, month_first: bool | None) -> PartialDate | None:
    """The date that a paragraph opens with: "KYIV, 3 March 2024 (Agency) - Shelling …"."""
    for (start, end), date in dates_at(opening, basis="byline", month_first=month_first)[:1]:
        before = opening[:start].rstrip()
        words = _WORD.findall(before)
        place = all(word[0].isupper() or not word.islower() for word in words)
        stopped = any(word.casefold() in DATELINE_STOPS for word in words)
        set_off = not before or not before[-1].isalnum()
        if place and set_off and not stopped and _DATELINE_GOES_ON.match(opening, end):
            return date
    return None


_ELSEWHERE = frozenset(
    "comments related footer masthead advertisement newsletter popup cookie_notice caption "
    "quote".split()
)
_QUOTED = frozenset(("caption", "quote", "comments", "related"))
_DATE_MARKS = re.compile(
    r"(?:^| |-)(?:date|dates|datum|fecha|data|time|timestamp|datetime|dateline|published|publish|"
    r"pubdate|posted|postdate|byline|created|submitted|updated|authored|uhrzeit|meta|metadata|infos?|"
    r"author|details)(?= |-|$)"
)
_EVENT_MARKS = re.compile(rf"(?:^| |-)(?:{EVENT_MARKS})(?= |-|$)")
_EVENT_LINE = Caseless(EVENT_LINE)
_MOST_OF_EVENT = 300  # characters of such a box
_MAX_LINE = 180
_WEEKDAY = 14  # characters of a day of the week before a date
_RANGE = re.compile(r"(?<![\d:.,/])[0-3]?\d\s?[–—-]\s?[0-3]?\d\.?\s+(?:de\s+)?[^\W\d_]{3,}\.?,?\s")
_MOST_TOLD = 600  # characters of a line whose beginning may say when the page was published
_MAX_HEADLINE = 300
_MAX_LINES = 200
_MAX_RUNS = 5000
_BARE = 50  # characters of a line that is a date and little more
_BARE_AFTER = 35  # the same where a line may be about anything
_OPENING = 70  # characters of a paragraph that may be its dateline
_LINKED = 0.9  # of a line that is a link
_RIGHT_ABOVE = 2  # lines, of those above a headline
_CLOSING, _BELOW = 4, 3  # lines at the end of a story, and below it
_TOLD_WORDS = 3  # beside a date, of what tells of that day
_BEFORE, _AFTER = 10, 4  # runs before the story, and after it

_DAY = len("2022-03-04")


@dataclass(frozen=True, slots=True)
class Line:
    """A date in the page's text.

    Attributes:
        place: 0 between headline and story, 1 just before, 2 just after the story, 3 elsewhere.
        bare: the line is a date and little more.
        marked: in an element called a date.
        labelled: its label tells of publication.
        updated: its label tells of a change.
        tabled: in a row of a table that says of what it is the date.
        beside: something else stands in the line, as the day of the week in a masthead.
    """

    date: PartialDate
    place: int
    bare: bool
    marked: bool
    labelled: bool
    updated: bool
    tabled: bool = False
    beside: bool = False


def visible_dates(
    top: Block, seed: Block, *, title: str, collected: datetime | None, month_first: bool | None
) -> list[Line]:
    """The dates in a page's text, most trusted first.

    Args:
        top: the outline; what was dropped as teasers does not count.
        seed: the block where the story is.
        collected: what "3 hours ago" counts back from; read beside the headline, not in it; None
            where nobody knows when the page was saved.
        month_first: as in `parse_date`.
    """
    runs = _shown_runs(top)
    places = _places(runs, seed, title)
    around = [seed, *seed.ancestors()]
    headline = _headline_run(runs, places, title)
    around += [block for run in headline for block in run.ancestors()]
    elsewhere: dict[int, str] = {id(block): "" for block in around}
    lines: list[Line] = []
    for index, (run, place) in enumerate(zip(runs, places, strict=True)):
        if not _may_tell(run, place) or (place > 1 and _is_of_a_linked_teaser(index, runs)):
            continue
        if place > 1 and _is_of_a_list_of_links(run) and not is_told(run.text):
            continue
        rules = _QUOTED if place == 0 else _ELSEWHERE
        if is_told(run.text) or is_changed(run.text):
            rules = rules - {"footer"}
        if _is_elsewhere(run, elsewhere, rules) and not _is_beside(run, headline, runs):
            continue
        if _is_of_an_event(run) and not is_told(run.text):
            continue
        seen = collected if place < 2 and run not in headline else None
        lines.extend(_lines(run, place, collected=seen, month_first=month_first))
        if len(lines) >= _MAX_LINES:
            break
    return sorted(lines, key=_trust)


def _may_tell(run: Block, place: int) -> bool:
    """Whether a line is short, or opens the story, and could hold a date at all."""
    start = run.text[:_MAX_LINE]
    if run.size > _MAX_LINE and (place > 1 or not run.prose):
        return any(map(str.isdigit, start)) and is_told_in_a_sentence(start)
    near = place < 2 and run.size <= _BARE  # "yesterday" has no number
    if not near and not any(map(str.isdigit, start)):
        return False
    return not is_about_rights(start) or is_told(start)


def _headline_run(runs: list[Block], places: list[int], title: str) -> list[Block]:
    """The headline above the story, in a list; an empty one where it is not to be found."""
    story = next((index for index, place in enumerate(places) if place == 0), len(runs))
    index = _headline(runs[: story + 1], title)
    return [] if index is None else [runs[index]]


def short_lines(top: Block) -> list[str]:
    """The lines of a page that are short enough for a headline, from its beginning."""
    runs = (run for run in _shown(top) if run.size <= _MAX_HEADLINE)
    return [line for run in islice(runs, _MAX_RUNS) for line in run.text.split("\n")]


def opening_lines(top: Block, seed: Block, *, title: str) -> tuple[list[str], list[str]]:
    """The lines between headline and story, as readers see them; those right above the headline."""
    runs = _shown_runs(top)
    places = _places(runs, seed, title)
    short = [(run, place) for run, place in zip(runs, places, strict=True) if run.size <= _MAX_LINE]
    between = [line for run, place in short if place == 0 for line in run.text.split("\n")]
    above = [run.text for run, place in short if place == 1]
    return between, above[-_RIGHT_ABOVE:] if between else []


def closing_lines(seed: Block) -> Iterator[str]:
    """The last lines in the block where the story is, and those below; looked for when asked."""
    last = list(deque(seed.runs(), maxlen=_CLOSING))
    below = (block for block in seed.following() if not block.dropped)
    last += islice((run for block in below for run in block.runs()), _BELOW)
    yield from (run.text for run in last if run.size <= _MAX_LINE)


def published_in(lines: list[Line], *, collected: datetime) -> Iterator[PartialDate]:
    """Candidates for the date of publication, most trusted first.

    Args:
        collected: its day is what mastheads show on every page.
    """
    told = [line for line in lines if not line.updated and not _is_of_a_masthead(line, collected)]
    sure = [
        line for line in told if line.place < 2 or line.labelled or (line.place == 2 and line.bare)
    ]
    yield from (line.date for line in sure)
    to_the_day = [line for line in told if len(line.date.iso) >= _DAY]
    bare = [line for line in to_the_day if line.bare]
    marked = [line for line in to_the_day if line.marked]
    for only in (bare, marked):
        if len({line.date.iso[:_DAY] for line in only}) == 1:
            yield from (line.date for line in only[:1] if not line.tabled)


def _is_of_a_masthead(line: Line, collected: datetime) -> bool:
    """Whether a line above the headline is the day of collecting, and of the week or the like."""
    if line.place != 1 or line.labelled or not line.beside or len(line.date.iso) != _DAY:
        return False
    return abs(line.date.earliest - collected.date()) <= timedelta(days=1)


def _shown_runs(top: Block) -> list[Block]:
    return list(islice(_shown(top), _MAX_RUNS))


def _shown(top: Block) -> Iterator[Block]:
    """All runs but lists of teasers: dates are among what was already dropped as furniture."""
    stack = [top]
    while stack:
        block = stack.pop()
        if block.dropped == "teasers":
            continue
        if block.tag == RUN:
            yield block
        elif block.children:
            stack += block.children[::-1]


def _trust(line: Line) -> tuple[bool, int, bool]:
    plain = not (line.bare or line.marked or line.labelled)
    return (plain and line.place > 0, line.place, not line.labelled)


def _lines(
    run: Block, place: int, *, collected: datetime | None, month_first: bool | None
) -> Iterator[Line]:
    bare = run.size <= (_BARE if place < 2 else _BARE_AFTER) and not _is_about_a_day(run, place)
    marked = any(
        block.marks and _DATE_MARKS.search(block.marks)
        for count, block in enumerate(run.ancestors())
        if count < 3
    )
    told = run.text[:_MOST_TOLD]
    tabled = _is_of_a_table(run)
    place = 3 if tabled else place
    labelled = run.size <= _MAX_LINE and (
        is_changed(told) or (place < 2 and _is_of_its_own(told, month_first))
    )
    if run.prose and not bare and not labelled and not is_told_in_a_sentence(told):
        # "On 3 March 2024 the river rose" tells of the story, not of the page
        date = dateline(told[:_OPENING], month_first)
        if date is not None and place < 2:
            yield Line(date, place, bare=False, marked=marked, labelled=False, updated=False)
            return
        short = [line for line in told[:_MAX_LINE].split("\n")[1:] if len(line) <= _BARE]
        if not short:
            return
        told = "\n".join(short)  # a headline, a byline, a date with breaks between them
    for text, updated in labelled_parts(told):
        if _RANGE.search(text):
            continue  # "3–9 March 2024" is when something went on
        date = parse_date(text, basis="byline", collected=collected, month_first=month_first)
        if date is not None and not is_placeholder(text, date):
            beside = any(word.casefold() not in MONTHS for word in _WORD.findall(text))
            yield Line(date, place, bare, marked, is_told(text), updated, tabled, beside)


def _is_of_a_linked_teaser(index: int, runs: list[Block]) -> bool:
    """Whether a line is a link's, as the headline right above it: of another story."""
    run, above = runs[index], runs[index - 1] if index else None
    return (
        above is not None
        and run.link_density > _LINKED
        and above.link_density > _LINKED
        and any(block.tag in HEADINGS for block in islice(above.ancestors(), 2))
    )


def _is_of_an_event(run: Block) -> bool:
    """Whether a line tells when something is held, by its words or the small box it stands in."""
    if run.size <= _MAX_LINE and _EVENT_LINE.search(run.text):
        return True
    return any(
        block.size <= _MOST_OF_EVENT and is_called_an_event(block.marks)
        for block in islice(run.ancestors(), _AROUND_IT)
    )


_AROUND_IT = 3


def is_called_an_event(marks: str) -> bool:
    """Whether an element is called an event, a calendar or the like."""
    return bool(marks) and _EVENT_MARKS.search(marks) is not None


def _is_of_a_list_of_links(run: Block) -> bool:
    """Whether a line is one of a list's, each with a link: "A story 20 May 2024"."""
    parents = list(islice(run.ancestors(), 2))
    item = next((block for block in parents if block.tag == "li"), None)
    if item is None or not item.linked:
        return False
    beside = item.parent.children if item.parent is not None else []
    return sum(block.tag == "li" and bool(block.linked) for block in beside) > 1


def _is_about_a_day(run: Block, place: int) -> bool:
    """Whether a short line below a story is its last sentence: "It came on 3 May 2023."."""
    if place < 2 or not SENTENCE_END.search(run.text) or is_told(run.text):
        return False
    words = _WORD.findall(run.text)
    return sum(word.casefold() not in MONTHS for word in words) >= _TOLD_WORDS


def _is_of_its_own(line: str, month_first: bool | None) -> bool:
    """Whether a line that is no sentence begins with a date, or says when it was published."""
    if SENTENCE_END.search(line):
        return False
    found = dates_at(line, basis="byline", month_first=month_first)
    return bool(found) and (found[0][0][0] <= _WEEKDAY or bool(_LABELLED.search(line)))


def _is_of_a_table(run: Block) -> bool:
    """Whether a run is a cell beside or below one that says of what it is the date, as in the box
    of a battle or a list of what happened; that of publication is the page's.
    """
    cell = next((block for block in islice(run.ancestors(), 3) if block.tag == "td"), None)
    row = cell.parent if cell is not None else None
    if row is None or row.tag != "tr":
        return False
    rows = [row]
    table = next((block for block in islice(row.ancestors(), 2) if block.tag == "table"), None)
    if table is not None:
        rows += islice((block for block in table.walk() if block.tag == "tr"), 1)
    heads = [one.full_text() for each in rows for one in each.children if one.tag == "th"]
    return bool(heads) and not any(map(_PUBLISHED.match, heads))


def _is_beside(run: Block, headline: list[Block], runs: list[Block]) -> bool:
    """Whether a line that is a date stands right above or below the headline, whatever the page
    calls it.
    """
    if not headline or run.size > _BARE_AFTER:
        return False
    index = next((i for i, other in enumerate(runs) if other is headline[0]), -2)
    return any(0 <= i < len(runs) and runs[i] is run for i in (index - 1, index + 1))


def _places(runs: list[Block], seed: Block, title: str) -> list[int]:
    """For each run, where it stands: see `Line.place`."""
    inside = set(map(id, seed.all_runs()))
    prose = [index for index, run in enumerate(runs) if run.prose and id(run) in inside]
    if not prose:
        return [3] * len(runs)
    first, last = prose[0], prose[-1]
    paragraph = prose[min(1, len(prose) - 1)]  # the first may be a standfirst
    headline = _headline(runs[: first + 1], title)
    places = [3] * len(runs)
    for index in range(max(0, first - _BEFORE), first):
        places[index] = 1
    if headline is not None:
        for index in range(max(headline, first - 3 * _BEFORE), first):
            places[index] = 0
        for index in range(max(0, headline - _BEFORE // 2), headline):
            places[index] = 1
    for index in range(first, paragraph + 1):
        places[index] = 0
    for index in range(last + 1, min(len(runs), last + 1 + _AFTER)):
        places[index] = 2
    return places


def _headline(runs: list[Block], title: str) -> int | None:
    """The run that is the headline: nearest to the story, in the words of the title."""
    said = set(words_of(title))
    for index in range(len(runs) - 1, -1, -1):
        text = runs[index].text
        for line in {text, text.partition("\n")[0]} if said else ():
            words = set(words_of(line))
            if len(words & said) > 0.7 * len(words | said) or _ends_with(line, title):
                return index
        if any(block.tag == "h1" for block in list(runs[index].ancestors())[:3]):
            return index
    return None


def _ends_with(line: str, title: str) -> bool:
    """Whether a line is a kicker and the title, in one heading."""
    ending = words_of(title)
    return len(ending) >= _TOLD_WORDS and words_of(line)[-len(ending) :] == ending


def _is_elsewhere(run: Block, known: dict[int, str], rules: frozenset[str]) -> bool:
    """Whether a run stands in a region under one of the rules."""
    chain = []
    answer = ""
    for block in run.ancestors():
        if id(block) in known:
            answer = known[id(block)]
            break
        chain.append(block)
        rule = rule_for(block.tag, block.marks)
        if block.tag == "blockquote":
            answer = "quote"
        elif rule is not None and rule.name in _ELSEWHERE:
            answer = rule.name
        if answer:
            break
    for block in chain:
        known[id(block)] = answer
    return answer in rules
