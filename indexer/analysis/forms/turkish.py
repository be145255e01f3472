"""Turkish: which words are forms of a verb whose root has two letters (*almak*), or of such a noun
(*ev*), and which words have no ending, though they look it (*kurşun*)?

So many words begin with two letters that the forms are made and looked for, not found by their
beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_LETTERS = 2
_SHAPES = (
    "d{0} d{0}ler d{0}lar d{0}k d{0}m m{0}s m{0}slar m{0}sler m{0}st{0} t{0} t{0}lar t{0}ler t{0}k"
    " t{0}m {0}yor {0}yorlar {0}yordu {0}r {0}rlar {0}rler {1}r {1}rlar {1}rler m{1}z {1}n"
    " {1}nlar {1}nler {1}n{0} {1}nin {1}nlarin {1}nlerin {1}c{1}k {1}c{1}klar {1}c{1}kler"
    " {1}c{1}g{0} m{1} m{1}s{0}"
    " m{1}d{0} m{1}d{0}lar m{1}d{0}ler m{0}yor {0}p {1}r{1}k d{0}g{0} d{0}g{0}n{0} d{0}k t{0}g{0}"
    " t{0}g{0}n{0} {0}ld{0} {0}lm{0}s {0}l{1}n {0}l{1}c{1}k {0}nd{0}"
).split()
_CHANGED = {"et": "ed", "git": "gid", "ye": "yi", "de": "di"}


def of_short_verb(surface: str) -> Iterator[str]:
    """The words that may be forms of an infinitive of two letters."""
    root = surface.removesuffix("mak").removesuffix("mek")
    if root == surface or len(root) != _LETTERS:
        return
    roots = {root, _CHANGED.get(root, root)}
    for one, shape, narrow, wide in product(sorted(roots), _SHAPES, "iu", "ae"):
        form = one + shape.format(narrow, wide)
        yield form.replace("ii", "i").replace("ee", "e")
        yield one + "y" + shape.format(narrow, wide)


_NOUNS = frozenset(
    "ad ag al an ar as at av ay el er es et ev il ip is ot oy ok on us uc un".split()
)
"""Nouns of two letters, folded."""
_CASES = ("", "{1}", "{0}", "d{1}", "d{1}n", "{0}n", "l{1}")
_ENDINGS = tuple(
    f"{many}{whose}{case}"
    for many, whose, case in product(
        ("", "l{1}r"), ("", "{0}m", "{0}n", "{0}m{0}z", "{0}n{0}z"), _CASES
    )
)
_POSSESSED = ("{0}", "{0}n{1}", "{0}n{0}", "{0}nd{1}", "{0}nd{1}n", "{0}n{0}n", "{0}yl{1}")
"""His, hers, its or theirs, and the cases of that."""


def of_short_noun(surface: str) -> Iterator[str]:
    """The words that may be forms of a noun of two letters."""
    if surface not in _NOUNS:
        return
    shapes = {*_ENDINGS, *_POSSESSED, *(f"l{{1}}r{one}" for one in _POSSESSED)} - {""}
    for shape, narrow, wide in product(sorted(shapes), "iu", "ae"):
        yield surface + shape.format(narrow, wide)


_LIKE_AN_ENDING = frozenset(
    """
    kursun mayin olum yazin altin kadin odun yakin yalin tutun butun dugun surgun salgin yangin
    bugun yarin akin baskin taskin sargin kargin zengin cilgin gergin uzun gorun ozgun ordu yali
    kapi sari yeni eski ucu kuru suru koru duru dolu ilgi sergi vergi bilgi silgi yargi yergi
    asi isi tanri kopru topcu uydu kuyu uyku tutku catisma kusatma saldiri patlama savunma vurma
    yarali kanli canli tasli uzum olcum gecim secim birim bilim basim adim cadir katil ada kara
    para yara bomba fuze mermi cephe kale tepe dere bolge belde ulke ilce sube koza maske
    """.split()
)
"""Nouns and adjectives that end as others do with an ending, folded."""
_INFINITIVES = ("mek", "mak")


def is_whole(surface: str) -> bool:
    """Is a word nothing but itself: an infinitive, or one that only looks as if it had endings?"""
    return surface in _LIKE_AN_ENDING or surface.endswith(_INFINITIVES)
