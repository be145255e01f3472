"""Errors: every error of the product, as one tree.

::

    DispatchesError                  the root; catch this at a door, never inside a room
    ├── InputError                   one input is bad; it costs that input alone
    │   ├── UnreadableInput          the bytes cannot be read as what they claim to be
    │   │   └── FirstVisitElsewhere  a crawl found a page unchanged that another file holds
    │   ├── UnsupportedFormat        no reader takes this format
    │   ├── UnsafeInput              refused on purpose: a bomb, a path that leaves its folder
    │   ├── InvalidRecord            a record lacks a field or holds a wrong type
    │   ├── InvalidDate              a text that is not a date in the form asked for
    │   ├── NoArticleFound           the page was read, but holds no article text
    │   └── CollectError             an address could not be fetched
    ├── RequestError                 a question is badly put
    │   ├── QuerySyntaxError         the query text; carries the position
    │   ├── QueryTooComplex          a documented limit was passed
    │   ├── InvalidParameter         a parameter is unknown, malformed or out of range
    │   └── UnknownHost              asked under a name that the operator did not give
    ├── NotFoundError                the question is fine; there is nothing under that name
    │   ├── ArticleNotFound
    │   ├── EntityNotFound
    │   ├── OriginalNotFound
    │   ├── DossierNotFound
    │   └── GenerationGone           a cursor or citation names a generation that was pruned
    ├── DecisionError                a decision about names contradicts another, or is malformed
    ├── EvidenceError                an evidence package cannot be made, signed or read
    │   └── LacksMeans               what that takes is not here
    ├── DossierError                 a change of a dossier cannot be made
    └── StorageError                 our own files
        ├── MachineTrouble           no room, memory or file handles: no input is at fault
        ├── NoCatalogue              nothing was taken in yet
        ├── NoIndex                  nothing was published yet
        ├── IndexCorrupt             a checksum or header does not hold
        ├── CatalogueCorrupt
        ├── CatalogueOutdated        it must be brought up to date before it can be read
        ├── BackupCorrupt            a backup is not what was written
        ├── ClusterUnavailable       the machines that hold the index do not answer
        ├── CatalogueUnavailable     the server that holds the catalogue does not answer
        └── Locked                   another process is writing

Each says what was wrong, where, and what to do next, because a person reads it. None of them
knows an HTTP status or an exit code: those tables live at the doors (`webui.errors`,
`corpus.terminal`).
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.article import RawDocument


class DispatchesError(Exception):
    """Something a person can understand and act on.

    Args:
        what: what was wrong, one sentence without a full stop.
        where: the file, record, parameter or address it concerns; may be empty.
        advice: what to do next, one sentence without a full stop; may be empty.
    """

    code = "error"

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it passes from one process to another, whatever it was made of."""
        return _revived, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        located = f"{self.where}: {self.what}" if self.where else self.what
        said = f"{located}. {self.advice}" if self.advice else located
        return f"{said.removesuffix('.')}."  # a name at its end may have one


def _revived(
    kind: type[DispatchesError], said: tuple[Any, ...], attributes: dict[str, Any]
) -> DispatchesError:
    error = kind.__new__(kind, *said)
    error.args = said
    error.__dict__.update(attributes)
    return error


class InputError(DispatchesError):
    """One input is bad. The run goes on; the failure is counted and listed.

    What libraries say of damage may quote the damaged bytes, a kilobyte of them, with line breaks:
    of that the beginning and the end are kept, on one line.
    """

    code = "bad_input"

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(_on_a_line(what), where=where, advice=advice)


_LONGEST, _END = 400, 80
"""Characters of what was wrong, and those of its end that are kept where it is longer."""


def _on_a_line(what: str) -> str:
    line = " ".join(part.strip() for part in what.splitlines())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - _END]} … {line[-_END:]}"


class UnreadableInput(InputError):
    code = "unreadable_input"


class FirstVisitElsewhere(UnreadableInput):
    """A crawl found a page unchanged since a visit that is not in its file.

    Args:
        visit: the later visit; its content is empty.
        first_url, first_visited, digest: what is said of the first one.
    """

    def __init__(
        self, *, visit: RawDocument, first_url: str, first_visited: datetime | None, digest: str
    ) -> None:
        super().__init__(
            "a later visit of a document that is not in this file",
            where=visit.locator,
            advice="Add the file that holds the first visit, then try again with --retry-failures",
        )
        self.visit = visit
        self.first_url = first_url
        self.first_visited = first_visited
        self.digest = digest


class UnsupportedFormat(InputError):
    code = "unsupported_format"


class UnsafeInput(InputError):
    code = "unsafe_input"


class InvalidRecord(InputError):
    code = "invalid_record"


class InvalidDate(InputError):
    code = "invalid_date"


class NoArticleFound(InputError):
    code = "no_article_found"


class CollectError(InputError):
    """An address could not be fetched.

    Args:
        temporary: whether trying again later may help; a page that is gone stays gone.
    """

    code = "collect_failed"

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", temporary: bool = False
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.temporary = temporary


