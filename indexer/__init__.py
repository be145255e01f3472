"""Indexer: how does a pile of articles become something that can be questioned?

This room analyses text, finds entities, groups reprints and publishes generations of an index.
"""
