"""Headlines: whom does a headline name that the article's text does not, or writes otherwise?

Capitals of headlines mislead a tagger, so only names that texts of the collection have are looked
for: in full, wherever they stand; a surname alone where nothing else can be meant. A headline never
makes a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from indexer.entities import lexicon
from indexer.entities.kept.texts import beginning, first_word
from indexer.entities.names.known import is_known_place, known_kind
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import ArticleName
from indexer.entities.tagging.learned.features import BODY_WORDS
from indexer.entities.tagging.word_lists import is_ordinary, shipped_lists
from indexer.entities.types import EntityKind

if TYPE_CHECKING:
    from indexer.entities.across_collection.headline_names import HeadlineName, HeadlineNames

_WORD = re.compile(r"[^\W_](?:[\w'’&-]*\w)?(?:(?<=\b[A-Z])\.)?")
_LONGEST = 5  # words of a name
_SHORTEST = 4  # letters of a surname that stands alone
_LONG_WORD = 4
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ROLES = frozenset(
    """president premier minister secretary ambassador senator governor general colonel major king
    queen prince pope mr mrs ms dr sen gov gen col judge justice chancellor sheikh
    ayatollah""".split()
)
# What a surname before it names is no person.
_OF_BODIES = frozenset(
    """act administration airport amendment associates association avenue award bank base bridge
    center centre church city clinic college commission company corp corporation county doctrine
    foundation fund group hall hospital house inc institute island library line memorial museum
    park plan prize report river road school square stadium street tower trust university
    valley""".split()
)
_NOT_LONE = frozenset(("de", "zh", "ja", "ko", "ar", "he", "fa"))
"""Languages whose capitals, or lack of them, do not tell a surname from a word."""


class _Word(NamedTuple):
    """A word of a headline: as written, and to compare."""

    start: int
    end: int
    written: str
    plain: str


class Headlines:
    """Finds names of the collection in headlines.

    What it finds depends on the article, and on nothing of the collection but `known`.
    """

    def __init__(self, known: HeadlineNames) -> None:
        self._known = known
        self._begin: dict[str, bool] = {}
        """Word, plain → can a name of the collection begin with it? Most words of headlines say
        no, and nothing else is asked of these."""

    def added_to(
        self, names: Sequence[ArticleName], title: str, *, language: str
    ) -> tuple[ArticleName, ...]:
        """The names of an article, and behind them those that its headline alone has."""
        words = [_word(one) for one in _WORD.finditer(title)]
        surnames = _surnames(names)
        if not any(self._may_begin(word.plain) or word.plain in surnames for word in words):
            return tuple(names)
        taken = counted(title, names)
        told = _Told(title, words, language)
        found: dict[tuple[EntityKind, str], int] = defaultdict(int)
        at = 0
        while at < len(words):
            kind_and_name, length = None, 1
            if words[at].start not in taken:
                kind_and_name, length = self._at(told, at, surnames)
            if kind_and_name is not None:
                found[kind_and_name] += 1
            at += length
        more = (
            ArticleName(kind, ((name, 0),), in_title=count) for (kind, name), count in found.items()
        )
        return (*names, *more)

    def _at(
        self, told: _Told, at: int, own: Mapping[str, Sequence[ArticleName]]
    ) -> tuple[tuple[EntityKind, str] | None, int]:
        """The name that begins at a word, and how many words it has; the longest there is.

        Args:
            own: surname → the persons of the article's text who bear it.
        """
        word = told.words[at]
        mine = own.get(word.plain)
        if mine is None and not self._may_begin(word.plain):
            return None, 1
        if at + 1 < len(told.words) and self._known.may_begin_so(beginning(told.plain(at, 2))):
            for length in range(min(_LONGEST, len(told.words) - at), 1, -1):
                whole = self._known.in_full[told.plain(at, length)]
                if (
                    whole is not None
                    and told.is_joined(at, length)
                    and _is_sure(whole, told, at, length)
                ):
                    return (whole.kind, whole.spelling), length
        bearer = None if mine else self._known.bearers[word.plain]
        if (mine or bearer is not None) and told.may_be_lone(at):
            if mine:
                return ((mine[0].kind, mine[0].full), 1) if len(mine) == 1 else (None, 1)
            if bearer is not None and (told.is_introduced(at) or not bearer.is_rather_a_place):
                return (bearer.kind, bearer.spelling), 1
        lone = self._known.alone[word.plain]
        if lone is not None and told.may_be_place_or_body(at, lone):
            return (lone.kind, lone.spelling), 1
        return None, 1

    def _may_begin(self, word: str) -> bool:
        """Can a name of the collection begin with a word of a headline?"""
        may = self._begin.get(word)
        if may is None:
            known = self._known
            may = self._begin[word] = (
                known.may_begin(first_word(word))
                or known.alone[word] is not None
                or known.bearers[word] is not None
            )
        return may


def _is_sure(whole: HeadlineName, told: _Told, at: int, length: int) -> bool:
    """Is it no chance that these words stand side by side?"""
    if whole.kind is EntityKind.ORG and known_kind(whole.key) is None:
        words = told.words[at : at + length]
        if all(is_ordinary(one.plain) for one in words):
            # the Rural Students Federation is one, the National Security Advisor none
            return words[-1].plain in BODY_WORDS and told.is_written_as_name(at, length)
    return told.is_written_as_name(at, length)


class _Told:
    """What the way in which a headline is written tells of its words."""

    def __init__(self, title: str, words: Sequence[_Word], language: str) -> None:
        self.words = words
        self._title = title
        self._language = language
        self._is_shouted = title.isupper()

    @cached_property
    def _is_sentence(self) -> bool:
        long = [one.written for one in self.words[1:] if len(one.written) >= _LONG_WORD]
        small = sum(one.islower() for one in long)
        return bool(long) and 2 * small >= len(long)

    def plain(self, at: int, length: int) -> str:
        return " ".join(one.plain for one in self.words[at : at + length])

    def is_joined(self, at: int, length: int) -> bool:
        """Do only blanks stand between the words?"""
        return all(
            not self._title[one.end : other.start].strip(" .")
            for one, other in zip(
                self.words[at : at + length - 1], self.words[at + 1 : at + length], strict=True
            )
        )

    def is_written_as_name(self, at: int, length: int) -> bool:
        """Do its first and last word begin with capitals, where letters have them?"""
        ends = self.words[at], self.words[at + length - 1]
        return not any(one.written[0].islower() for one in ends)

    def may_be_lone(self, at: int) -> bool:
        """Can the word be somebody's surname, and nothing else?"""
        word = self.words[at]
        if self._language in _NOT_LONE or len(word.plain) < _SHORTEST or not self._is_capital(at):
            return False
        if word.plain in _ROLES or word.plain in lexicon.honorifics():
            return False
        if self._is_part_of_longer(at):
            return False
        if self.is_introduced(at):
            return True
        if word.plain in _given_names():
            return False
        if self._language == "en" and not is_ordinary(word.plain):
            return True
        return self._is_sentence and at > 0

    def is_introduced(self, at: int) -> bool:
        """Is it said to be a person: `Secretary Rice`, `the envoy (Rice)`?"""
        return self._is_bracketed(at) or (at > 0 and self.words[at - 1].plain in _ROLES)

    def may_be_place_or_body(self, at: int, name: HeadlineName) -> bool:
        """Can the word be this place or body, and nothing else?"""
        word = self.words[at]
        if not self._is_capital(at) or self._is_part_of_longer(at):
            return False
        if name.kind is EntityKind.PLACE:
            if not is_known_place(name.key) and not name.is_frequent:
                return False
            return not is_ordinary(word.plain) or (self._is_sentence and at > 0)
        if name.spelling.isupper():
            return word.written.isupper() and (not self._is_shouted or not is_ordinary(word.plain))
        return name.is_frequent and not is_ordinary(word.plain)

    def _is_capital(self, at: int) -> bool:
        return self.words[at].written[0].isupper()

    def _is_bracketed(self, at: int) -> bool:
        word = self.words[at]
        opened = self._title[: word.start].endswith(("(", "["))
        return opened and self._title[word.end :].startswith((")", "]", " and ", ","))

    def _is_part_of_longer(self, at: int) -> bool:
        """Do the words beside it make another name of it: `Nancy Kissinger`, `Ford Foundation`?"""
        if at and self.is_joined(at - 1, 2):
            before = self.words[at - 1]
            is_given = before.plain in _given_names() and before.written[0].isupper()
            if before.plain not in _ROLES and (is_given or before.written.endswith(".")):
                return True
            if self._is_named_so(before) and at > 1 and self._is_sentence:
                return True
        if at + 1 < len(self.words) and self.is_joined(at, 2):
            after = self.words[at + 1]
            has_body = after.plain in _OF_BODIES and after.written[0].isupper()
            return has_body or (self._is_sentence and self._is_named_so(after))
        return False

    def _is_named_so(self, word: _Word) -> bool:
        """Is it a capitalized word that is no role and no ordinary one?"""
        return (
            word.written[0].isupper()
            and word.plain not in _ROLES
            and not _POSSESSIVE.search(word.written)
            and not is_ordinary(word.plain)
        )


