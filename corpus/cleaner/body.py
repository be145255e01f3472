"""Which part of the page is the story?

Furniture is gone by name (`furniture.prune`); what is left is weighed. From the root, the walk goes
down into the child that holds nearly all of the prose, more readily where the page names it the
body (`itemprop=articleBody`, `<article>`, a class such as `entry-content`), and stops where the
prose spreads over several children.
"""

from __future__ import annotations

import re

from corpus.cleaner.blocks import RUN, Block

_BODY_MARKS = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:article|story|entry|post|news|page|blog|text|main|single|node|"
    r"body|content|artikel|artigo|articulo|nota|detail|field-name)-{0,2}(?:body|content|text|copy|inner-content|"
    r"contents|main|paragraphs|detail|full|articlebody|inhalt|cuerpo|corps|richtext|-field-body)"
    r"(?:-[\w-]+)?(?= |$)|(?:^| )(?:articlebody|storybody|body-copy|rich-?text|prose|"
    r"td-post-content|available-content|mw-parser-output|instapaper-body|e-content|cuerpo|"
    r"texto)(?= |$)"
)
_LEAVES = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl blockquote pre figure tr td th dt dd table".split()
)
_CELLS = frozenset(("table", "tbody", "tr", "td"))
_PLAIN = 0.85
_ARTICLE = 0.6
_MARKED = 0.55
_NAMED = 0.4


def choose(top: Block) -> Block:
    """The smallest block that holds the story.

    Args:
        top: the page's outline, furniture dropped and sizes added up again.
    """
    node = top
    while True:
        best = max(
            (child for child in node.children if not child.dropped and child.tag != RUN),
            key=lambda child: child.prose,
            default=None,
        )
        if best is None or not node.prose or best.prose < _share_needed(best) * node.prose:
            return node
        if best.tag in _LEAVES and not _holds_story(best):
            return node
        node = best


def is_named_body(block: Block) -> bool:
    """Whether the page itself calls this block the article's body."""
    attributes = block.attributes
    return (
        "articlebody" in (attributes.get("itemprop", "") + attributes.get("property", "")).lower()
    )


def _share_needed(block: Block) -> float:
    if is_named_body(block):
        return _NAMED
    if block.marks and _BODY_MARKS.search(block.marks):
        return _MARKED
    if block.tag in ("article", "main") or ("role" in block.attributes and "main" in block.marks):
        return _ARTICLE
    return _PLAIN


def _holds_story(block: Block) -> bool:
    """Whether a block that is usually part of a story holds all of it: a layout table's cell."""
    if block.tag in ("li", "ul", "ol", "blockquote", *_CELLS):
        return sum(1 for run in block.runs() if run.prose) >= 2
    return False
