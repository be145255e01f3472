"""Terminal: how does a command talk to the person at the terminal?

Every room's commands share these: the `--home` and `--json` options, one table from error to exit
code, progress that shows on a terminal only, and what Ctrl-C and `| head` do. Results go to
standard output, everything else to standard error, so that a script can read the one and a person
the other. It is one file, so that whatever ends a command is told in one place.
"""

from __future__ import annotations

import errno
import getpass
import io
import json
import logging
import os
import select
import signal
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
import platformdirs
from click.core import ParameterSource

from corpus import soundness
from corpus.errors import (
    DecisionError,
    DispatchesError,
    DossierError,
    EvidenceError,
    InputError,
    InvalidParameter,
    LacksMeans,
    NotFoundError,
    QuerySyntaxError,
    RequestError,
    StorageError,
)
from corpus.home import CATALOGUE, INDEX, ORIGINALS, Home, told

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

EXIT_SOME_FAILED = 1
"""The command ran to its end, but some inputs failed; they are listed."""
EXIT_USAGE = 2
EXIT_NOT_FOUND = 3
EXIT_STORAGE = 4
EXIT_OTHER = 5
EXIT_INTERRUPTED = 130

_EXIT_CODES: tuple[tuple[type[DispatchesError] | tuple[type[DispatchesError], ...], int], ...] = (
    (InputError, EXIT_SOME_FAILED),
    (LacksMeans, EXIT_OTHER),
    ((RequestError, DecisionError, DossierError, EvidenceError), EXIT_USAGE),
    (NotFoundError, EXIT_NOT_FOUND),
    (StorageError, EXIT_STORAGE),
    (DispatchesError, EXIT_OTHER),
)


def exit_code_for(error: DispatchesError) -> int:
    """The exit code of a command that ends with this error."""
    return next(code for kind, code in _EXIT_CODES if isinstance(error, kind))


_FOLDER = click.Path(file_okay=False, path_type=Path)


def _home(context: click.Context, parameter: click.Parameter, value: Path | None) -> Home:
    name = str(parameter.name)
    given = told(os.environ)
    said = context.find_root().params
    for option, variable in (("index", INDEX), ("catalogue", CATALOGUE), ("originals", ORIGINALS)):
        if said.get(option):
            given[variable] = str(said[option])
    if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
        outer = context.parent
        while outer is not None:
            value = outer.params.get(name) or value
            outer = outer.parent
    return Home(value or Path(platformdirs.user_data_dir("dispatches")), given=given)


home_option = click.option(
    "--home",
    type=_FOLDER,
    envvar="DISPATCHES_HOME",
    show_envvar=True,
    callback=_home,
    help="Folder of the collection.  [default: the user's data folder]",
)
"""Passes a `Home` as `home`: as given behind the command, else before it, else the variable's."""

demo_home_option = click.option(
    "--home",
    type=_FOLDER,
    default=Path(".demo"),
    show_default=True,
    callback=_home,
    help="Folder for the demo's collection; may be deleted at any time.",
)
"""The same for a collection of the bundled articles, which the variable does not name."""

outer_home_option = click.option(
    "--home",
    type=_FOLDER,
    help="Folder of the collection, for any command; one behind the command counts for more.",
)
"""The same before a command; passes a `Path` as `home`."""

outer_index_option = click.option(
    "--index",
    metavar="ENGINE",
    envvar=INDEX,
    show_envvar=True,
    help="What holds the index: whoosh, or opensearch:URL[,URL…].  [default: as the last rebuild]",
)
"""Before a command; what it says is in each `Home`."""

outer_catalogue_option = click.option(
    "--catalogue",
    metavar="WHERE",
    envvar=CATALOGUE,
    show_envvar=True,
    help="Where the catalogue is: file, or postgresql://USER@HOST/DATABASE.  [default: as before]",
)
"""The same."""

