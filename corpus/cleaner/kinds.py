"""Kinds: is this page an article?

Or a live blog, gallery, video, list of others, paywall's stub?
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from corpus.article import Kind
from corpus.cleaner.declared.structured import Declared, types_of
from corpus.cleaner.tree.blocks import RUN, Block

_LIVE = re.compile(
    r"(?:^|[\W_])(?:live[- ]?(?:blog|updates?|ticker|coverage|news|reporting|text)|liveticker|"
    r"newsblog|"
    r"en[- ]direct|en[- ]vivo|онлайн[- ]трансляция|minute by minute)(?:$|[\W_])",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"/live(?:blog|ticker|-news|-updates?)?/|[-/]live-(?:updates?|blog)", re.IGNORECASE
)
_GALLERY_PATH = re.compile(
    r"/(?:gallery|galleries|pictures|photos?|photo-?gallery|slideshow|bildergalerie|fotostrecke|"
    r"diaporama|fotogaleria|in-pictures)/",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|av|tv|mediathek)/", re.IGNORECASE)
_PAYWALL = re.compile(
    r"(?:subscribe|subscription|sign in|log in|register|abonn\w+|suscr\w+|подпис\w+)\b.{0,60}"
    r"(?:to (?:continue|read|keep|unlock|access)|weiterlesen|lire la suite|"
    r"para (?:seguir|continuar)|lire l['’]article|читать)|(?:to (?:continue|keep) reading|"
    r"already a subscriber|"
    r"this (?:article|content|story) is (?:for|only|reserved|exclusive)|réservé aux abonnés|"
    r"unlock this (?:article|story))",
    re.IGNORECASE,
)
_STUB_WORDS = 220
_VIDEO_WORDS = 130
_GALLERY_WORDS = 90
_INDEX_LINKED = 0.45
_STORY_WORDS = 90
_STORY_LINKED = 0.2


def kind_of_page(top: Block, declared: Declared, *, url: str | None, title: str, text: str) -> Kind:
    """What a page is, from its declared type, its address, and the shape of what was found.

    Args:
        top: the page's outline before anything was dropped counts in `size` and `linked`.
        text: the article text that was extracted.
    """
    types = {kind for node in declared.nodes for kind in types_of(node)}
    path = urlsplit(url).path.lower() if url else ""
    words = len(text.split())
    checks = (
        (Kind.LIVE_BLOG, _is_live(types, path, title)),
        (Kind.PAYWALL_STUB, _is_stub(top, declared, words)),
        (Kind.GALLERY, _is_gallery(types, path, words)),
        (Kind.VIDEO, _is_video(types, path, declared, words)),
        (Kind.INDEX_PAGE, _is_index(top, types, path, declared, words)),
    )
    return next((kind for kind, holds in checks if holds), Kind.ARTICLE)


def _is_live(types: set[str], path: str, title: str) -> bool:
    if "liveblogposting" in types:
        return True
    return bool(_LIVE_PATH.search(path)) or (bool(_LIVE.search(title)) and "live" in path)


def _is_stub(top: Block, declared: Declared, words: int) -> bool:
    if words >= _STUB_WORDS:
        return False
    free = declared.article.get("isAccessibleForFree")
    closed = str(free).lower() == "false" or "locked" in declared.meta.get(
        "article:content_tier", ()
    )
    if closed:
        return True
    return any(
        _PAYWALL.search(run.text)
        for run in top.everything()
        if run.tag == RUN
        and run.size < 400
        and run.dropped not in ("footer", "navigation", "masthead")
    ) and any("paywall" in block.marks or "regwall" in block.marks for block in top.everything())


def _is_gallery(types: set[str], path: str, words: int) -> bool:
    if words >= 3 * _GALLERY_WORDS:
        return False
    named = "imagegallery" in types or "mediagallery" in types or bool(_GALLERY_PATH.search(path))
    return named and (words < _GALLERY_WORDS or "newsarticle" not in types)


def _is_video(types: set[str], path: str, declared: Declared, words: int) -> bool:
    if words >= _VIDEO_WORDS:
        return False
    kind = next(iter(declared.meta.get("og:type", ())), "").lower()
    return (
        kind.startswith("video")
        or bool(_VIDEO_PATH.search(path))
        or ("videoobject" in types and "newsarticle" not in types)
    )


def _is_index(top: Block, types: set[str], path: str, declared: Declared, words: int) -> bool:
    if {"newsarticle", "article", "blogposting", "reportagenewsarticle"} & types:
        return False
    kind = next(iter(declared.meta.get("og:type", ())), "").lower()
    if kind == "article":
        return False
    everything = [block for block in top.everything() if block.tag == RUN]
    size = sum(run.size for run in everything) or 1
    linked = sum(run.linked for run in everything)
    front = path in ("", "/") and kind in ("website", "")
    if linked / size <= _INDEX_LINKED:
        return False
    return front or words < _STORY_WORDS or (words < _STUB_WORDS and _is_linked(top))


def _is_linked(top: Block) -> bool:
    """Whether what was kept is itself full of links; a short story under long menus is not."""
    kept = [run for run in top.runs() if run.tag == RUN]
    linked = sum(run.linked for run in kept)
    return linked > _STORY_LINKED * sum(run.size for run in kept)
