"""Linking within an article: which of its mentions mean the same?"""
