"""Was an article collected from this address? Told as intake tells two addresses of one page."""

from __future__ import annotations

import re
from contextlib import suppress

from corpus.article import article_id_for
from corpus.cleaner.addresses import canonical_url
from corpus.errors import ArticleNotFound
from corpus.store import Catalogue
from search.service import OpenIndex

_ADDRESS = re.compile(r"https?://[^\s\"]+", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a question is an address and nothing else, pasted to see what is known of it."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def collected_from(url: str, index: OpenIndex, catalogue: Catalogue) -> str:
    """The id of the article at an address, in any of the address's forms.

    Args:
        catalogue: knows the addresses whose text was here already, under another.

    Raises:
        ArticleNotFound: none of this generation was collected from there.
    """
    article_id = article_id_for(url=canonical_url(url), text="")
    with suppress(ArticleNotFound):
        article_id = catalogue.article(article_id).article.article_id
    if index.engine.doc_number(article_id) is None:
        raise ArticleNotFound(
            "No article here was collected from this address",
            where="url",
            advice="To look for it in texts, ask for it in quotation marks",
        )
    return article_id
