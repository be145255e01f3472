"""Markdown: what does a text say without the marks that tell how it looks?

As CommonMark has them, with what GitHub, Pandoc and Obsidian add. Marks of emphasis, links and
quotations are taken off; definitions, notes and remarks, which are shown elsewhere or nowhere, go.
"""

from __future__ import annotations

import html
import re

_HIDDEN = re.compile(r"(?<![\w%])%%(?!%).{1,2000}?%%", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_DEFINED = re.compile(r"^ {0,3}\[([^\]^\n]{1,200})\]:[ \t]*<?\S+>?(?:[ \t]+[\"'(].*)?$", re.M)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]{1,60}\]:.*(?:\n(?: {2,}|\t).*)*", re.MULTILINE)
_UNDERLINED = re.compile(
    r"^(?![ \t]*(?:$|[#>|*+-]))([^\n]{1,120})\n {0,3}(?:=+|-{2,})[ \t]*$", re.M
)
_QUOTED = re.compile(r"^[ \t]{0,3}>[ \t>]*(?:\[![\w-]+\][+-]?[ \t]*)?", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
_BETWEEN_ROWS = re.compile(
    r"^ {0,9}\|?(?:[ \t]{0,99}:?-+:?[ \t]{0,99}\|)+(?:[ \t]{0,99}:?-+:?)?[ \t]{0,99}$\n?", re.M
)
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^([ \t]*)(?:[*+-]|(\d{1,9}[.)]))[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_INLINE = (
    (re.compile(r"!\[\[[^\]\n]{0,300}\]\]"), ""),  # a file shown here
    (re.compile(r"\[\[(?:[^\]|\n]{0,300}\|)?([^\]|\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\^[^\]\s]{1,60}\]"), ""),
    *[(re.compile(r"!?\[([^\[\]]{0,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1")] * 2,
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"(`{1,3})([^`\n]+)\1"), r"\2"),
    (re.compile(r"(~~|==)(?=\S)([^\n]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"<br\s*/?>|\\$", re.IGNORECASE | re.MULTILINE), "\n"),
    (
        re.compile(
            r"</?(?:b|i|em|strong|u|s|del|ins|sup|sub|span|p|div|mark|small|font|center|a|img|hr|kbd|details"
            r"|summary|blockquote|figure|figcaption|cite|q|abbr)\b[^<>]{0,2000}>",
            re.IGNORECASE,
        ),
        "",
    ),
    (
        re.compile(
            r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)((?:(?!\n[ \t]*\n).){1,500}?)(?<=\S)\1(?!\w)", re.DOTALL
        ),
        r"\2",
    ),
)
"""What stands within lines, and what is left of it; links twice, as a picture may be one."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:[A-Za-z]\w{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_APART = 0xD800
"""Where signs are kept that stand for themselves: no text that was decoded has a letter there."""


def read_markdown(text: str, *, titled: bool) -> tuple[str, str]:
    """The first heading, and the text; without the heading unless there is a title elsewhere."""
    text = _FENCE.sub(lambda found: _apart(found[2]), text)
    text = _ESCAPED.sub(lambda found: _apart(found[1]), text)
    text = _NOTE.sub("", _HIDDEN.sub("", _without_remarks(text)))
    named = {_key(found[1]) for found in _DEFINED.finditer(text)}
    text = _DEFINED.sub("", text)
    text = _QUOTED.sub("", text)
    text = _UNDERLINED.sub(r"# \1\n", text)
    heading = _HEADING.search(text)
    title = heading[1] if heading else ""
    if heading and not titled:
        text = text[: heading.start()] + text[heading.end() :]
    text = _HEADING.sub(r"\1", _RULE.sub("", text))
    text = _ROW.sub(_cells, _BETWEEN_ROWS.sub("", text))
    text = _ITEM.sub(lambda found: f"{found[1]}{found[2] or '-'} ", text)
    return _plain(title, named), _plain(text, named)


def _without_remarks(text: str) -> str:
    """A text without what HTML hides; a remark without an end is none."""
    begin, kept, at = text.find("<!--"), [], 0
    while begin >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
        begin = text.find("<!--", at)
    return "".join([*kept, text[at:]])


def _plain(text: str, named: set[str]) -> str:
    """A text without the marks within its lines."""
    for mark, left in _INLINE:
        text = mark.sub(left, text)
    text = _REFERENCE.sub(lambda found: _referred(found, named), text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return _KEPT.sub(lambda found: chr(ord(found[0]) - _APART), text)


_KEPT = re.compile("[\ud821-\ud87e]")
_REFERENCE = re.compile(r"!?\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,200})\])?")


def _referred(found: re.Match[str], named: set[str]) -> str:
    """What a link shows whose address is defined elsewhere; anything else in brackets stays."""
    return found[1] if _key(found[2] or found[1]) in named else found[0]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _cells(row: re.Match[str]) -> str:
    return "\t".join(cell.strip() for cell in row[1].split("|"))


def _apart(text: str) -> str:
    """Signs that stand for themselves, where no mark is looked for."""
    return "".join(chr(_APART + ord(sign)) if "!" <= sign <= "~" else sign for sign in text)
