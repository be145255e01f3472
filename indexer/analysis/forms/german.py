"""German words in parts: which words end with another one, and which two words of a sentence are
the verb *zurückziehen* (*zogen sich zurück*)?

A compound ends with its noun (*Waffenstillstandsabkommen*), in all its forms; what stands before it
must be words too, or long enough to be no mere beginning of a verb (*Vorlage* is no *Lage*).

Of verbs only those whose first part is nothing else. Where a form of some verbs stood in 8,800
sentences of news, Wikipedia and old papers, and *zurück*, *fest*, *ab* or the like up to ten words
behind it, 60 of 66 such words closed a clause, as the second part of a verb does; of prepositions
and articles (*an*, *auf*, *ein*, *mit*) 62 of 140 did. So those are left out, unless the verb is
listed, as one that is seldom anything without that word: 39 of 48 pairs of a form of such verbs and
their second part, in the same sentences, are the verb (*griffen an*, *teilte mit*); of those listed
later (*nahmen ein*, *tauschten aus*) 39 of 53 close a clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from indexer.analysis.folding import fold
from indexer.analysis.forms.dictionaries import dictionary
from indexer.analysis.types import Analyzer

FARTHEST = 8  # words between the two
_FIRST = (
    "zurück zusammen fest frei nieder los weiter fort heraus hinaus herauf herein hinein hervor"
    " entgegen ab teil statt bekannt bereit heran voran vorbei hinzu herum empor dar gefangen fern"
).split()
_LISTED = frozenset(
    f"{first}{verb}"
    for first, _, verbs in (
        line.partition("=")
        for line in """
            an=greifen,klagen,kundigen,zunden,ordnen,heuern,werben,fechten,locken,prangern,starren
            auf=rusten,losen,klaren,lehnen,horen,lauern,spuren,marschieren,tauchen,stocken,bahren
            ein=kesseln,schuchtern,aschern,kerkern,marschieren,reisen,leiten,sturzen,frieren,raumen
            ein=dringen,graben,kreisen,schlagen,lenken,schleusen,schmuggeln,ziehen,schiffen
            ein=nehmen,treten,rucken,sperren,greifen,sammeln,liefern,schranken,mauern,wandern
            an=bieten,schliessen,fordern auf=nehmen,heben,decken,fordern,greifen,flammen
            aus=tauschen,brechen,plundern,spahen,graben,handeln,schliessen,peitschen,wandern
            vor=nehmen um=benennen,kehren nach=rucken,laden
            aus=rufen,rotten,weisen,liefern,bilden,weichen,loschen,hungern,rauben,harren,schalten
            vor=werfen,rucken,dringen,marschieren,stossen
            um=zingeln,siedeln,lenken
            mit=teilen
            nach=weisen
            """.split()
    )
    for verb in verbs.split(",")
)
"""Folded: verbs that seldom stand without the word parted from them, though it is a preposition."""
_PREPOSITIONS = "an aus auf ein mit nach um vor".split()
_LEAST = 5  # letters of a verb


def parted_verb(word: str, analyzer: Analyzer) -> tuple[str, str] | None:
    """The verb and the word that stands apart from it, of an infinitive; None where none does."""
    typed = word.lower()
    listed = fold(typed) in _LISTED
    first = next(filter(typed.startswith, _PREPOSITIONS if listed else _FIRST), "")
    verb = typed.removeprefix(first)
    if not first or len(verb) < _LEAST or not verb.endswith("n"):
        return None
    known = dictionary("de")
    is_verb = all(analyzer.stem(one) in known for one in analyzer.surfaces(f"{verb} {typed}"))
    return (verb, first) if is_verb else None


JOINTS = ("", "s", "es", "n", "en", "er", "e")
"""What a compound may have between two of its words."""
LEAST_LAST = 3  # letters of a compound's last word
_LEAST_PART = 4  # of one inside it
_GENITIVE = 6  # letters, with a last s, that are a word before another one: dictionaries lack some
_LEAST_FIRST = 3  # letters that are too few for a word, but for some
_SHORT_FIRST = frozenset(
    "ost sud rat see gas not tor bus tag weg uno usa eis rad hof zug bau arm eu".split()
)
"""Words of three letters that compounds begin with."""
_SURE = 6  # letters of a last word that says enough: what stands before it need be no word
_SURE_FIRST = 5  # but this long
_BEGINNINGS = (
    "ab an auf aus be bei durch ein ent er ge gegen her hin hinter miss mit nach nieder uber um un"
    " unter ver vor wider wieder zer zu zuruck"
).split()
_NOT_FIRST = frozenset(
    "auf aus bei bevor durch ein gegen herab heran heraus herbei herein hervor hinter hoch inner"
    " miss nach neben nieder ober statt uber unter voran voraus wider wieder will wohl"
    " zuruck zusammen zwischen".split()
)
"""What verbs and what is made of them begin with."""
_OF_NAMES = frozenset("bach berg burg dorf feld heim land mann".split())
"""Last words of names of places and people: *Russland* is a name, no kind of land."""
_TOWNS = re.compile(
    "(?:darm|neu|karl|rudol|halber|eber|helm|eisen|kron|hermann|freuden|friedrich|ingol|arn"
    "|heiligen|lipp|frei|theresien)stadt|(?:saar|zwei)brucken|(?:wupper|emmen|simmen)tal|.+hausen"
)
"""Towns whose names end with a word; *hausen* is no form of a house."""


def compounds_ending(
    shared: str,
    words: Collection[str],
    is_form: Callable[[str], bool],
    is_word: Callable[[str], bool],
) -> Iterator[str]:
    """The words that are compounds whose last word is a form of one.

    Args:
        shared: what all its forms begin with.
        words: some that have this in them.
        is_form: is this a form of the word?
        is_word: is this a word?
    """
    if shared in _OF_NAMES:
        return
    for word in words:
        start = word.rfind(shared)
        first, last = word[:start], word[start:]
        sure = len(shared) >= _SURE and len(first) >= _SURE_FIRST
        if not is_form(last) or _TOWNS.fullmatch(word) or not _ends_with(first, last, is_word):
            continue
        if sure or _is_made_of_words(first, is_word):
            yield word


def _ends_with(first: str, last: str, is_word: Callable[[str], bool]) -> bool:
    """Is the last word of a compound this one? Of *Terroranschlag* it is *Anschlag*."""
    return first not in _NOT_FIRST and not any(
        first.endswith(one) and is_word(one + last) for one in _BEGINNINGS
    )


def _is_made_of_words(first: str, is_word: Callable[[str], bool]) -> bool:
    if first in _SHORT_FIRST or (len(first) >= _GENITIVE and first.endswith("s")):
        return True
    for joint in JOINTS:
        bare = first.removesuffix(joint)
        if not first.endswith(joint) or len(bare) <= _LEAST_FIRST or bare in _NOT_FIRST:
            continue
        if is_word(bare) or is_word(bare + "e"):  # Grenze, Grenzposten
            return True
        for end in range(_LEAST_PART, len(bare) - _LEAST_FIRST + 1):
            if is_word(bare[-end:]) and _is_made_of_words(bare[:-end], is_word):
                return True
    return False
