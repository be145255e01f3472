"""Linking across a collection: which entity does each name mean?"""
