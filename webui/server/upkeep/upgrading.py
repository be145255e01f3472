"""Upgrading: what of a collection is of an earlier version, and how is it made new?

The catalogue gets what it lacks in one transaction; an index that this version cannot read is made
anew beside the old one. Either is whole before or after, wherever it is cut off; run again, it goes
on with what is left.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import CatalogueOutdated, NoIndex, StorageError
from corpus.home import Home, exposed, make_private
from corpus.store import Catalogue
from indexer.pipeline import rebuild
from webui.collection import open_collection


def upgrade(home: Home, tell: Callable[[str], None], *, processes: int | None = None) -> int:
    """Makes new what is old, and says each step before it is done.

    Args:
        processes: see `indexer.pipeline.rebuild`.

    Returns:
        How many steps there were.

    Raises:
        NoCatalogue: there is no collection.
        StorageError: it is of a later version, damaged, or cannot be written.
    """
    steps = 0
    try:
        Catalogue.open(home, readonly=True).close()
    except CatalogueOutdated:
        steps += 1
        tell("Opening the catalogue on its server, and bringing its tables up to date")
        Catalogue.open(home).close()
    with Catalogue.open(home, readonly=True) as catalogue:
        lacking = catalogue.lacks()
        articles = catalogue.counts().articles
    for part in lacking:
        steps += 1
        tell(f"Adding to the catalogue: {part}")
    if lacking:
        Catalogue.open(home).close()
    if exposed(home):
        steps += 1
        tell("Closing the folder and its files to other users of this machine")
        make_private(home)
    reason = _of_index(home)
    if reason:
        steps += 1
        tell(f"Making the index anew, of {articles:,} articles: {reason}")
        rebuild(home, processes=processes)
    return steps


def _of_index(home: Home) -> str:
    """Why the index must be made anew; empty where it need not, or was never made."""
    try:
        with open_collection(home).index():
            return ""
    except NoIndex:
        return ""
    except StorageError as error:
        return error.what
