"""Assembly: the parts of an article come together in one `IndexDocument`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date

from corpus.dates import PartialDate
from corpus.store import StoredArticle
from indexer.articles.analysis import Analysis
from indexer.articles.mentioned_dates import with_years
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.articles.roles.types import HeldBy, Role
from indexer.document import ArticleEntity, IndexDocument, MentionSpan, NamesIn

NOT_ANALYZED = "not_analyzed"
"""The flag of an article whose analysis failed: it can be found by its text, not by its names."""


def document(
    stored: StoredArticle,
    entities: tuple[ArticleEntity, ...],
    mentions: tuple[MentionSpan, ...],
    found: Analysis,
    family_id: str,
    outlet: str,
    *,
    doubts: Iterable[str],
) -> IndexDocument:
    """The document of an article, from what was stored and what was found in it and in others.

    Args:
        found: in it alone.
        doubts: flags about its extraction, of the cleaner and of the whole collection.
    """
    article = stored.article
    collected = stored.first_collected.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return IndexDocument(
        article_id=article.article_id,
        version=stored.version,
        title=article.title,
        text=article.reading,
        kind=article.kind,
        medium=stored.medium,
        url=article.url,
        outlet=outlet,
        section=article.section,
        language=article.language,
        bylines=article.bylines,
        published=article.published,
        modified=article.modified,
        collected=PartialDate(collected, "collected"),
        mentioned=with_years(found.mentioned, article.published),
        entities=entities,
        mentions=mentions,
        family_id=family_id,
        original_sha256=stored.original_sha256,
        flags=tuple(sorted(set(doubts))),
        quotes=_spoken(found.quotes, mentions),
        roles=_held(found.roles, mentions),
        agencies=article.agencies,
    )


def _spoken(quotes: Iterable[Quote], mentions: Iterable[MentionSpan]) -> tuple[SpokenBy, ...]:
    """Quotes with whom their speakers' names mean in this generation."""
    named = {mention.start: mention.entity_id for mention in mentions}
    return tuple(SpokenBy(quote, named.get(quote.named, "")) for quote in quotes)


def _held(roles: Iterable[Role], mentions: Iterable[MentionSpan]) -> tuple[HeldBy, ...]:
    """Roles of those whom a name means in this generation."""
    named = {mention.start: mention.entity_id for mention in mentions}
    return tuple(
        HeldBy(role.start, role.end, named[role.named]) for role in roles if role.named in named
    )


def names_in(found: Analysis) -> NamesIn:
    """Which names stand where in an article, all of them found in it alone."""
    spans = tuple((start, end, number) for start, end, number in found.recognition.spans)
    numbers = {start: number for start, _, number in spans}
    return NamesIn(
        spans,
        tuple(numbers.get(quote.named, -1) for quote in found.quotes),
        tuple(
            (role.start, role.end, numbers[role.named])
            for role in found.roles
            if role.named in numbers
        ),
    )


def reported(stored: StoredArticle) -> float:
    """When an article first said what it says: days, undated ones after all dated ones."""
    published = stored.article.published
    if published is not None:
        return published.earliest.toordinal()
    return date.max.toordinal() + stored.first_collected.timestamp() / 86_400
