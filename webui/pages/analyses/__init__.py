"""Analyses: what stands on the page of each way to read a result as a whole."""
