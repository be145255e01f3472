"""Extraction: how well are real pages read, and how fast, beside peers in the same run?"""
