"""Pile: what does a mixed pile cost, from files to a published index?"""
