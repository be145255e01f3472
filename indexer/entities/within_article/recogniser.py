"""Recogniser: how is one article's text turned into names? The tagger first, then linking inside
it.

Which tagger: the one that ships with the product; that one with a network asked of all of English,
or of all other languages, too; or for one language a model of spaCy's that is installed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from corpus.cleaner.declared.agencies import credits_in
from corpus.errors import InvalidParameter
from indexer.entities.names.known import is_known_place, place_called
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import CAREFUL, SHIPPED, Recognition
from indexer.entities.tagging.crf import careful_tagger, shipped_tagger
from indexer.entities.tagging.foreign import turkish_places
from indexer.entities.tagging.foreign.listed import ForeignTagger
from indexer.entities.tagging.foreign.listed_places import BESIDE, is_own_place, is_sure_place
from indexer.entities.tagging.foreign.models import (
    MODELS,
    LanguageModels,
    stands,
)
from indexer.entities.tagging.foreign.parts_of_names import is_part_of_name
from indexer.entities.tagging.foreign.spans.turkish_spans import is_turkish_town
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.tagging.learned.multilingual import MULTILINGUAL
from indexer.entities.tagging.learned.network import Network, shipped_network
from indexer.entities.tagging.network_tagger import BY_NETWORK, NetworkTagger
from indexer.entities.tagging.spacy_tagger import SpacyTagger
from indexer.entities.types import EntityKind, Mention, Tagger
from indexer.entities.within_article import linking
from indexer.entities.within_article.own_surnames import with_own_surnames

_UNTOLD = "und"  # too short to tell the language
_NOT_ENGLISH = re.compile(r"[^\W\d_a-zA-Z]")
_MOST_FOREIGN_LETTERS = 0.05


# How sure a model has to be of a place once in an article, measured, so that .85 of those shown are
# right; what lists found is shown in any case.
_LEAST_SURE = {"ar": 0.6, "en": 0.6, "de": 0.7, "fr": 0.8, "tr": 0.85}
_LEAST_OF_TOWN = {"ar": 0.5, "de": 0.5, "tr": 0.9}  # of a town on the great list
_LEAST_OF_OWN = {"tr": 0.7}  # of one on the list of its language
_OF_TOWN, _OF_OWN = 0.7, 0.4  # in all other languages
# In Turkish a place that something happens in has a suffix; one before a noun in small letters is
# mostly what the noun is called after: Fransa genel seçimleri, Japon futbolcu.
_SURE_OF_ATTRIBUTE = {"tr": 0.98}
_AS_IN_ENGLISH = frozenset(["ar", "de", "fr"])
"""Languages whose own list leaves out what English calls so too: there that of all counts."""
_TOWNS_AS_LISTED = frozenset(["ar", "de", "fr"])
"""Languages in which a town is told by the name that the great list has, not by others alone."""
_SUFFIX = re.compile(r"['’]\w+\Z")  # Turkish: Ankara'da
_SUFFIX_BEHIND = re.compile(r"['’]\w")
_BY_LISTS = frozenset([LISTED, BESIDE])
_SAYS_WHAT_IT_IS = re.compile(
    r"(?:Republic|Kingdom|Province|Governorate|Emirate|Gulf|Strait|Isle) of \w"
    r"|.*\w (?:Oblast|Province|Governorate|Raion|Peninsula|Strait)\Z"
)
_SPACY = "spacy:"


class LanguageTagger:
    """A `Tagger` that hands each language to the tagger that speaks it.

    Args:
        speaking: ISO 639-1 code → the tagger of that language; English must be among them.
        others: the tagger of all other languages.
    """

    def __init__(self, speaking: Mapping[str, Tagger], others: Tagger) -> None:
        self._speaking = dict(speaking)
        self._others = others
        taggers = (*self._speaking.values(), others)
        self.version = "+".join(tagger.version for tagger in taggers)

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The mentions in `text`, by the tagger of its language."""
        spoken = "en" if _is_english(text, language) else language
        chosen = self._speaking.get(spoken, self._others)
        mentions = chosen.tag(text, language=spoken, title=title)
        return mentions if spoken == "en" else with_own_surnames(text, mentions, spoken)


def _is_english(text: str, language: str) -> bool:
    if language != _UNTOLD:
        return language == "en"
    return len(_NOT_ENGLISH.findall(text)) <= _MOST_FOREIGN_LETTERS * len(text)


