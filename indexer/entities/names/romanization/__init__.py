"""Romanization: which words and names in Latin letters stand for those in other letters?"""