def _word(found: re.Match[str]) -> _Word:
    return _Word(found.start(), found.end(), found[0], plain(found[0]))


def words_of(title: str) -> set[str]:
    """The words of which all must be those of a key of `HeadlineNames` for a headline to ask for
    it.
    """
    return {word for one in _WORD.finditer(title) for word in plain(one[0]).split(" ")}


def counted(title: str, names: Sequence[ArticleName]) -> set[int]:
    """Where in the headline forms of names of the text stand: these are counted already.

    The longest form counts where several begin. (A pattern made for each headline took longer to
    be compiled than all else.)
    """
    forms = {form for one in names if one.in_title for form, _ in one.forms if form}
    found = sorted((at, -len(form)) for form in forms for at in _places(form, title))
    taken: set[int] = set()
    end = 0
    for start, length in found:
        if start >= end:
            end = start - length
            taken.update(range(start, end))
    return taken


def _places(form: str, title: str) -> Iterator[int]:
    """Where a form stands between signs that are no letters and no digits."""
    at = title.find(form)
    while at >= 0:
        end = at + len(form)
        if not (at and _in_word(title[at - 1])) and not _in_word(title[end : end + 1]):
            yield at
        at = title.find(form, at + 1)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _surnames(names: Sequence[ArticleName]) -> dict[str, list[ArticleName]]:
    """Last word of a person's name, plain → the persons of an article who bear it."""
    found: dict[str, list[ArticleName]] = {}
    for one in names:
        if one.kind is EntityKind.PERSON:
            found.setdefault(plain(one.full).rpartition(" ")[2], []).append(one)
    return found


def _given_names() -> frozenset[str]:
    return shipped_lists().given
