"""Network tagger: which words of a text are names, in a language that no model was learned of?

The network knows names by what a multilingual encoder makes of them, and learned from other
languages what they are. What our lists and rules find is surer (they were right nine times of ten
where it was five), so that it is asked of the rest.
"""

from __future__ import annotations

from indexer.entities.tagging.foreign.listed import ForeignTagger
from indexer.entities.tagging.foreign.models import mentions_of
from indexer.entities.tagging.foreign.words import sentences
from indexer.entities.tagging.learned.field import Field
from indexer.entities.tagging.learned.network import Network
from indexer.entities.types import Mention

BY_NETWORK = ("he", "fa", "pl", "es")
"""Languages without a model of their own that the network reads."""


class NetworkTagger:
    """A `Tagger` for languages without a model.

    Args:
        network: with a multilingual encoder.
    """

    def __init__(self, network: Network) -> None:
        self._field = Field(b"", [network])
        self._listed = ForeignTagger()
        self.version = f"network/{self._field.digest}"

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in a `text` in one of the languages: listed ones, and others beside them."""
        mentions = self._listed.tag(text, language=language, title=title)
        taken = {at for one in mentions for at in range(one.start, one.end)}
        beside = (
            one
            for one in self.learned(text, language)
            if taken.isdisjoint(range(one.start, one.end))
        )
        return sorted((*mentions, *beside), key=lambda one: one.start)

    def learned(self, text: str, language: str) -> list[Mention]:
        """What the network alone finds."""
        tokens = list(sentences(text, language))
        words = [[word for _, _, word in sentence] for sentence in tokens]
        described = [[list[str]() for _ in sentence] for sentence in words]
        return mentions_of(text, tokens, self._field.names(words, described), language)
