"""Folding: what does a template say in a language? Put into it when it is compiled.

A page has hundreds of sentences that are constants. They become part of the text around them, so
that a page in any language costs as much as one that knows no others. What holds values, or is
chosen from a table, is looked up when the page is made.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from types import CodeType
from typing import Any

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.visitor import NodeTransformer

from webui.locale import languages
from webui.locale.languages import Language

_MARKS = frozenset({"_", "gettext"})


class ByLanguage(Environment):
    """An environment that gives each language templates of its own; loaded when it is first spoken.

    What a template includes or extends is in its language, too.
    """

    _speaks: Language | None = None

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:  # noqa: A002  # Jinja's name of it
        if self._speaks is not None:
            return super()._load_template(name, globals)
        return self._of(languages.current())._load_template(name, globals)

    def _of(self, language: Language) -> ByLanguage:
        """The same in a language; made once, when the application is complete."""
        known: dict[str, ByLanguage] = self.__dict__.setdefault("_by_language", {})
        if language.code not in known:
            made = self.overlay()
            made._speaks = language
            made.bytecode_cache = _compiled(language.code)
            known[language.code] = made
        return known[language.code]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        if self._speaks is None:
            return parsed
        with languages.using(self._speaks):
            folded: nodes.Template = _Folded().visit(parsed)
        return folded


class _Compiled(BytecodeCache):
    """What templates became in a language: the applications of one process, one a collection, have
    the same templates, filters and settings.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(_language: str) -> _Compiled:
    return _Compiled()


class _Folded(NodeTransformer):
    """Puts a sentence in the place of its mark, in the language of now."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name of it
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name in _MARKS):
            return node
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        (said,) = node.args
        if not isinstance(said, nodes.Const):
            return node
        return nodes.Const(languages.markup(said.value), lineno=node.lineno)
