"""Catalogues: what is a sentence called in another language? Read from the `.po` files beside this.

They are read as they are, in each process when a reader first asks for the language: nothing has to
be compiled, and no second file can differ from the one that people edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from threading import Lock

FOLDER = Path(__file__).parent
_VALUE = re.compile(r"%\((\w+)\)s")
_READING = Lock()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language.

    Attributes:
        texts: by the English sentence.
        plurals: all forms, by the English singular.
        form: which of the forms a number takes; `rule` says it in C, and in JavaScript.
        patterns: sentences with values in them, the most particular first.
    """

    texts: Mapping[str, str]
    plurals: Mapping[str, Sequence[str]]
    form: Callable[[int], int]
    rule: str
    patterns: Sequence[tuple[re.Pattern[str], str]]

    def text(self, english: str) -> str:
        """The sentence; in English where it has no translation."""
        return self.texts.get(english) or english

    def plural(self, one: str, many: str, number: int) -> str:
        """The sentence in the form for a number."""
        forms = self.plurals.get(one)
        if forms is None:
            return one if number == 1 else many
        return forms[self.form(number)]

    def told(self, english: str) -> str:
        """The sentence, with the values that stand in it, whoever made it."""
        if found := self.texts.get(english):
            return found.replace("%%", "%")
        for pattern, translated in self.patterns:
            if held := pattern.fullmatch(english):
                return translated % {
                    name.removeprefix("v"): self._value(name, value)
                    for name, value in held.groupdict().items()
                }
        return english

    def _value(self, name: str, value: str) -> str:
        """What a place holds: a word of the program that comes first, another sentence, or words of
        a reader, which stay as they are.
        """
        is_ours = (name == "v1" and value.isalpha() and value.islower()) or value.startswith("; ")
        return self.told(value) if is_ours else value


@lru_cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of a language."""
    with _READING:
        return read(FOLDER / f"{code}.po")


def read(path: Path) -> Catalogue:
    """Reads a `.po` file."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  # for those who do not read English

    texts: dict[str, str] = {}
    plurals: dict[str, Sequence[str]] = {}
    with path.open("rb") as file:
        found = read_po(file, abort_invalid=True)
    for message in found:
        english, translated = message.id, message.string
        if isinstance(english, tuple | list) and isinstance(translated, tuple | list):
            if all(translated):
                plurals[english[0]] = tuple(translated)
        elif isinstance(english, str) and isinstance(translated, str) and english and translated:
            texts[english] = translated
    patterns = sorted(
        (english for english in texts if _VALUE.search(english)),
        key=lambda english: (-len(_VALUE.sub("", english)), english),
    )
    return Catalogue(
        texts,
        plurals,
        c2py(found.plural_expr),
        found.plural_expr,
        [(_pattern(english), texts[english]) for english in patterns],
    )


def _pattern(english: str) -> re.Pattern[str]:
    """What a sentence looks like when values stand in it."""
    made, known = "", set[str]()
    for place, part in enumerate(_VALUE.split(english)):
        if place % 2 == 0:
            made += re.escape(part.replace("%%", "%"))
        elif part in known:
            made += f"(?P=v{part})"
        else:
            known.add(part)
            made += f"(?P<v{part}>.*?)"
    return re.compile(made, re.DOTALL)
