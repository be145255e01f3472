"""Leaving: what may be taken out of an entity? One rule for the terminal and for the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.errors import InvalidParameter
from indexer.entities.across_collection.collection_names import entity_id_for
from indexer.entities.names.spelling import plain
from indexer.entities.types import Entity, EntityDirectory


def refuse_leaving(
    entity: Entity,
    names: Sequence[str],
    articles: Sequence[str],
    directory: EntityDirectory,
    is_article: Callable[[str], bool],
) -> None:
    """Refuses names that an entity has not, or has its id from, and articles that there are not.

    Args:
        names: what is to leave, however it is spelled.
        articles: ids of those in which whatever they name so is another's.

    Raises:
        InvalidParameter: the split would change nothing, or not what was meant.
    """
    own = {plain(one.name) for one in directory.names(entity.entity_id)}
    for name in names:
        if plain(name) not in own:
            raise InvalidParameter(
                f"{name} is no name of {entity.label}",
                where="split",
                advice="Choose among its names",
            )
        if entity_id_for(entity.kind, name) == entity.entity_id:
            raise InvalidParameter(
                f"a spelling gave {entity.label} its id and cannot leave it",
                where="split",
                advice="Choose those of the other one",
            )
    for article in articles:
        if not is_article(article):
            raise InvalidParameter(
                f"{article!r} is no article", where="split_article", advice="Give its address"
            )
