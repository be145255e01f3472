"""Corpus: what is an article, and how does one enter?

This room knows formats, pages and the catalogue. It knows nothing of indexes, questions or HTTP.
"""
