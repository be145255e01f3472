"""Assembly: how do the blocks that stayed become one text, and those that went a list?

Paragraphs are separated by a blank line; items of one list and rows of one table by a line break;
cells of a row by ` | `.
"""

from __future__ import annotations

from corpus.article import Removed
from corpus.cleaner.tree.blocks import Block

_MAX_REMOVED = 2000  # characters of one removed block that are listed
_MAX_LISTED = 2000  # removed blocks listed for one page


def assemble(body: Block) -> str:
    """The text of what was not dropped below `body`."""
    pieces: list[str] = []
    previous: Block | None = None
    for run in body.runs():
        if previous is not None:
            pieces.append(_joint(previous, run))
        pieces.append(run.text)
        previous = run
    return "".join(pieces)


def captions_in(body: Block) -> tuple[str, ...]:
    """The captions in the body and beside it, each once, in order."""
    scope = body
    for block in body.ancestors():
        if block.tag in ("body", "html", "[document]"):
            break
        scope = block
        if block.tag in ("article", "main"):
            break
    texts: dict[str, None] = {}
    stack = [scope]
    while stack:
        block = stack.pop()
        if block.dropped == "caption":
            texts[" ".join(block.full_text().split())] = None
        else:
            stack.extend(reversed(block.children))
    return tuple(text for text in texts if text)


def removals(top: Block, body: Block) -> tuple[Removed, ...]:
    """What was taken out, outermost blocks only; what lies outside the body is `outside_body`."""
    kept_path = {id(block) for block in body.ancestors()} | {id(body)}
    listed: list[Removed] = []
    stack = [(top, False)]
    while stack and len(listed) < _MAX_LISTED:
        block, inside = stack.pop()
        if block.dropped:
            if block.dropped not in ("caption", "standfirst"):
                _list(listed, block.dropped, block)
            continue
        inside = inside or block is body
        if not inside and id(block) not in kept_path:
            _list(listed, "outside_body", block)
            continue
        stack.extend((child, inside) for child in reversed(block.children))
    return tuple(listed)


def _list(listed: list[Removed], rule: str, block: Block) -> None:
    text = " ".join(block.full_text().split())
    if not text:
        return
    if len(text) > _MAX_REMOVED:
        text = text[:_MAX_REMOVED].rstrip() + "…"
    listed.append(Removed(rule, text))


def _joint(previous: Block, run: Block) -> str:
    before, after = _cell(previous), _cell(run)
    if before is not None and after is not None:
        if before is after:
            return "\n\n"
        if before.parent is after.parent:
            return " | "
        if _table(before) is _table(after):
            return "\n"
    first, second = _item(previous), _item(run)
    if first is None or second is None or first is second:
        return "\n\n"
    return "\n" if first.parent is second.parent else "\n\n"


def _cell(run: Block) -> Block | None:
    """The data cell a run stands in, when the cell holds nothing else."""
    parent = run.parent
    while parent is not None and parent.tag in ("p", "div", "span") and len(parent.children) == 1:
        parent = parent.parent
    if parent is not None and parent.tag in ("td", "th") and len(parent.children) == 1:
        return parent
    return None


def _table(cell: Block) -> Block | None:
    return next((block for block in cell.ancestors() if block.tag == "table"), None)


def _item(run: Block) -> Block | None:
    for block in run.ancestors():
        if block.tag == "li":
            return block
        if block.tag in ("article", "section", "td", "body"):
            return None
    return None
