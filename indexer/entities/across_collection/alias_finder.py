"""Where do texts of other languages name somebody as a person decided? Aliases, sought anew.

The English model finds a name whether or not it is known; in other languages only listed names are
found, and an alias that a person gives must count without tagging the collection again. So aliases
are sought when articles get their entities.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from indexer.entities.recognition import ArticleName, Recognition
from indexer.entities.tagging.gazetteer import GazetteerTagger
from indexer.entities.types import EntityKind


class AliasFinder:
    """Finds the aliases that people gave.

    Args:
        aliases: (kind of the entity, alias).
    """

    def __init__(self, aliases: Iterable[tuple[EntityKind, str]]) -> None:
        names = {alias: (kind, alias) for kind, alias in aliases}
        self._tagger = GazetteerTagger(names) if names else None

    def added_to(self, recognition: Recognition, text: str) -> Recognition:
        """The recognition, with aliases that stand in `text` outside the names it has."""
        if self._tagger is None:
            return recognition
        starts = [start for start, _, _ in recognition.spans]
        ends = [end for _, end, _ in recognition.spans]
        found = [
            mention
            for mention in self._tagger.tag(text, language="und")
            if bisect_right(ends, mention.start) == bisect_left(starts, mention.end)
        ]
        if not found:
            return recognition
        names = list(recognition.names)
        numbers: dict[tuple[EntityKind, str], int] = {}
        spans = list(recognition.spans)
        for mention in found:
            key = (mention.kind, mention.text)
            if key not in numbers:
                numbers[key] = len(names)
                count = sum(one.text == mention.text for one in found)
                names.append(ArticleName(mention.kind, ((mention.text, count),)))
            spans.append((mention.start, mention.end, numbers[key]))
        return Recognition(tuple(names), tuple(sorted(spans)))
