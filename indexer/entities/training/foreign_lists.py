"""Foreign lists: which words of other languages are given names, and which places are also ordinary
words there? For `make foreign-lists`.

Given names are the first words of persons in labeled text. A place is an ordinary word of a
language whose dictionary has it in lower case (`simplemma`, MIT, as pinned in the Makefile; asked
here only), or, where labeled text is all there is, that its labels mostly call none. Both files
hold single words, no sentence of what was read.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.entities import lexicon
from indexer.entities.tagging.word_lists import shipped_lists

LANGUAGES = ("de", "es", "fa", "fr", "it", "pl", "pt", "ru", "tr", "uk")
LABELED = ("ar-anercorp", "ar-aqmar", "de-germeval", "ru-factrueval", "ru-unerpud", "tr-wikiner")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ]")
_ATTACHED = "وفبلك"  # in Arabic, in front of a name
_ARABIC_ARTICLE = "ال"
_FEWEST = 2
_NAME_SHARE = 0.5
GIVEN_SOURCE = "# Given names: first words of persons in factRuEval (MIT), UNER PUD (CC BY-SA 3.0)"
ORDINARY_SOURCE = (
    "# Names of places that are ordinary words: language, words. simplemma's dictionaries (MIT);"
    " English: given names that are words. Arabic, German, Russian, Turkish also by the labels of"
    " the texts in docs/entities.md."
)


def _labeled(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for name in LABELED:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield name[:2], record["tokens"], record["tags"]


def given_names(folder: Path) -> list[str]:
    """First words of persons of several words, met twice, and mostly in names."""
    first: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for _, tokens, tags in _labeled(folder):
        for at, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
            if tag == "B-PER" and tags[at + 1 : at + 2] == ["I-PER"]:
                first[token] += 1
            elif not tag.endswith("PER"):
                other[token] += 1
    kept = {
        name
        for name, count in first.items()
        if (count >= _FEWEST or not name[0].isupper() or _CYRILLIC.match(name))
        and _WORD.fullmatch(name)
        and not name.isupper()
        and (name[0].isupper() or _ARABIC.match(name))
        and count > other[name]
    }
    return sorted(name for name in kept if not (name[0] in _ATTACHED and name[1:] in kept))


def ordinary_words(folder: Path) -> dict[str, list[str]]:
    """Language → names of places that are words there."""
    names = {
        name
        for _, place in lexicon.places()
        for name in (place.label, *place.others)
        if _WORD.fullmatch(name)
    }
    dictionary: Any = importlib.import_module("simplemma")
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for name in names:
            if bool(_CYRILLIC.match(name)) != (language in {"ru", "uk"}) or (
                bool(_ARABIC.match(name)) != (language == "fa")
            ):
                continue
            lemma = dictionary.lemmatize(name.lower(), language)
            known = dictionary.is_known(name.lower(), language)
            if known and (lemma[:1].islower() or language == "fa"):
                found[language].add(name)
    places: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, Counter[str]] = defaultdict(Counter)
    bare = {name.removeprefix(_ARABIC_ARTICLE): name for name in names}
    for language, tokens, tags in _labeled(folder):
        for token, tag in zip(tokens, tags, strict=True):
            name = bare.get(token.removeprefix(_ARABIC_ARTICLE), token)
            if name in names:
                (places if tag.endswith("LOC") else others)[language][name] += 1
    english = shipped_lists().given
    found["en"] = {
        name
        for name in english
        if dictionary.is_known(name, "en") and dictionary.lemmatize(name, "en").islower()
    }
    for language, counts in others.items():
        found[language].update(
            token
            for token, count in counts.items()
            if count * _NAME_SHARE > places[language][token] * (1 - _NAME_SHARE)
        )
    return {language: sorted(words) for language, words in sorted(found.items())}


def main(folder: Path, target: Path) -> None:
    """Writes both files, byte for byte the same for the same input."""
    given = [
        f"{GIVEN_SOURCE}, ANERcorp, AQMAR, GermEval (CC BY 4.0) and Wiki-NER.",
        *given_names(folder),
    ]
    ordinary = [ORDINARY_SOURCE]
    ordinary += [
        f"{language}\t{' '.join(words)}" for language, words in ordinary_words(folder).items()
    ]
    for name, lines in (("labeled_given_names.txt.gz", given), ("ordinary_words.tsv.gz", ordinary)):
        with (target / name).open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
            file.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
