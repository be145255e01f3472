"""Attached letters: what do Arabic and Hebrew write together with a name, before it?

*And*, *to*, *in*, *from*, as regular expressions; who seeks by them says what must stand behind.
"""

ARABIC_ATTACHED = "(?:[وف]?[بلك]|[وف])"
HEBREW_ATTACHED = "(?:ו?[בלמהשכ]|ו)"
MOST_ATTACHED = 2  # letters
