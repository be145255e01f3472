"""Ends: what stands before the story begins and after it ends, inside its own region?

Before: the headline again, who wrote it and when, and whatever precedes the headline. After: who
the author is, and the foot of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.cleaner.body.phrases import AUTHOR_BIO, COPYRIGHT, MASTHEAD_LINE
from corpus.cleaner.dates.reading import full_dates
from corpus.cleaner.declared.byline_names import is_said
from corpus.cleaner.declared.signatures import signed_names
from corpus.cleaner.same_words import SENTENCE_END, words_of
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, kind_of

_OPENING_RUNS = 14
_HEADLINE_WITHIN = 600  # characters of prose before a headline, beyond which it is not the headline
_MASTHEAD = 120  # characters of a line between headline and story
_ENDING_RUNS = 3
_BIO = 600
_NOTICE = 400
_FOOT = 220
_FOOT_LINKED = 0.2
_PRINTED = re.compile(  # below what was printed
    r"\W*(?:find this (?:article|story)|(?:article |page )?printed from|url to article|"
    r"(?:original|source|article) url|url|permalink|diesen artikel finden sie|gedruckt von|"
    r"(?:article |page )?imprimée? (?:à partir|depuis|du)|"
    r"(?:artikel |seite )?ausgedruckt (?:von|am)|"
    r"(?:artículo |página )?impres[oa] (?:de|desde)|(?:articolo )?stampato da|wydrukowano z|"
    r"распечатано с|надруковано з|версия для печати|"
    r"adresse de (?:cet|l['’])\s?article|постоянный адрес|адрес страницы|адреса сторінки)\b"
    r"[^\n]{0,60}https?://\S+\W*$",
    re.IGNORECASE,
)
EDITED = re.compile(  # who else worked on what was printed
    r"\W*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|监制|編集|편집|редактор|редактура|корректор|переклад|перевод|"
    r"redaktion|bearbeitung|opracowanie|redakcja|עריכה|تحرير|إعداد|ویراستار)\s*[:：／/]\s*\S.{0,60}",
    re.IGNORECASE,
)
_SOURCE = re.compile(  # which agencies a story is of
    r"\W*(?:source|sources|quellen?|источники?|джерел[оа]|المصدر|المصادر|fuentes?|fontes?|kaynak|źródło|منبع|מקור|來源|来源|nguồn|sumber)\s*[:：]\s*(?:[^.!?]|(?<=\b\w)\.){2,60}",
    re.IGNORECASE,
)
_KICKED = 3  # words of a headline that others may stand before
_DAY_LINE, _DAY_WORDS = 60, 4
_LISTS, _LISTED = frozenset(("ul", "ol", "dl", "table")), 300  # characters of one about a story
_SIGNED_WITHIN = 8  # runs below the first paragraph
_BY = re.compile(r"\W*(?:by|von|par|por|автор:?)\s+", re.IGNORECASE)
_BIO_WORDS = re.compile(
    r"\b(?:is|was|covers|writes|works|reports|joined|edits|leads|ist|arbeitet|est|es|"
    r"has been|lives|studied|schreibt|berichtet|lebt|leitet|studierte|war|écrit|collabore|couvre|"
    r"vit|escribe|trabaja|vive|cubre|scrive|lavora|escreve|trabalha|пишет|работает|пише|працює)\b|@"
)


def drop_opening(body: Block, *, title: str, bylines: Sequence[str]) -> None:
    """Marks what precedes the first paragraph and is not the story."""
    runs = list(body.runs())
    headline = None if _is_shown_before(body, title) else _headline(runs, title)
    if headline is not None:
        for run in runs[:headline]:
            run.dropped = "before_headline"
        runs = runs[headline:]
    for count, run in enumerate(runs[:_OPENING_RUNS]):
        if _is_title(run, title) or (kind_of(run) == "h1" and run.size < 300 and count < 4):
            run.dropped = "title_repeated"
        elif _is_masthead(run, title) or _is_signature(run, bylines) or _says_day(run.text):
            run.dropped = "byline"
        elif run.prose:
            _drop_rest_of_lists(runs[:count])
            _drop_signature(runs[count + 1 : count + 1 + _SIGNED_WITHIN], bylines)
            break


def _drop_rest_of_lists(runs: list[Block]) -> None:
    """What stands above a story in a list or a table with its day: who put it in, how often it
    was read.
    """
    dated = {id(one) for run in runs if run.dropped == "byline" for one in run.ancestors()
             if one.tag in _LISTS and one.size <= _LISTED and not one.prose}  # fmt: skip
    for run in runs:
        if not run.dropped and any(id(block) in dated for block in run.ancestors()):
            run.dropped = "byline"


def drop_ending(body: Block, *, bylines: Sequence[str]) -> None:
    """Marks what follows the last paragraph and is not the story."""
    runs = list(body.runs())
    for run in runs[-_ENDING_RUNS:]:
        signed = run.text.startswith(tuple(bylines)) and bool(_BIO_WORDS.search(run.text))
        if run.size < _BIO and len(runs) > 4 and (signed or AUTHOR_BIO.match(run.text)):
            run.dropped = "author_bio"
        elif _is_masthead(run, "") or (
            len(runs) > 1 and (EDITED.fullmatch(run.text) or _SOURCE.fullmatch(run.text))
        ):
            run.dropped = "byline"
        elif run.size <= _NOTICE and (COPYRIGHT.match(run.text) or _is_printed(run)):
            run.dropped = "disclaimer"
    if runs and _is_foot(runs[-1]):
        runs[-1].dropped = "footer"


def _is_printed(run: Block) -> bool:
    """Whether each line of a run says where the page was printed from, or whose it is."""
    lines = run.text.split("\n")
    if _PRINTED.match(run.text.replace("\n", " ")):
        return True  # the address in a line of its own
    return bool(_PRINTED.match(lines[0])) and all(
        _PRINTED.match(line) or COPYRIGHT.match(line) for line in lines
    )


def _drop_signature(runs: list[Block], bylines: Sequence[str]) -> None:
    """Who and when, below a first paragraph that is a standfirst."""
    between = list(takewhile(lambda run: not run.prose and kind_of(run) not in HEADINGS, runs))
    said = [
        index
        for index, run in enumerate(between)
        if _is_signature(run, bylines) or run.text in bylines or _says_day(run.text)
    ]
    for run in between[: said[-1] + 1 if said else 0]:
        run.dropped = "byline"


def _is_shown_before(body: Block, title: str) -> bool:
    """Whether the headline stands above the story's region already."""
    folded = words_of(title)
    if not folded:
        return False
    for block in body.root().everything():
        if block is body:
            return False
        if block.tag == RUN and words_of(block.text) == folded:
            return True
    return False


