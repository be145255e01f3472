"""Intake: how does a pile of documents become articles of a collection?"""
