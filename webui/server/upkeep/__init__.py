"""Upkeep: is an installation, a machine and a collection as it should be, and how is it made so?"""
