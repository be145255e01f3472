"""Updating: which articles are one report, where it is known of those that were there before?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.store import Catalogue
from indexer.analysis import analyzer
from indexer.articles.sheets import Sheets
from indexer.entities.ragged import Content
from indexer.families.candidates import Gone
from indexer.families.events import day_of
from indexer.families.facts import Facts, facts
from indexer.families.grouping import STORED, Comparisons, Families, FamilyFinder
from indexer.families.shingles import Shingles, shingles

_FEW = 0.25  # of all articles: where more change, all are grouped


class UpdatedFamilies:
    """What families came to before, and which articles came and went since.

    Args:
        stored: what was kept, by name, and other things.
    """

    def __init__(self, stored: Mapping[str, bytes]) -> None:
        self._families = Families.from_bytes(stored) if stored.keys() >= STORED.keys() else None
        self._new: list[str] = []
        self._gone: list[Gone] = []

    def forget(self) -> None:
        """Forgets what they came to."""
        self._families = None

    def left(self, article_ids: Collection[str], sheets: Sheets) -> None:
        """Notes articles that will be dropped, as far as they are there."""
        if len(article_ids) > len(sheets) * _FEW:
            self.forget()
        else:
            self._gone = [
                Gone(one.article_id, one.signature, one.reported)
                for one in sheets.among(article_ids)
            ]

    def came(self, article_id: str) -> None:
        """Notes one that was put."""
        self._new.append(article_id)

    def found(self, catalogue: Catalogue, sheets: Sheets) -> NDArray[np.int32]:
        """Of each article, by its place among all ids, the first report of its family."""
        if self._families is None or self._new or self._gone:
            self._families = self._found(catalogue, sheets)
        return self._families.first

    def _found(self, catalogue: Catalogue, sheets: Sheets) -> Families:
        def shingles_of(article_id: str) -> Shingles:
            return shingles(analyzer().surfaces(catalogue.article(article_id).article.reading))

        def facts_of(article_id: str) -> Facts:
            article = catalogue.article(article_id).article
            return facts(
                article.reading,
                title=article.title,
                day=day_of(article.published),
                language=article.language,
            )

        columns = sheets.columns()
        rows, signatures = columns.signatures()
        comparisons = Comparisons(sheets.comparisons)
        finder = FamilyFinder(
            columns.ids,
            signatures,
            columns.column("reported"),
            shingles_of,
            facts_of,
            rows=rows,
            comparisons=comparisons,
        )
        if self._families is None:
            families = finder.families()
        else:
            new = np.array([bisect_left(columns.ids, one) for one in sorted(self._new)], np.int64)
            try:
                families = finder.families_after(self._families, new, self._gone)
            except ValueError as error:
                raise sheets.damaged(str(error)) from None
        sheets.compared(comparisons)
        return families

    def let_go(self) -> Iterator[tuple[str, Content]]:
        """What is to be kept, by name; afterwards nobody holds it."""
        families, self._families = self._families, None
        if families is not None:
            yield from families.to_bytes()