outer_originals_option = click.option(
    "--originals",
    metavar="WHERE",
    envvar=ORIGINALS,
    show_envvar=True,
    help="Where the originals of a catalogue on a server are, for all machines: a folder, or"
    " s3://BUCKET.",
)
"""The same."""

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document for scripts."
)
"""Passes a bool as `as_json`."""

workers_option = click.option(
    "--workers",
    metavar="dask:HOST:PORT",
    envvar="DISPATCHES_WORKERS",
    show_envvar=True,
    help="Clean and analyze on the machines behind this scheduler.  [default: here]",
)
"""Passes a str or None as `workers`, for `corpus.processes.connected`."""


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Decorates a command: an error ends it with a message and an exit code, not with a traceback.

    The errors of `corpus.errors`, and those of the operating system that reach so far: a full disk,
    a folder that may not be written, a file where a folder was meant.

    With `--json` the error is a JSON document on standard error.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            home = kwargs.get("home")
            if isinstance(home, Home):  # else each file in it would be told to be damaged
                home.check_is_no_file()
            return command(*args, **kwargs)
        except DispatchesError as error:
            report_error(error, as_json=bool(kwargs.get("as_json")))
            sys.exit(exit_code_for(error))
        except BrokenPipeError:
            raise  # `| head` read enough: `ends_where_nobody_reads`
        except OSError as error:
            end_on(error, as_json=bool(kwargs.get("as_json")))

    return run


def end_on(error: OSError, *, as_json: bool = False) -> NoReturn:
    """Ends a command with an error of the operating system."""
    closed = error.errno == errno.EBADF
    trouble = StorageError(
        "it is closed" if closed else error.strerror or str(error),
        where="standard output" if closed else str(error.filename or ""),
        advice="Say where it goes: `> file`, or `> /dev/null`"
        if closed
        else "Check that the disk has room and that you may read and write there",
    )
    if closed:  # what waits in it would be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    report_error(trouble, as_json=as_json)
    sys.exit(exit_code_for(trouble))


def hold_standard_streams() -> None:
    """Takes the numbers of standard streams that came closed, as cron and `>&-` leave them.

    The next file that is opened would get the number, and whatever a library prints would be
    written into it. What nobody can read is an error on standard output, and nothing is lost of
    what others are told on standard error.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # the lowest number that is free; nothing can be written to the second
            os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if getattr(sys, name) is None:
                raw = io.FileIO(number, "r" if name == "stdin" else "w", closefd=False)
                setattr(sys, name, io.TextIOWrapper(raw, encoding="utf-8", write_through=True))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Processes that are started inside see no interrupt, not even while they load.

    A terminal sends Ctrl-C to all of them, and those that load would each print a traceback. For
    this process it waits until the block ends, so that nothing is left half started.
    """
    on_main = threading.current_thread() is threading.main_thread()
    if not (on_main and hasattr(signal, "pthread_sigmask")):  # no other thread is interrupted
        yield
        return
    came = []
    handler = signal.signal(signal.SIGINT, lambda *_: came.append(True))  # whichever thread gets it
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # processes inherit it
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, signal.SIG_DFL if handler is None else handler)
    if came:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def ends_on_interrupt() -> Iterator[None]:
    """Has Ctrl-C end a command with a line and an exit code, not with a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("\nInterrupted. Run the same command again to go on.", err=True)
        sys.exit(EXIT_INTERRUPTED)


@contextmanager
def ends_where_nobody_reads() -> Iterator[None]:
    """Has `| head` end a command as it ends other tools: by the signal, and without a word.

    A shell shows 141 for it where it looks at each part of a pipe. 1, which Python gives, says of a
    command of ours that inputs failed.
    """
    try:
        yield
    except BrokenPipeError as error:
        if not _nobody_reads():  # it was another pipe than those that a person sees
            end_on(error)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.raise_signal(signal.SIGPIPE)


def _nobody_reads() -> bool:
    poll = select.poll()
    for number in (1, 2):
        poll.register(number, 0)  # for what is told unasked: that the other end is gone
    return any(found & select.POLLERR for _, found in poll.poll(0))


def report_error(error: DispatchesError, *, as_json: bool) -> None:
    """Writes one error to standard error, for a person or as JSON.

    Where that is full, the exit code alone tells.
    """
    with suppress(OSError):
        _write_error(error, as_json=as_json)


def _write_error(error: DispatchesError, *, as_json: bool) -> None:
    if as_json:
        document: dict[str, Any] = {
            "code": error.code,
            "what": error.what,
            "where": error.where,
            "advice": error.advice,
        }
        if isinstance(error, QuerySyntaxError):
            document["position"] = error.position
        if isinstance(error, InvalidParameter) and error.did_you_mean:
            document["did_you_mean"] = error.did_you_mean
        print_json(document, err=True)
    else:
        at = f"character {error.position} of " if isinstance(error, QuerySyntaxError) else ""
        tell(f"dispatches: {at}{error}", err=True)


def tell(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Writes text that may hold what others wrote: names of files, titles, reasons."""
    click.echo(visible(text), err=err, nl=nl)


