"""Styles: citations in any style that an operator gives as a CSL file.

Files lie in the folder `styles` of a collection. citeproc-py writes them, which comes with
`pip install "dispatches[csl]"`; what it doubles (a stop behind a title's own, around quotation
marks) is taken off again.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import DispatchesError, EntityNotFound, StorageError
from indexer.document import IndexDocument
from search.output.formats.csl import csl_item

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_DOUBLED = (
    (re.compile(r"([.!?…])([”’»\"']*)\.(?=\s|$)"), r"\1\2"),
    (re.compile(r"([”’])\.(?=\s|$)"), r".\1"),
)


def style_names(folder: Path) -> list[str]:
    """The styles that lie in a folder."""
    return sorted(path.stem for path in folder.glob("*.csl") if _NAME.fullmatch(path.stem))


def written(document: IndexDocument, folder: Path, name: str) -> str:
    """A citation of an article, as a bibliography has it, in the language of the style.

    Raises:
        EntityNotFound: no such style lies there.
        StorageError: the file is no style, or what reads styles is not installed.
    """
    path = folder / f"{name}.csl"
    if not _NAME.fullmatch(name) or not path.is_file():
        known = style_names(folder)
        raise EntityNotFound(
            f"there is no citation style {name!r}",
            advice=f"Those given are {', '.join(known)}" if known else "None was given",
        )
    try:
        from citeproc import (  # noqa: PLC0415 - it comes with an extra
            Citation,
            CitationItem,
            CitationStylesBibliography,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    except ImportError as error:
        raise StorageError(
            "what reads CSL files is not installed",
            where=str(path),
            advice='`pip install "dispatches[csl]"` brings it',
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields that a style does not know
            style = _style(path, path.stat().st_mtime_ns)
            source = CiteProcJSON([_item(document)])
            bibliography = CitationStylesBibliography(style, source, formatter.plain)
            bibliography.register(Citation([CitationItem(document.article_id)]))
            text = "".join(map(str, bibliography.bibliography()[0]))
    except DispatchesError:
        raise
    except Exception as error:
        raise StorageError(
            f"the style {name} cannot be used: {error or type(error).__name__}",
            where=str(path),
            advice="Look whether the file is an independent CSL 1.0 style",
        ) from error
    for doubled, once in _DOUBLED:
        text = doubled.sub(once, text)
    return text


def _item(document: IndexDocument) -> dict[str, Any]:
    """An article without authors is its outlet's: citeproc-py would name its title twice."""
    item = csl_item(document)
    if "author" not in item and document.outlet:
        item["author"] = [{"literal": document.outlet}]
    return item


@lru_cache(maxsize=16)
def _style(path: Path, _changed: int) -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415 - it comes with an extra

    return CitationStylesStyle(str(path), validate=False)
