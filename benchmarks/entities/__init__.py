"""Entities: how well are names found, and how well merged?"""
