"""Analyses of a result: words in context, coverage, timeline, who with whom."""
