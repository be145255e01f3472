"""Attached letters: what do Arabic and Hebrew write together with a name, before it?

*And*, *to*, *in*, *from*, as regular expressions; who seeks by them says what must stand behind.
"""

import re

ARABIC_ATTACHED = "(?:[وف]?[بلك]|[وف])"
HEBREW_ATTACHED = "(?:ו?[בלמהשכ]|ו)"
MOST_ATTACHED = 2  # letters
ATTACHED = re.compile(rf"{ARABIC_ATTACHED}(?=[\u0621-\u06cc]{{3}})|{HEBREW_ATTACHED}(?=[א-ת]{{3}})")
"""Those before three letters of a word of its own."""
