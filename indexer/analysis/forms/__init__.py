"""Forms of a word, where its stem does not tell: `forms`, asked when a question is."""

from indexer.analysis.forms.word_forms import MOST_BEGINNING, MOST_HAVING, Index, forms

__all__ = ["MOST_BEGINNING", "MOST_HAVING", "Index", "forms"]
