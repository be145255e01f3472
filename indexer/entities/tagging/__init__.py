"""Tagging: which words of a text are names?"""
