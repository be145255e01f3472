"""Generations: how does an index change under its readers?"""
