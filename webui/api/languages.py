"""Languages endpoint: what reports in each other language say of a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from flask import Response

from search.help.translation.lists import LanguageList
from search.output import answers
from search.output.answers import Answer, Count, Generation, about
from search.service import OpenIndex
from webui import params
from webui.answering import from_index, here, revalidated
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments
from webui.view.analyses import lists_of
from webui.view.links import page_of

Links = dict[str, str | None]


class Translation(Answer, frozen=True):
    """What a word is in another language."""

    text: str
    articles: Annotated[Count, about("Articles in the language that have it in some form")]
    used: Annotated[bool, about("False where `left_out` names it")]


class TranslatedWord(Answer, frozen=True):
    """A word of the query, or a row of them, and what was looked for."""

    typed: str
    translations: list[Translation]


class InLanguage(Answer, frozen=True):
    """The best articles in one language."""

    language: str
    total: Annotated[Count, about("Articles that have one of the words, and all names")]
    names: Annotated[tuple[str, ...], about("What was asked for as a name, in any spelling")]
    words: list[TranslatedWord]
    unknown: Annotated[
        tuple[str, ...], about("Words without a translation: looked for as they are, or left out")
    ]
    items: list[answers.Item]
    related: Annotated[
        list[answers.RelatedArticle],
        about("Articles in it that are about the same and no items, where there are vectors"),
    ]


class Languages(Answer, frozen=True):
    """One list a language, by its code; lists are never mixed."""

    asked_in: Annotated[str, about("The language that the query was read in")]
    or_in: Annotated[tuple[str, ...], about("Others that it may be in, the likeliest first")]
    languages: list[InLanguage]
    problems: Annotated[Mapping[str, str], about("Dictionaries that could not be read, and why")]
    warnings: Annotated[tuple[str, ...], about("What a reader should know of the lists")]
    index: Generation
    links: Links


LANGUAGES = Endpoint(
    name="languages",
    path="/languages",
    summary="What reports in other languages say of a query, one list a language",
    parameters=params.LANGUAGES,
    answer=Languages,
)


@serves(LANGUAGES)
def languages(arguments: Arguments) -> Response:
    """`GET /api/v1/languages`"""

    def answer(index: OpenIndex) -> Response:
        found = lists_of(arguments, index)
        view = here()
        links: Links = {
            "self": str(view),
            "permalink": str(view.setting(generation=index.generation.name)),
            "page": str(page_of(view)),
        }
        lists = [_in_language(one) for one in found.lists]
        generation = Generation(index.generation.name)
        return as_json(
            Languages(
                asked_in=found.asked_in,
                or_in=found.or_in,
                languages=lists,
                problems=found.problems,
                warnings=found.warnings,
                index=generation,
                links=links,
            )
        )

    return revalidated(from_index(arguments, answer, cacheable=False))


def _in_language(found: LanguageList) -> InLanguage:
    return InLanguage(
        found.language,
        found.total,
        found.names,
        [
            TranslatedWord(
                word.typed,
                [Translation(one.text, one.articles, one.used) for one in word.options],
            )
            for word in found.words
        ],
        found.unknown,
        [answers.item(hit) for hit in found.hits],
        [answers.RelatedArticle.of(one) for one in found.related],
    )
