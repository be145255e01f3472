"""Loops: compiled, over the arrays of one segment."""
