"""Languages page: what articles in other languages report, with the translations of each word."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.document import IndexDocument
from search.help.translation.lists import LanguageList, Option, Translated
from search.result import Hit
from webui.pages.passages import Passage, RelatedView, passages_of, related_view, title_of
from webui.params import ASKED_IN, LEFT_OUT
from webui.view import marks, wording
from webui.view.analyses import OtherLanguages
from webui.view.links import View


@dataclass(frozen=True, slots=True)
class OptionView:
    """One translation, and the address where it is looked for, or no longer."""

    option: Option
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One article, prepared."""

    document: IndexDocument
    url: str
    title: tuple[marks.Run, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """One language.

    Attributes:
        words: words of the question, each with its translations.
    """

    found: LanguageList
    name: str
    words: tuple[tuple[str, tuple[OptionView, ...]], ...]
    hits: tuple[HitView, ...]
    related: tuple[RelatedView, ...]


@dataclass(frozen=True, slots=True)
class LanguagesPage:
    """Everything the template shows.

    Attributes:
        asked_in: the name of the language that the question was read in.
        or_in: names of others that it may be in, and where it is read so.
    """

    lists: tuple[ListView, ...]
    found: OtherLanguages
    asked_in: str
    or_in: tuple[tuple[str, str], ...]


def prepare(found: OtherLanguages, view: View) -> LanguagesPage:
    """Lays the lists out.

    Args:
        view: the page itself.
    """
    others = view.without(LEFT_OUT.name)
    return LanguagesPage(
        tuple(_list(one, view) for one in found.lists),
        found,
        wording.language(found.asked_in) if found.asked_in else "",
        tuple(
            (wording.language(one), str(others.setting(**{ASKED_IN.name: one})))
            for one in found.or_in
        ),
    )


def _list(found: LanguageList, view: View) -> ListView:
    return ListView(
        found,
        wording.language(found.language),
        tuple((word.typed, _options(word, found.language, view)) for word in found.words),
        tuple(_hit(hit, view) for hit in found.hits),
        tuple(related_view(one, view.only("generation")) for one in found.related),
    )


def _options(word: Translated, language: str, view: View) -> tuple[OptionView, ...]:
    return tuple(OptionView(one, _switched(one, language, view)) for one in word.options)


def _switched(option: Option, language: str, view: View) -> str:
    name = f"{language}:{option.text}"
    others = [one for one in view.all(LEFT_OUT.name) if one != name]
    return str(view.setting(**{LEFT_OUT.name: [*others, name] if option.used else others}))


def _hit(hit: Hit, view: View) -> HitView:
    document = hit.document
    return HitView(
        document,
        str(view.only("generation").at(f"/articles/{document.article_id}")),
        title_of(hit),
        passages_of(hit),
    )
