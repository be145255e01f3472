"""Packed: what lies in files that hold other files, or a smaller form of one?"""