@cache
def tagger(name: str = SHIPPED) -> Tagger:
    """The tagger of this name; loaded once.

    Args:
        name: `shipped`; `careful`, which reads all of English with a network that `shipped` asks
            where it is in doubt; `multilingual`, which does so, and reads other languages with an
            encoder that is an extra; or `spacy:MODEL`, which gives the language of an installed
            spaCy model to that model, and all others to what is shipped.

    Raises:
        InvalidParameter: there is no such tagger, or its model is not installed.
    """
    if name == SHIPPED:
        return LanguageTagger({"en": shipped_tagger(), **_models()}, ForeignTagger())
    if name == CAREFUL:
        return LanguageTagger({"en": careful_tagger(), **_models()}, ForeignTagger())
    if name == MULTILINGUAL:
        network = shipped_network(MULTILINGUAL)
        by_network = dict.fromkeys(BY_NETWORK, NetworkTagger(network))
        return LanguageTagger(
            {"en": careful_tagger(), **_models(network), **by_network}, ForeignTagger()
        )
    if not name.startswith(_SPACY):
        raise InvalidParameter(
            f"There is no tagger {name!r}",
            where="tagger",
            advice=f"Say {SHIPPED}, {CAREFUL}, {MULTILINGUAL}, or {_SPACY}MODEL for an installed"
            " spaCy model",
        )
    chosen = SpacyTagger(name.removeprefix(_SPACY))
    return LanguageTagger(
        {"en": shipped_tagger(), **_models(), chosen.language: chosen}, ForeignTagger()
    )


def _models(beside: Network | None = None) -> dict[str, Tagger]:
    return dict.fromkeys(MODELS, LanguageModels(beside))


def recognise(title: str, text: str, language: str, *, tagger_name: str = SHIPPED) -> Recognition:
    """The names of one article. Pure, and the only slow step of this room.

    Args:
        language: ISO 639-1 code of the text.
        tagger_name: see `tagger`, and what it raises.
    """
    mentions = tagger(tagger_name).tag(text, language=language, title=title)
    meant = shown(text, list(_without_credits(text, mentions)), language)
    return linking.link(title, meant, language)


def shown(text: str, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions without places that a model was never sure of in the article, or that are words
    of the language or given names: they stay mentions, but no facet counts them. Where the great
    list knows a town, less is enough, and where a name says of what kind of place it is.
    """
    least = _LEAST_SURE.get(language, 0.0)
    surest: dict[str, float] = {}
    for one in mentions:
        surest[one.text] = max(surest.get(one.text, 0.0), one.confidence)
    return [
        one
        for one in mentions
        if one.kind is not EntityKind.PLACE
        or (
            not _is_attribute(text, one, language)
            and not is_part_of_name(text, one.start, language)
            and (
                one.rule in _BY_LISTS
                or (
                    stands(one, language)
                    and (
                        surest[one.text] >= least
                        or _SAYS_WHAT_IT_IS.match(one.text)
                        or _is_town(one, language)
                        or _is_where(text, one, language)
                    )
                )
            )
        )
    ]


def _is_attribute(text: str, mention: Mention, language: str) -> bool:
    """Does a noun stand behind it that is called after it? What lists know needs a suffix."""
    least = _SURE_OF_ATTRIBUTE.get(language)
    if least is None or _SUFFIX.search(mention.text):
        return False
    if turkish_places.is_meant(text, mention.end):
        return False
    if mention.rule in _BY_LISTS:
        return _SUFFIX_BEHIND.match(text, mention.end) is None
    return mention.confidence < least and turkish_places.is_before_noun(text, mention.end)


def _is_town(mention: Mention, language: str) -> bool:
    """Is it on a list: the language's own, or, where the model is fairly sure, the great one?"""
    bare = _SUFFIX.sub("", mention.text)
    own = is_own_place(bare, language)
    if own or (language in _AS_IN_ENGLISH and is_sure_place(bare, language)):
        return mention.confidence >= _LEAST_OF_OWN.get(language, _OF_OWN)
    if mention.confidence < _LEAST_OF_TOWN.get(language, _OF_TOWN):
        return False
    key = plain(bare)
    return place_called(key) is not None or (language in _TOWNS_AS_LISTED and is_known_place(key))


def _is_where(text: str, mention: Mention, language: str) -> bool:
    """Is it a listed town with the suffix of where something happens (Kobani'ye)?"""
    if language != _TURKISH:
        return False
    has_case = turkish_places.has_case(text, mention.end)
    if is_sure_place(mention.text, language):
        return has_case or turkish_places.is_meant(text, mention.end)
    if not has_case:
        return False
    return mention.confidence >= _OF_WHERE and is_turkish_town(mention.text)


_TURKISH = "tr"
_OF_WHERE = 0.7


def _without_credits(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that are no credits: who sent a text is not what it tells of."""
    credited = {at for one in credits_in(text) for at in range(one.start, one.end)}
    for mention in mentions:
        if credited.isdisjoint(range(mention.start, mention.end)):
            yield mention
