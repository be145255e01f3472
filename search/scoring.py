"""How is a match scored? BM25F, the same in every engine.

Robertson, Zaragoza and Taylor (2004), "Simple BM25 extension to multiple weighted fields": term
frequencies are added up over fields, weighted and normalized for length, before they saturate.

For a word in an article, over the searched fields f (all text fields, or the one asked for)::

    w     = sum of weight_f * tf_f / (1 - b_f + b_f * length_f / average_f)
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
    score = idf * w / (K1 + w)

N counts the articles of the generation, df those that have the word in any searched field, length_f
the words of the field, stop words included, and average_f is over all N articles.

- A word without `exact` stands for all surfaces with its stem: their frequencies add up.
- A phrase or near: tf is the number of matches, idf the sum over its words.
- A prefix: all its surfaces as one word.
- A fuzzy word at distance D: all surfaces within D as one word, but
  ``score = idf * (D - nearest + w / (K1 + w)) / (D + 1)``, where `nearest` is the smallest distance
  of a surface that the article has: the word itself ranks above its neighbors, whatever their
  frequency.
- And, Or: the sum over the clauses that match. Everything else scores 0.
"""

from __future__ import annotations

import math

K1 = 1.2


def inverse_document_frequency(articles: int, having: int) -> float:
    """The idf of a word.

    Args:
        articles: articles of the generation.
        having: articles that have the word.
    """
    return math.log1p((articles - having + 0.5) / (having + 0.5))
