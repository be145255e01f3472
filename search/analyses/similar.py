"""Similar articles: which other articles are about the same? Those that share the words that tell
this one apart.

The words of an article with the greatest tf-idf make a query of their own, as in "more like this"
of search engines (Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval",
for the weights).
"""

from __future__ import annotations

import math
from collections import Counter

from indexer.document import IndexDocument
from search.engine import MatchRequest
from search.language.query import Or, Query, Term
from search.serving.open_index import OpenIndex

TERMS = 12
"""Words that make the query; more change its first hits little and cost time."""
_LOOKED_AT = 40  # most frequent words of the article whose rarity is looked up
_TITLE_WEIGHT = 3
_SHORTEST = 3  # letters of a word that can tell articles apart


def similar(document: IndexDocument, index: OpenIndex, *, limit: int = 5) -> list[IndexDocument]:
    """Articles like this one, most alike first; none of its own family, one of any other.

    An article that shares a single word with it is not like it.
    """
    terms = telling_terms(document, index)
    if len(terms) < 2:
        return []
    request = MatchRequest(
        query=Or(tuple(Term(stem) for stem in terms)), collapse=True, limit=limit * 2 + 1
    )
    matches = index.engine.match(request).hits
    found = index.engine.fetch([match.doc_number for match in matches])
    others = [one for one in found if one.family_id != document.family_id]
    return [one for one in others if _shared(one, terms, index) > 1][:limit]


def telling_terms(document: IndexDocument, index: OpenIndex) -> list[str]:
    """The stems with the greatest tf-idf in this article, at most `TERMS`."""
    analyzer = index.analyzer
    counts: Counter[str] = Counter()
    for text, weight in ((document.title, _TITLE_WEIGHT), (document.text, 1)):
        for surface in analyzer.surfaces(text):
            if len(surface) >= _SHORTEST and not analyzer.is_stop_word(surface):
                counts[analyzer.stem(surface)] += weight
    weights = {
        stem: math.log1p(count) * math.log(index.engine.articles / articles)
        for stem, count in counts.most_common(_LOOKED_AT)
        if (articles := _articles_with(Term(stem), index)) > 1
    }
    ranked = sorted(weights, key=lambda stem: (-weights[stem], stem))
    return [stem for stem in ranked if weights[stem] > 0][:TERMS]


def _articles_with(query: Query, index: OpenIndex) -> int:
    return index.engine.match(MatchRequest(query=query, limit=0)).total


def _shared(document: IndexDocument, terms: list[str], index: OpenIndex) -> int:
    surfaces = index.analyzer.surfaces(f"{document.title}\n{document.text}")
    return len({index.analyzer.stem(surface) for surface in set(surfaces)}.intersection(terms))
