"""Meaning: what is a text about, as a point among those of all others? The extra `meaning`."""
