"""Quotes: who said what in one article? Direct speech and reported speech, in English."""
