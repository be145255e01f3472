"""Rules: how well are names found without any learning?

The baseline that the taggers are measured against. It knows the lexicon, titles, the words that
bodies end in, and that two capitalized words in mid-sentence are most often a person.
"""

from __future__ import annotations

from indexer.entities import lexicon
from indexer.entities.tagging.tokens import Token, sentences
from indexer.entities.types import EntityKind, Mention

_RULE = "rules"

_BODY_WORDS = frozenset(
    """
    Academy Agency Airlines Airways Alliance Army Assembly Association Authority Bank Battalion
    Board Brigade Bureau Cabinet Centre Center Club Coalition College Command Commission Committee
    Company Conference Congress Corp Corporation Corps Council Court Defence Defense Department
    Directorate Federation Force Forces Foundation Front Fund Group Guard Hospital Inc Institute
    League Ltd Ministry Movement Navy News Office Organisation Organization Parliament Party
    Police Press Regiment Secretariat Senate Service Services Society Studies Times Tribunal Union
    United University
    """.split()
)
_PLACE_WORDS = frozenset(
    """
    Airport Avenue Bay Beach Bridge City County Desert District Governorate Highway Hills Island
    Islands Lake Mountain Mountains Oblast Ocean Peninsula Province Region River Road Sea Square
    Strait Street Valley Village
    """.split()
)
_INSIDE = frozenset(
    """
    of for the and de la del bin al el ibn van von der - '
    """.split()
)
_OPENERS = frozenset(
    """
    A An And As At But By For From He Her His I If In It Its More On One Our She Since So Some
    That The Their There These They This Those To Two We What When Where While With You Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December
    """.split()
)


class RuleTagger:
    """A `Tagger` of plain rules for English."""

    version = _RULE

    def __init__(self) -> None:
        self._known: dict[str, EntityKind] = {}
        for sort, place in lexicon.places():
            if sort != "city" or place.weight >= 100:
                self._known[place.label] = EntityKind.PLACE
        for known in lexicon.known_names():
            for name in (known.label, *known.others):
                self._known[name] = known.kind
        for people in lexicon.peoples():
            self._known[people] = EntityKind.NORP
        self._honorifics = lexicon.honorifics()

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in an English `text`."""
        del language, title
        return [
            mention for sentence in sentences(text) for mention in self._in_sentence(text, sentence)
        ]

    def _in_sentence(self, text: str, sentence: list[Token]) -> list[Mention]:
        mentions: list[Mention] = []
        index = 0
        while index < len(sentence):
            end = self._run(sentence, index)
            if end == index:
                index += 1
                continue
            first = index
            honorific = ""
            while first < end - 1 and _bare(sentence[first][2]) in self._honorifics:
                honorific = _bare(sentence[first][2])
                first += 1
            start, stop = sentence[first][0], sentence[end - 1][1]
            kind = self._kind(text[start:stop], sentence[first:end], honorific, first)
            if kind is not None:
                name = text[start:stop]
                mentions.append(Mention(start, stop, kind, name, 0.5, _RULE, honorific))
            index = end
        return mentions

    def _run(self, sentence: list[Token], index: int) -> int:
        """Where the run of capitalized words that starts at `index` ends."""
        if not _is_name_word(sentence[index][2]) or sentence[index][2] in _OPENERS:
            return index
        end = index + 1
        while end < len(sentence):
            if _is_name_word(sentence[end][2]):
                end += 1
            elif sentence[end][2] in _INSIDE and end + 1 < len(sentence):
                following = sentence[end + 1][2]
                if not _is_name_word(following):
                    break
                end += 2
            else:
                break
        return end

    def _kind(
        self, name: str, words: list[Token], honorific: str, position: int
    ) -> EntityKind | None:
        kind = EntityKind.PERSON if honorific else self._known.get(name)
        if kind is None and any(word in _BODY_WORDS for _, _, word in words):
            kind = EntityKind.ORG
        if kind is None and words[-1][2] in _PLACE_WORDS:
            kind = EntityKind.PLACE
        if kind is None and name.isupper() and 2 < len(name) < 7:
            kind = EntityKind.ORG
        if kind is None and 1 < len(words) < 4 and position > 0:
            kind = EntityKind.PERSON
        return kind


def _is_name_word(token: str) -> bool:
    return token[0].isupper()


def _bare(token: str) -> str:
    return token.lower().rstrip(".")
