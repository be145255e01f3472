"""Scoring: how is a match scored? BM25F times burstiness, the same in every engine.

Robertson, Zaragoza and Taylor (2004), "Simple BM25 extension to multiple weighted fields": term
frequencies are added up over fields, weighted and normalized for length, before they saturate.

Church and Gale (1995), "Poisson mixtures": words that a text is about come in bursts, so that their
occurrences lie in fewer articles than chance would strew them over. How many times fewer is how
much more a match on the word says; Kwok (1996), "A new method of weighting query terms for ad-hoc
retrieval", weighted words by their mean frequency to the same end.

For a word in an article, over the searched fields f (all text fields, or the one asked for)::

    w     = sum of weight_f * tf_f / (1 - b_f + b_f * length_f / average_f)
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
    burst = (N * (1 - exp(-F / N)) + PRIOR) / (df + PRIOR)
    worth = idf * burst
    score = worth * w / (K1 + w)

N counts the articles of the generation, df those that have the word in any searched field, F the
occurrences of the word in the searched fields of all articles, length_f the words of the field,
stop words included, and average_f is over all N articles.

- A word without `exact` stands for all surfaces with its stem: their frequencies add up.
- A phrase or near: tf is the number of matches, worth the sum over its words.
- A prefix: all its surfaces as one word.
- A fuzzy word at distance D: all surfaces within D as one word, but
  ``score = worth * (D - nearest + w / (K1 + w)) / (D + 1)``, where `nearest` is the smallest
  distance of a surface that the article has: the word itself ranks above its neighbors, whatever
  their frequency.
- And, Or: the sum over the clauses that match. Everything else scores 0.
"""

from __future__ import annotations

import math

K1 = 1.2
PRIOR = 10.0
"""Articles that count as having a word as chance would: few articles prove no burst."""


def inverse_document_frequency(articles: int, having: int) -> float:
    """The idf of a word.

    Args:
        articles: articles of the generation.
        having: articles that have the word.
    """
    return math.log1p((articles - having + 0.5) / (having + 0.5))


def burstiness(articles: int, having: int, occurrences: int) -> float:
    """In how many articles chance would strew a word's occurrences, over how many have it.

    About 1 for a word that is strewn at random, as most function words are.

    Args:
        articles: articles of the generation.
        having: articles that have the word.
        occurrences: how often they have it, all together.
    """
    strewn = -articles * math.expm1(-occurrences / articles) if articles else 0.0
    return (strewn + PRIOR) / (having + PRIOR)


def worth(articles: int, having: int, occurrences: int) -> float:
    """How much a match on a word says: its idf times its burstiness (arguments as there)."""
    return inverse_document_frequency(articles, having) * burstiness(articles, having, occurrences)
