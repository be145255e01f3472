"""Backups: how is a collection kept a second time, and brought back?"""