class RequestError(DispatchesError):
    """A question is badly put; nothing was answered."""

    code = "bad_request"


class QuerySyntaxError(RequestError):
    """The query text cannot be read.

    Args:
        position: offset into the query text, in characters, where reading stopped.
    """

    code = "query_syntax"

    def __init__(self, what: str, *, position: int, where: str = "q", advice: str = "") -> None:
        super().__init__(what, where=where, advice=advice)
        self.position = position


class QueryTooComplex(RequestError):
    code = "query_too_complex"


class InvalidParameter(RequestError):
    """A parameter is unknown, malformed or out of range; `where` is its name.

    Args:
        did_you_mean: a known parameter or value that the person may have meant; may be empty.
    """

    code = "invalid_parameter"

    def __init__(self, what: str, *, where: str, advice: str = "", did_you_mean: str = "") -> None:
        super().__init__(what, where=where, advice=advice)
        self.did_you_mean = did_you_mean


class UnknownHost(RequestError):
    code = "unknown_host"


class NotFoundError(DispatchesError):
    code = "not_found"


class ArticleNotFound(NotFoundError):
    code = "article_not_found"


class EntityNotFound(NotFoundError):
    code = "entity_not_found"


class PersonNotFound(NotFoundError):
    code = "person_not_found"


class TokenNotFound(NotFoundError):
    code = "token_not_found"


class OriginalNotFound(NotFoundError):
    code = "original_not_found"


class DossierNotFound(NotFoundError):
    code = "dossier_not_found"


class GenerationGone(NotFoundError):
    code = "generation_gone"


class DecisionError(DispatchesError):
    code = "bad_decision"


class DossierError(DispatchesError):
    code = "bad_dossier"


class EvidenceError(DispatchesError):
    code = "bad_evidence"


class LacksMeans(EvidenceError):
    """A library, a key or an authority: what it takes is not here, whatever was asked for."""


class MailError(DispatchesError):
    code = "mail_failed"


class StorageError(DispatchesError):
    code = "storage"


class NoCatalogue(StorageError):
    code = "no_catalogue"


class NoIndex(StorageError):
    code = "no_index"


class IndexCorrupt(StorageError):
    code = "index_corrupt"


class ClusterUnavailable(StorageError):
    code = "cluster_unavailable"


class CatalogueUnavailable(StorageError):
    code = "catalogue_unavailable"


class CatalogueOutdated(StorageError):
    """An earlier version of Dispatches made it, and none that may write has opened it since."""

    code = "catalogue_outdated"


class CatalogueCorrupt(StorageError):
    code = "catalogue_corrupt"


class BackupCorrupt(StorageError):
    code = "backup_corrupt"


class Locked(StorageError):
    code = "locked"


class MachineTrouble(StorageError):
    """The machine is at fault, and no input: the run ends, and nothing is settled about any."""

    code = "machine_trouble"


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS))
_NO_HANDLES = frozenset((errno.EMFILE, errno.ENFILE))
_NO_FOLDER = "usable temporary directory"  # as Python says it
_LEAST_MEMORY = 64 << 20  # bytes; where so much can be had, one document asked too much


def machine_trouble(error: BaseException) -> MachineTrouble | None:
    """The trouble of the machine that an error, or one that it came of, is about; else None."""
    for cause in _causes(error):
        if isinstance(cause, MachineTrouble):
            return cause
        number = cause.errno if isinstance(cause, OSError) else None
        where = str(getattr(cause, "filename", None) or "")
        if number in _NO_ROOM or (isinstance(cause, OSError) and _NO_FOLDER in str(cause)):
            return MachineTrouble(
                "there is no room for temporary or own files",
                where=where,
                advice="Make room there, or name another folder in TMPDIR, and run it again",
            )
        if number in _NO_HANDLES:
            return MachineTrouble(
                "too many files are open",
                where=where,
                advice="Raise the limit (`ulimit -n`) and run it again",
            )
        short = isinstance(cause, MemoryError) or number == errno.ENOMEM
        if short:
            traceback.clear_frames(cause.__traceback__)  # they hold what the document asked for
        if short and not _is_memory_left():
            return MachineTrouble(
                "there is no memory left", advice="Clean in fewer --processes, and run it again"
            )
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_memory_left() -> bool:
    try:
        bytearray(_LEAST_MEMORY)
    except MemoryError:
        return False
    return True


# Has one document taken too long? Work that may be long says that it goes on, as by reading more of
# a file; the process that it runs in listens. Here, so that readers depend on nothing that watches.


class OutOfTime(BaseException):
    """The time for one item is up; no `except Exception` on the way may keep it."""


_listeners: list[Callable[[], None]] = []


def underway() -> None:
    """Says that the work goes on: its time begins anew, where anything watches over it."""
    for listener in _listeners:
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Has something called whenever the work of this process says that it goes on."""
    _listeners.append(listener)
