"""Versions: on which sources does each thing depend that is kept? Told without loading any of them.

So that an update that finds nothing changed loads no model and no compiled loop. Each is a
fingerprint (`corpus.fingerprint`) of the modules that make the thing, by their names.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from corpus.fingerprint import HOUSE, fingerprint
from indexer.entities.recognition import SHIPPED

_WORDS = ("tokenizer", "acronyms", "folding", "stemming")
"""What a word is; stop words lie beside them."""
_RECOGNISER = "indexer.entities.within_article.recogniser"
_WHOLE_COLLECTION = (
    "indexer.entities.across_collection.canonicaliser",
    "indexer.entities.authority.record",
    "indexer.entities.directory.reader",
)
"""What the package of entities offers beside the recogniser; it looks at no single article."""


def words() -> str:
    """Changes when a text could come to other words."""
    return fingerprint(*(f"indexer.analysis.{name}" for name in _WORDS), libraries=["nltk"])


def recogniser(tagger: str = SHIPPED, *, house: Path = HOUSE) -> str:
    """Changes when any article could be recognized otherwise; part of every cache key.

    Args, Raises: see `indexer.entities.tagger`; one that does not ship is loaded, as it alone
        knows its version.
    """
    own = "" if tagger == SHIPPED else f" {import_module(_RECOGNISER).tagger(tagger).version}"
    libraries = ["nltk", "python-crfsuite"]
    return fingerprint(_RECOGNISER, libraries=libraries, apart=_WHOLE_COLLECTION, house=house) + own


def analyses(tagger: str = SHIPPED) -> str:
    """Changes when an article could get another analysis.

    Args, Raises: see `recogniser`.
    """
    found = fingerprint(
        "indexer.articles.mentioned_dates",
        "indexer.families.shingles",
        "indexer.articles.quotes",
        "indexer.articles.roles",
        libraries=["numpy"],
    )
    return f"{recogniser(tagger)}; {found}; {words()}"


def writer(*, house: Path = HOUSE) -> str:
    """Changes when the same documents may come to other files.

    Such an index is still read where its files have the format that is known; nothing of it is
    taken over.
    """
    return fingerprint("indexer.writers.whoosh", libraries=["numpy"], house=house)
