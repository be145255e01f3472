"""Which words belong to a picture on pages without an element for captions?"""

from __future__ import annotations

from corpus.cleaner.blocks import Block

_MOST = 220  # characters beside a picture that may still be its caption


def drop_picture_text(body: Block) -> None:
    """Marks captions as `caption`, so that they are listed as such and leave the text.

    A small floating table around a picture, or a paragraph of a picture and words in italics.
    """
    for block in body.walk():
        if block is body or not 0 < block.size <= _MOST:
            continue
        floats = block.tag == "table" and block.attributes.get("align") in ("left", "right")
        pictured = block.tag == "p" and any(child.tag == "img" for child in block.children)
        if floats or (pictured and block.emphasised > 0.5 * block.size):
            block.dropped = "caption"
