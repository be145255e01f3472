"""Serving: which generation answers, and where does its next page begin?"""
