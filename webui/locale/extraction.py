"""Extraction: which sentences of the program may a reader of a page see?

Marked ones stand in templates, in the script and in this room. Errors and warnings are made in
rooms that know no pages, in English, with values in them: of these the patterns are collected, so
that `no article has the id %(1)s` is translated wherever it comes from. `make messages` brings the
catalogues up to date with what is found here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import errors
from search.help.doubts import DOUBTS
from search.request import COUNTED, called
from webui.locale.catalogues import FOLDER
from webui.locale.languages import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = FOLDER.parent.parent
_TEMPLATES = FOLDER.parent / "templates"
_SCRIPT = FOLDER.parent / "static" / "dispatches.js"
_IN_SCRIPT = re.compile(r"""\b(?:_|plural)\("((?:[^"\\]|\\.)*)"(?:, "((?:[^"\\]|\\.)*)")?""")
_MARKS = {"marked", "sentence", "plural"}
_TO_A_READER = (
    errors.RequestError,
    errors.NotFoundError,
    errors.DecisionError,
    errors.DossierError,
    errors.EvidenceError,
)
_OURS = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, _TO_A_READER)
)
_HTTP = frozenset({"abort", "Forbidden", "Unauthorized", "TooManyRequests"})
_ROOMS = ("search", "webui", "indexer/entities/authority", "indexer/generations")
_AT_A_TERMINAL = re.compile(
    r"/cli\.py$|webui/(assistants|server/(cli|processes|proxies|several|upkeep)|settings)"
    r"|webui/access/(people|passwords|tokens|restrictions|openings|store|roles)"
    r"|standing/mail|evidence/(timestamp|verifying|signing|redaction)"
    r"|webui/api/|serving/cursor|generations/engine_choice|authority/decisions|dossiers/(hiding|passages)"
)
"""Modules whose errors no page tells."""

_DATED = re.compile(
    rb'^"(?:Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Tr|Language-T|Generated-By).*\n',
    re.MULTILINE,
)
_PARTS = (
    "; near it: %(1)s",
    "; write OR to find either of two",
    "Ignored “%(1)s”: it has no letter or digit%(2)s",
)
"""Of warnings that are put together of several."""

Sentence = tuple[str, str]
"""The English, and its plural or an empty text."""


def sentences() -> dict[Sentence, str]:
    """Every sentence, with the file it stands in."""
    found: dict[Sentence, str] = {}
    for place, one in _all():
        found.setdefault(one, place)
    return found


def _all() -> Iterator[tuple[str, Sentence]]:
    for path in sorted(_TEMPLATES.glob("*.html")):
        yield from (("webui/templates/" + path.name, one) for one in _in_template(path))
    yield from (("webui/static/dispatches.js", one) for one in _in_script())
    for room in _ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if room == "webui":
                yield from ((name, one) for one in _marked(tree))
            if not _AT_A_TERMINAL.search(name):
                yield from ((name, (one, "")) for one in _said(tree))
    yield from (("search/request.py", (called(one), "")) for one in COUNTED)
    yield from (("search/language/resolve.py", (one, "")) for one in _PARTS)
    yield from (("search/help/doubts.py", (one, "")) for one in DOUBTS.values())
    yield from (("search/request.py", (one.title, "")) for one in COUNTED.values())
    yield from (("webui/errors.py", (status.phrase, "")) for status in statuses())


def statuses() -> Iterable[HTTPStatus]:
    """Those that a page may have."""
    return (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.CONFLICT,
        HTTPStatus.GONE,
        HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _in_template(path: Path) -> Iterator[Sentence]:
    from jinja2.ext import babel_extract  # noqa: PLC0415  # a page needs none of this

    options = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
    with path.open("rb") as file:
        for _, _, said, _ in babel_extract(file, ("_", "gettext", "ngettext"), (), options):
            if isinstance(said, str):
                yield said, ""
            elif said and said[0]:
                yield said[0], said[1] or ""


@lru_cache
def _in_script() -> tuple[Sentence, ...]:
    found = _IN_SCRIPT.findall(_SCRIPT.read_text(encoding="utf-8"))
    return tuple((one.replace('\\"', '"'), many) for one, many in found)


def script_sentences() -> list[str]:
    """What the script of the pages says, in English."""
    return [one for one, _ in _in_script()]


def _marked(tree: ast.Module) -> Iterator[Sentence]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _MARKS:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if texts and isinstance(texts[0], str):
                yield texts[0], str(texts[1]) if _called(node) == "plural" else ""


def _called(node: ast.Call) -> str:
    return _name(node.func)


def _name(node: ast.expr | None) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _said(tree: ast.Module) -> Iterator[str]:
    """What errors and warnings say."""
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        texts: list[ast.expr] = []
        if name in _OURS:
            texts = node.args[:1] + [one.value for one in node.keywords if one.arg == "advice"]
        elif name in _HTTP:
            texts = node.args[-1:]
        elif name == "append" and _name(getattr(node.func, "value", None)) == "warnings":
            texts = node.args
        for text in texts:
            yield from _patterns(text, constants)


def _patterns(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The text of an expression, with numbered places for what is put in."""
    if isinstance(node, ast.Name) and node.id in constants:
        yield from _patterns(constants[node.id], {})
    elif isinstance(node, ast.IfExp):
        yield from _patterns(node.body, constants)
        yield from _patterns(node.orelse, constants)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[a-z]{2}", node.value):
            yield node.value.replace("%", "%%")
    elif isinstance(node, ast.JoinedStr):
        text, number = "", 0
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value).replace("%", "%%")
            else:
                number += 1
                text += f"%({number})s"
        if re.search(r"[a-z]{2}", re.sub(r"%\(\d+\)s", "", text)):
            yield text


def update() -> None:
    """Brings every catalogue up to date: what is new has no translation, what is gone leaves."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415  # a page needs none of this
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for code in LANGUAGES:
        if code == ENGLISH.code:
            continue
        path = FOLDER / f"{code}.po"
        known = Catalog(code)
        if path.exists():
            with path.open("rb") as file:
                known = read_po(file, locale=code)
        made = Catalog(code, header_comment=f"# Dispatches: {LANGUAGES[code].name}", fuzzy=False)
        # The forms that the translations have: releases of Babel differ in those of a language.
        made.mime_headers = [("Plural-Forms", known.plural_forms)]
        for (one, many), place in sorted(sentences().items(), key=lambda item: (item[1], item[0])):
            old = known.get(one)
            empty = ("",) * made.num_plurals if many else ""
            kept = old.string if old and bool(many) is isinstance(old.id, tuple) else empty
            made.add((one, many) if many else one, kept, auto_comments=(place,))
        path.write_bytes(written(made))


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file has it: without dates, which would differ each time."""
    from babel.messages.pofile import write_po  # noqa: PLC0415  # a page needs none of this

    file = BytesIO()
    write_po(file, catalogue, width=100)
    return _DATED.sub(b"", file.getvalue())


if __name__ == "__main__":
    update()
