"""Analysis: what is found in one article, apart from every other article?

Names, dates that the text speaks of, quotes, roles, and the signature that finds its reprints. This
is the slow part of a rebuild, it is pure, and so its result is kept (`indexer.articles.cache`).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass

import numpy as np

from corpus.article import Article
from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.articles.quotes.types import Quote
from indexer.articles.roles.types import Role
from indexer.entities import SHIPPED, Recognition
from indexer.families import shingles

_SIGNATURE_BYTES = shingles.PLACES * 4


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one article.

    Attributes:
        recognition: its names and where they stand.
        mentioned: dates that the text speaks of, some without a year.
        quotes: what it gives as said.
        roles: what it says that its persons are.
        signature: MinHash of the text, see `indexer.families.shingles`.
    """

    recognition: Recognition
    mentioned: tuple[PartialDate, ...]
    signature: shingles.Signature
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()


EMPTY = Analysis(Recognition((), ()), (), shingles.signature(shingles.shingles([])))
"""Stands for the analysis of an article that cannot be analyzed."""


def analyze(*, language: str, title: str, text: str, tagger: str = SHIPPED) -> Analysis:
    """Finds everything in one article, its names by this `tagger`. Pure."""
    # Imported here, as who has analyses at hand, in an update, finds nothing: a tenth of a second.
    from indexer.articles import mentioned_dates  # noqa: PLC0415
    from indexer.articles.quotes.finding import quotes  # noqa: PLC0415
    from indexer.articles.roles.finding import roles  # noqa: PLC0415
    from indexer.entities import recognise  # noqa: PLC0415

    recognition = recognise(title, text, language, tagger_name=tagger)
    return Analysis(
        recognition=recognition,
        quotes=quotes(text, recognition, language=language),
        roles=roles(text, recognition, language=language),
        mentioned=mentioned_dates.mentioned_dates(text, language),
        signature=shingles.signature(shingles.shingles(analyzer().surfaces(text))),
    )


def content_key(article: Article) -> bytes:
    """Stands for all that an analysis depends on."""
    parts = (article.language, article.title, article.reading)
    joined = "\0".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).digest()


def encode(analysis: Analysis) -> bytes:
    """An analysis as bytes: its signature, then compressed JSON."""
    dates = [(date.iso, date.basis) for date in analysis.mentioned]
    found = json.dumps([dates, analysis.recognition.to_json(), analysis.quotes, analysis.roles])
    return analysis.signature.tobytes() + zlib.compress(found.encode(), 1)


def decode(stored: bytes) -> Analysis:
    """The analysis that `encode` was given.

    Raises:
        ValueError, zlib.error: the bytes are none.
    """
    dates, recognition, said, held = json.loads(zlib.decompress(stored[_SIGNATURE_BYTES:]))
    return Analysis(
        recognition=Recognition.from_json(recognition),
        mentioned=tuple(PartialDate(iso, basis) for iso, basis in dates),
        signature=np.frombuffer(stored[:_SIGNATURE_BYTES], dtype=np.uint32),
        quotes=tuple(Quote(*one) for one in said),
        roles=tuple(Role(*one) for one in held),
    )