def only_ours_speak() -> None:
    """Keeps to themselves what libraries say of what they read, in this process.

    They say it on standard error where nobody set up logging: of damage that they read past, with
    what was damaged, and without the name of the file. What counts of it we say.
    """
    if logging.lastResort is not None:
        logging.lastResort.addFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in {"corpus", "indexer", "search", "webui"}


def visible(text: str) -> str:
    """Text that a terminal only shows: control characters as `�`, but for line breaks and tabs.

    An article could otherwise carry sequences that command the terminal of who reads it. The two
    signs that turn the order of letters round go too: no language needs them, and with them
    `gpj.exe` is read as `exe.jpg`.
    """
    return "".join(
        "�"
        if (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t")
        or character in _OVERRIDES
        else character
        for character in text
    )


_OVERRIDES = "\u202d\u202e"


def secret_in(file: Path, option: str) -> str:
    """What a file holds that was named for a password or token.

    Raises:
        InvalidParameter: nothing, or what is no text.
    """
    try:
        found = file.read_text(encoding="utf-8").strip("\r\n")
    except UnicodeDecodeError:
        found = ""
    if not found.strip():
        advice = "Write what is secret into it, on one line"
        raise InvalidParameter(f"{file} holds no text in UTF-8", where=option, advice=advice)
    return found


def user() -> str:
    """Who is at the terminal; in a container there may be no name for the number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 document`, `1,200 documents`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def print_json(value: Any, *, err: bool = False) -> None:
    """Writes one JSON document, readable, non-ASCII as it is."""
    click.echo(soundness.replaced(json.dumps(value, ensure_ascii=False, indent=2)), err=err)


@contextmanager
def progress(items: Iterable[T], *, label: str, length: int | None = None) -> Iterator[Iterable[T]]:
    """Shows a bar on standard error while `items` are consumed; nothing when it is no terminal.

    Args:
        length: how many items there are, when `items` cannot tell.
    """
    if not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, label=label, length=length, file=sys.stderr) as bar:
        yield bar


@contextmanager
def counter(label: str) -> Iterator[Callable[[], None]]:
    """Gives a function to call for each thing done; shows their number, on a terminal only.

    For work whose end is not known: a bar would have to invent it.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    begun = shown = time.monotonic()
    number = 0

    def show() -> None:
        rate = number / max(time.monotonic() - begun, 1e-9)
        click.echo(f"\r{label}: {number:,} ({rate:,.0f} a second) ", nl=False, err=True)

    def count() -> None:
        nonlocal number, shown
        number += 1
        if time.monotonic() - shown >= _SECONDS_BETWEEN:
            shown = time.monotonic()
            show()

    try:
        yield count
    finally:
        show()
        click.echo(err=True)


_SECONDS_BETWEEN = 0.2
