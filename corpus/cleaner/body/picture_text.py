"""Which words belong to a picture on pages without an element for captions?"""

from __future__ import annotations

from corpus.cleaner.body.phrases import CREDIT
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, kind_of
from corpus.cleaner.words import SENTENCE_END

_MOST = 220  # characters beside a picture that may still be its caption
_LABEL = 160  # the same where only the missing full stop tells
_CREDITED, _CREDIT = 300, 140  # characters of a caption that names its source, and of its end


def drop_picture_text(body: Block) -> None:
    """Marks captions as `caption`, so that they are listed as such and leave the text.

    A small floating table, a picture and words in italics, or a picture and a line that is neither
    a sentence nor a heading; wherever it stands, a line that ends with whose picture it is.
    """
    for block in body.walk():
        if block.tag == RUN and block.size <= _CREDITED and CREDIT.search(block.text[-_CREDIT:]):
            block.dropped = "caption"
        if block is body or not 0 < block.size <= _MOST:
            continue
        floats = block.tag == "table" and block.attributes.get("align") in ("left", "right")
        slanted = block.slanted > 0.5 * block.size
        if floats or (block.pictures and block.tag != "li" and (slanted or _is_label(block))):
            block.dropped = "caption"


def _is_label(block: Block) -> bool:
    return block.size <= _LABEL and not any(
        kind_of(run) in HEADINGS or SENTENCE_END.search(run.text) for run in block.runs()
    )