def _headline(runs: list[Block], title: str) -> int | None:
    """Where the headline stands among the runs, when it stands before the story."""
    prose = 0
    for index, run in enumerate(runs):
        if _is_title(run, title) or (
            title and words_of(run.text.partition("\n")[0]) == words_of(title)
        ):
            return index
        prose += run.prose
        if prose > _HEADLINE_WITHIN:
            return None
    return None


def _is_title(run: Block, title: str) -> bool:
    """Whether a line is the headline, or a heading that ends with it, below a kicker."""
    told = words_of(title)
    said = words_of(run.text) if told else ()
    if len(told) >= _KICKED and kind_of(run) in HEADINGS and said[-len(told) :] == told:
        return True
    return bool(told) and said == told


def _is_masthead(run: Block, title: str) -> bool:
    """Whether each line of a run says who or when, or repeats the headline."""
    if kind_of(run) in ("td", "th", "li") and "\n" not in run.text:
        return False
    return all(
        (len(line) <= _MASTHEAD and MASTHEAD_LINE.fullmatch(line) and not is_said(line))
        or (title and words_of(line) == words_of(title))
        or (title and len(line) <= _MASTHEAD and (_says_day(line) or signed_names(line)))
        for line in run.text.split("\n")
    )


def _says_day(line: str) -> bool:
    """Whether a line is a date and little more: "Wednesday, 1 November 2023 at 12:50"."""
    if len(line) > _DAY_LINE or SENTENCE_END.search(line):
        return False
    words = sum(word.isalpha() for word in words_of(line))
    return words <= _DAY_WORDS and any(full_dates(line, basis="byline"))


def _is_signature(run: Block, bylines: Sequence[str]) -> bool:
    """Whether a line says who wrote: names alone, "By A. Person, a reporter who has covered …"."""
    if bylines and "".join(words_of(run.text)) == "".join(words_of(" ".join(bylines))):
        return True
    opening = _BY.match(run.text)
    names = tuple(map(str.casefold, bylines))
    return opening is not None and run.text[opening.end() :].casefold().startswith(names)


def _is_foot(run: Block) -> bool:
    """Whether the last line leads away: links in it, and no full stop after them."""
    return (
        run.size <= _FOOT
        and run.link_density > _FOOT_LINKED
        and kind_of(run) == "p"
        and not SENTENCE_END.search(run.text)
    )
