"""Passages: which parts of a text are shown, and what is marked in them?"""
