"""Turkish places: is a place meant, or is the noun behind it called after it (*Fransa seçimleri*)?

A noun that is called after a place stands right behind it and ends as what something owns; a place
that something happens in or to has a case, a postposition, a noun of land or a predicate behind it.
"""

from __future__ import annotations

import re

# What stands behind a place that is meant: what joins it to others, says where, or what lies there.
_JOINED = r"ve|veya|ya da|ile|ise|ya|hem|için|gibi|kadar|adına|hariç|dahil"
_WHERE = (
    r"dışı\w*|içi\w*|arası\w*|üzeri\w*|yakın\w+|civarı\w*|çevresi\w*|önleri\w*|yönünde\w*"
    r"|semalar\w+|açıklar\w+|etrafı\w*|genelinde|çapında|karşısında|(?:güney|kuzey)(?:i|in)\w*"
)
_LAND = (
    r"şehr\w+|kent\w*|il(?:i|in|ine|inde|inden|inin|leri\w*)|ilçe\w*|köy\w*|kasaba\w*|belde\w*"
    r"|eyalet\w*|vilayet\w*|bölge\w*|sınır\w*|toprak\w*|kıyı\w*|sahil\w*|liman\w*|havaliman\w*"
    r"|havaalan\w*|kırsal\w*|merkez(?:i|in|li)\w*|cephe\w*|dağ\w*|nehr\w*|göl[üe]\w*|adası\w*"
    r"|ovası\w*|vadi\w*|boğaz\w*|yolu\w*|karayol\w*|otoyol\w*|mahalle\w*|sokak\w*|banliyö\w*"
    r"|sakinler\w*|halkı\w*|nüfusu\w*|doğumlu\w*|kökenli|sahası\w*|hattı\w*|kapısı\w*|köprüsü\w*"
)
_UNDER = r"(?:\w+ )?(?:kuşatma|abluka|ateş|işgal|saldırı|bombardıman|denetim|kontrol)\w* alt\w+"
_MEANT = re.compile(rf" ?(?:[,;:!?)]|\.(?!\w))| (?:{_JOINED}|{_WHERE}|{_LAND}|{_UNDER})(?!\w)")
_NOUN = re.compile(r" [a-zçğıöşü]")
_CLAUSE = re.compile(
    r"((?: \w+){0,3}) \w+(?:[dt][ıiuü]|[ıiuü]yor|m[ıiuü]ş|[ae]cak)(?:l[ae]r)?(?=\s?[.!?,;]|\Z)"
)
_IS_IN = re.compile(r"(?: \w+)? \w{3,}[dt][ae](?=\s?[.!?]|\Z)")  # Beyrut karanlıkta.
_OWNED = re.compile(r"(?:(?<!y)[ıiuü]|[ıiuü]n[dae]\w*|[ıiuü]n[ıiuü]n?)(?=\s|\Z)")
"""The ending of a noun that something owns; behind a vowel *y* tells an object."""
_CASE = re.compile(r"['’](?:[dt][ae]n?|y?[ae]|n?[ıiuü]n|y?[ıiuü])(?:ki\w*)?(?!\w)")


def is_meant(text: str, end: int) -> bool:
    """Does what stands behind a name of a place, without a suffix, say that the place is meant?"""
    if _MEANT.match(text, end) or _IS_IN.match(text, end) or end == len(text):
        return True
    clause = _CLAUSE.match(text, end)
    return clause is not None and _OWNED.search(clause.group(1)) is None


def is_before_noun(text: str, end: int) -> bool:
    """Does a word in small letters stand behind a name?"""
    return _NOUN.match(text, end) is not None


def is_where(text: str, end: int) -> bool:
    """Is the suffix behind a name that of where, whence or whither?"""
    return _WHERE_TO.match(text, end) is not None


_WHERE_TO = re.compile(r"['’](?:[dt][ae]n?|y?[ae])(?:ki\w*)?(?!\w)")


def has_case(text: str, end: int) -> bool:
    """Is the suffix behind a name that of a case: where, whence, whose, what is done to it?"""
    return _CASE.match(text, end) is not None
