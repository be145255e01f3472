"""Families: which articles are one report, and what does an outlet repeat?"""
