"""Names by an installed spaCy model, for those who have one: the optional extra `[spacy]`.

Behind the same interface as the shipped model, so that merging, ids and decisions are the same.
"""

from __future__ import annotations

from typing import Any

from corpus.errors import InvalidParameter
from indexer.entities.types import EntityKind, Mention

_KINDS = {
    "PERSON": EntityKind.PERSON, "PER": EntityKind.PERSON,
    "ORG": EntityKind.ORG,
    "GPE": EntityKind.PLACE, "LOC": EntityKind.PLACE, "FAC": EntityKind.PLACE,
    "NORP": EntityKind.NORP,
    "EVENT": EntityKind.EVENT,
}  # fmt: skip
_SIZES = ("trf", "lg", "md", "sm")
_CONFIDENCE = 0.85  # spaCy's transition parser gives none; its F1 on news is about this


class SpacyTagger:
    """A `Tagger` around a spaCy pipeline with an entity recognizer.

    Args:
        model: name of an installed model (`en_core_web_sm`), or a pipeline already loaded.

    Attributes:
        language: ISO 639-1 code of the one language that the model is for.

    Raises:
        InvalidParameter: spaCy or the model is not installed.
    """

    def __init__(self, model: Any) -> None:
        self._pipeline = _load(model) if isinstance(model, str) else model
        meta = self._pipeline.meta
        self.language: str = meta["lang"]
        self.version = f"spacy/{meta['lang']}_{meta['name']}-{meta['version']}"

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The names in `text`; nothing in a language that the model is not for."""
        del title
        if language != self.language:
            return []
        mentions = []
        for found in self._pipeline(text).ents:
            kind = _KINDS.get(found.label_)
            if kind is not None:
                start = found.start_char + (4 if found.text.lower().startswith("the ") else 0)
                name = text[start : found.end_char].removesuffix("'s").removesuffix("’s")
                if name.strip():
                    mentions.append(
                        Mention(start, start + len(name), kind, name, _CONFIDENCE, self.version)
                    )
        return mentions


def installed_model() -> str | None:
    """The name of an installed English model, the largest first; None without spaCy or model."""
    try:
        from spacy.util import get_installed_models  # noqa: PLC0415 - optional
    except ImportError:
        return None
    english = [name for name in get_installed_models() if name.startswith("en_")]
    return min(english, key=lambda name: _SIZES.index(name.rpartition("_")[2]), default=None)


def _load(model: str) -> Any:
    try:
        import spacy  # noqa: PLC0415 - optional, and slow to load

        return spacy.load(model)
    except (ImportError, OSError) as error:
        raise InvalidParameter(
            f"The spaCy model {model!r} cannot be loaded: {error}",
            where="tagger",
            advice=f"pip install 'dispatches[spacy]' && python -m spacy download {model}",
        ) from None
