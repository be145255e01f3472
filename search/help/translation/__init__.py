"""Translation: what do articles in other languages report of an English question? Words by
dictionaries, names by the directory; one list a language, never mixed with the question's own.
"""
