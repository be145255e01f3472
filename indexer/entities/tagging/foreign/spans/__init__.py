"""Spans: where do names begin and end that a model found in part, or too much of?"""
