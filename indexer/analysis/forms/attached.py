"""Attached: what is written together with a word, before and behind it?

Everything here is folded, as surfaces are: no accents, one letter for the forms of alef and ya.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LEAST = 3  # letters of a word without what is written together with it
_VOWELS = ("a", "e", "i", "u")  # of Turkish endings, folded
SHORT = 2  # letters of words that only `Attached.short` may stand before: Hebrew has many


@dataclass(frozen=True)
class Attached:
    """What a language writes together with its words.

    Attributes:
        before: what may stand before a word.
        behind: what may stand behind it.
        changes: how the end of a word changes where something follows: what it is, what it becomes.
        parted: is it parted from the word by an apostrophe?
        harmony: must the first vowel behind a word be one that its last vowel allows?
        unchanged: may it stand at a word whose end does not change? Not at Turkish infinitives.
        softened: words whose end is always changed before a vowel: *git* is not in *gitar*.
        after_change: what may stand behind a word whose end was taken off; None: what may stand
            behind any. Persian *خانه* is not in *خانم*.
        short: what may stand before a word of `SHORT` letters, where nothing stands behind it.
    """

    before: Sequence[str]
    behind: re.Pattern[str]
    changes: Sequence[tuple[str, str]] = ()
    parted: bool = False
    harmony: bool = False
    unchanged: bool = True
    softened: Sequence[str] = ()
    after_change: re.Pattern[str] | None = None
    short: Sequence[str] = ()

    def beginnings(self, base: str) -> Iterator[tuple[str, bool]]:
        """What words with this base begin with; and whether something must follow."""
        changed = [
            base.removesuffix(end) + other for end, other in self.changes if base.endswith(end)
        ]
        for before in self.before:
            if self.unchanged and len(base) >= _LEAST:
                yield before + base, False
            for one in changed:
                if len(one) >= _LEAST:
                    yield before + one, True

    def may_follow(self, base: str, rest: str, something: bool) -> bool:
        """May this stand behind a word? Where something must follow, nothing may not."""
        if (something and not rest) or (self.harmony and not _in_harmony(base, rest)):
            return False
        if base in self.softened and rest[:1] in _VOWELS:
            return False
        if something and self.after_change is not None:
            return self.after_change.fullmatch(rest) is not None
        return self.behind.fullmatch(rest) is not None

    def bases(self, surface: str) -> Iterator[str]:
        """The words that this one may be, without what is written together with it."""
        if len(surface) == SHORT + 1 and surface[0] in self.short[:1]:  # the article alone
            yield surface[1:]
        for before in self.before:
            if not surface.startswith(before):
                continue
            rest = surface[len(before) :]
            for end in range(_LEAST, len(rest) + 1):
                if self.behind.fullmatch(rest[end:]) is None:
                    continue
                base = rest[:end]
                if base != surface:
                    yield base
                if self.may_follow(base, rest[end:], something=True):
                    for own, other in self.changes:
                        if base.endswith(other):
                            yield base.removesuffix(other) + own


def _in_harmony(base: str, rest: str) -> bool:
    """Turkish: behind a, e, ı, i stands ı or i, behind o, ö, u, ü stands u or ü (*kanın*, no
    *kanun*); a and e may stand anywhere in borrowed words.
    """
    last = next((one for one in reversed(base) if one in "aeiou"), "")
    first = next((one for one in rest if one in "aeiou"), "a")
    return first in "ae" or not last or (last in "ou") == (first in "ou")


def _either(endings: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(endings.split())})?")


_ARABIC = Attached(
    (
        "",
        *"و ف ب ل ك ال وال فال بال كال لل ولل فلل وبال فبال وكال وب ول وك فب فل".split(),
    ),
    _either(
        "ه ها هم هن هما ك كم كن نا ي ا ين ون ان ات ته تها تهم تنا تكم تي تين تان اته اتها اتهم اتنا"
        " يه يين يون يات ت وا وه"
    ),
    (("ه", "ت"), ("ه", ""), ("ي", "ا"), ("ء", "")),
)
_HEBREW = Attached(
    (
        "",
        *(
            "ו ה ב ל מ כ ש וה וב ול ומ וכ וש שה שב של שמ שכ כש כשה מה בה לה ושה וכש וכשה שבה לכש מש"
            " ומה ושב ושל ושמ שמה כשב כשל ולכש"
        ).split(),
    ),
    _either(
        "ים ות ה ת י ית יות יים ו יו יה יהם יהן הם הן ם ן נו ינו ך יך כם יכם תו תה תי תם תנו"
        " ותיו ותיה ותיהם"
    ),
    (
        *(("ה", "ת"), ("ה", ""), ("ת", ""), ("ית", "י")),
        *(("ם", "מ"), ("ן", "נ"), ("ץ", "צ"), ("ף", "פ"), ("ך", "כ")),  # letters of an end
    ),
    short=tuple("ה ו ב ל מ כ ש וה וב ול ומ שה מה".split()),
)
_PERSIAN = Attached(
    ("",),
    _either(
        "ها هاي هايي هايش هايشان هايم هايمان هايت هايتان ان اني انش انشان انم انمان انت انتان ي"
        " يي اي ات م ش مان تان شان يان گان گاني گانش گانشان يش يشان"
    ),
    (("ه", ""),),
    after_change=_either("ها هاي هايي هايش هايشان هايم هايمان هايت هايتان گان گاني گانش گانشان گي"),
)
# Turkish nouns that lose the vowel of their last syllable before one: şehir, şehrin.
_DROPPED = tuple(
    (noun, stem)
    for noun, _, stem in (
        pair.partition("=")
        for pair in (
            "sehir=sehr ogul=ogl burun=burn agiz=agz gogus=gogs fikir=fikr isim=ism resim=resm"
            " akil=akl sekil=sekl vakit=vakt nehir=nehr emir=emr omuz=omz beyin=beyn boyun=boyn"
            " karin=karn alin=aln sabir=sabr nesil=nesl izin=izn hukum=hukm metin=metn kesif=kesf"
            " zulum=zulm zehir=zehr gonul=gonl hapis=haps cebir=cebr asil=asl kisim=kism"
            " kayip=kayb kayit=kayd"
        ).split()
    )
)
_TURKISH = Attached(
    ("",),
    re.compile(
        "(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]?n[iu]z|[iu][mn]|s?[iu]|l[ae]ri)?"
        "(?:n?[dt][ae]n?|[yn]?[aeiu]|n?[iu]n|y?l[ae])?(?:ki(?:l[ae]r)?)?(?:n?[dt][ae]n?|n?[iu]n|n[iu])?"
    ),
    (("k", "g"), ("t", "d"), ("p", "b"), ("nk", "ng"), ("su", "suy"), *_DROPPED),
    harmony=True,
)
_TURKISH_VERB = Attached(
    ("",),
    re.compile(
        "(?:[iu]?[ln])?(?:m[ae]?|y?[ae]m[ae]?)?"
        "(?:[dt][iu]|m[iu]s|[iu]?yor|y?[ae]c[ae][kg]|y?[ae]n|[aeiu]?r|[dt][iu][kg]|m[ae][kg]?|s[ae]"
        "|m[ae]l[iu]|y?[iu]p|y?[ae]r[ae]k|z)"
        "(?:l[ae]r)?(?:[iu]?m|s?[iu]|[iu]?n|[iu]?k|[iu]z|[iu]?n[iu]z|m[iu]z)?"
        "(?:n?[dt][ae]n?|y?[aeiu]|n[iu]n?|y?l[ae])?(?:y?[dt][iu]|m[iu]s|[dt][iu]r)?(?:l[ae]r|m|n|k)?"
    ),
    (
        ("mek", ""),
        ("mak", ""),
        ("emek", ""),  # a last vowel is another one before -yor: beklemek, bekliyor
        ("amak", ""),
        ("etmek", "ed"),
        ("gitmek", "gid"),
        ("tatmak", "tad"),
    ),
    unchanged=False,
    softened=("git", "tat", "gut"),
)
_APOSTROPHE = Attached(("",), re.compile("(?:'[a-z]+)?"), parted=True)

ATTACHED: Mapping[str, Sequence[Attached]] = {
    "ar": (_ARABIC,),
    "he": (_HEBREW,),
    "fa": (_PERSIAN,),
    "tr": (_TURKISH, _TURKISH_VERB, _APOSTROPHE),
    "pl": (_APOSTROPHE,),
}
"""By language: what it writes together with words."""
