"""What is the text of a piece of HTML, with words apart where readers see them apart?

BeautifulSoup's `get_text(" ")` sets a space at every tag and makes two words of a drop cap or of a
linked syllable; `get_text()` sets none and makes one word of two paragraphs.
"""

from __future__ import annotations

from bs4 import BeautifulSoup

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr".split()
)


def shown_text(soup: BeautifulSoup) -> str:
    """The text of a tree, spaces only around what breaks a line. Changes the tree."""
    for tag in soup.find_all(lambda tag: tag.name not in _INLINE):
        tag.insert(0, " ")
        tag.append(" ")
    return soup.get_text()
