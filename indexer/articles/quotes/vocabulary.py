"""Vocabulary: which words say in a language that somebody said something?

They stand in `speech.toml`, where what each of them is for is told. English has its own in `words`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_TABLE = "speech.toml"
_CASED = "de"
"""Where *berichten* is a verb and *Berichten* is none."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of speech of one language, compiled.

    Attributes:
        cue: what says that somebody says something; its groups are `verb`, `adding` (*adding*),
            `his` (*according to him*), `by` (*according to*) and `for` (the same behind a name).
        he: the pronouns of one person, in lower case.
        joined: *and* right before a verb; None where it is a letter of the verb (`attached`).
        ending: a verb by its ending, as `verb`; None where endings do not tell verbs.
        contrast: a comma and what begins a clause with another subject.
        denied: what stands right before a verb that is denied.
    """

    cue: re.Pattern[str]
    that: re.Pattern[str]
    people: re.Pattern[str]
    speaks_for: re.Pattern[str]
    he: frozenset[str]
    preposition: re.Pattern[str]
    joined: re.Pattern[str] | None
    attached: str
    to: str
    lead: re.Pattern[str]
    ending: re.Pattern[str] | None
    contrast: re.Pattern[str]
    of: re.Pattern[str] | None
    about: re.Pattern[str] | None
    denied: re.Pattern[str]
    dashes: bool
    silent: bool
    order: str

    @property
    def verb_first(self) -> bool:
        return self.order == "verb first"

    @property
    def verb_last(self) -> bool:
        return self.order == "verb last"


@cache
def words(language: str) -> Words | None:
    """The words of speech of a language (ISO 639-1); None where none are known."""
    known = _table().get(language)
    if known is None:
        return None
    lead, ending = _any(known["lead"]), known["ending"]
    kinds = {
        "verb": known["verbs"],
        "adding": known["adding"],
        "his": known.get("by_he", ""),
        "by": known["by"],
        "for": known.get("by_after", ""),
    }
    cased = "" if language == _CASED else "i"
    cue = "|".join(
        f"(?P<{kind}>(?{cased if kind == 'verb' else 'i'}:{_any(said)}))"
        for kind, said in kinds.items()
        if said.strip()
    )
    joined, of, about = _any(known["and"]), known.get("of"), known.get("about")
    return Words(
        re.compile(rf"(?<![\w'’])(?:{cue})(?![\w’])"),
        re.compile(known["that"]),
        re.compile(rf"(?<!\w)(?:{_any(known['people'])})", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_any(known['speaks_for'])})", re.IGNORECASE),
        frozenset(known["he"].split()),
        re.compile(rf"\s(?:{_any(known['preposition'])})(?!\w)"),
        re.compile(rf"(?:\A|[\s,،])(?:{joined})\s*\Z") if joined else None,
        known.get("attached", ""),
        known.get("to", ""),
        re.compile(rf"(?:{lead})\s+", re.IGNORECASE),
        re.compile(rf"(?P<verb>{ending})(?!\w)") if ending else None,
        re.compile(rf"[,،;]\s+(?:{_any(known['while'])})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{_any(of)})\s") if of else None,
        re.compile(rf"\s+(?:{_any(about)})\s") if about else None,
        re.compile(rf"(?:\A|\s)(?:{_any(known['not'])})\s*\Z", re.IGNORECASE),
        known["dashes"],
        known["silent"],
        known.get("order", ""),
    )


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath(_TABLE).read_text("utf-8"))


def _any(said: str) -> str:
    return "|".join(said.split())
