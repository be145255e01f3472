"""Batch: how are many questions asked at once? A table of them, and one table of what they find."""
