"""Dates of a page: when was the article published, and when changed?"""
