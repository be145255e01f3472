"""Translation: what do articles in other languages report of a question? Words by a
list and dictionaries, names by the directory; one list a language, never mixed with its own.
"""
