"""Commands of this room: make the index, say how things stand, check what was built."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from corpus.article import Kind
from corpus.errors import StorageError
from corpus.home import Home
from corpus.processes import connected
from corpus.store import Catalogue, Link, Trouble, lines
from corpus.terminal import (
    EXIT_SOME_FAILED,
    EXIT_STORAGE,
    counted,
    home_option,
    json_option,
    print_json,
    progress,
    reports_errors,
    tell,
    workers_option,
)
from indexer import pipeline
from indexer.entities import SHIPPED, Authority
from indexer.generations.publishing import OPENSEARCH, WHOOSH, Damage, Generations
from indexer.generations.status import exposed_of, missing_in_cluster, status_of

_SIZE = re.compile(r"(\d+)\s*([KMGT]?)i?B?", re.IGNORECASE)
_UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
_LINK = re.compile(r"(\d{1,15}):([0-9a-f]{64})")
_LEAST_MEMORY = 16 << 20
_SHOWN = 5
_COUNTS = {
    "articles": ("article",),
    "families": ("family", "families"),
    "events": ("event", "events"),
    "person": ("person", "people"),
    "org": ("organization",),
    "place": ("place",),
    "words": ("word",),
}
"""What `status` says of a generation, and what it calls it."""


class _Size(click.ParamType[int]):
    """A number of bytes: `512M`, `2G`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(value.strip())
        if match is None:
            self.fail(f"{value!r} is no size; write 512M or 2G", param, ctx)
        size = int(match[1]) << _UNITS[match[2].upper()]
        if size < _LEAST_MEMORY:
            self.fail(f"{value!r} is too little; 16M is the least", param, ctx)
        return size


class _Noted(click.ParamType[Link]):
    """A link of the chain over intakes, as `verify` prints it."""

    name = "link"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Link:
        if isinstance(value, Link):
            return value
        match = _LINK.fullmatch(value.strip())
        if match is None:
            self.fail(
                f"{value!r} is no link; write it as `dispatches verify` prints it", param, ctx
            )
        return Link(int(match[1]), match[2])


def _making(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that make a generation."""
    options = (
        click.option(
            "--memory",
            type=_Size(),
            default="512M",
            show_default=True,
            help="Memory for writing; what does not fit goes to the disk meanwhile.",
        ),
        click.option(
            "--processes",
            type=click.IntRange(1),
            help="How many analyze at once.  [default: one a processor]",
        ),
        workers_option,
        click.option(
            "--keep",
            type=click.IntRange(1),
            default=pipeline.DEFAULT_KEEP,
            show_default=True,
            help="Generations to keep, the new one included.",
        ),
        click.option(
            "--include-kind",
            "more_kinds",
            multiple=True,
            type=click.Choice([kind.value for kind in Kind if kind is not Kind.ARTICLE]),
            help="Index this kind of page too; may be repeated.",
        ),
        click.option(
            "--tagger",
            default=SHIPPED,
            show_default=True,
            envvar="DISPATCHES_TAGGER",
            show_envvar=True,
            help="What finds names: shipped, careful or multilingual (slower), or spacy:MODEL.",
        ),
        click.option(
            "--meaning/--no-meaning",
            default=None,
            help="Find by meaning too, with the extra `meaning`.  [default: as said last]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@home_option
@_making
@click.option(
    "--whole",
    "--anew",
    "whole",
    is_flag=True,
    help="Make everything anew, though the index in use may have it just so.",
)
@json_option
@reports_errors
def rebuild(home: Home, whole: bool, as_json: bool, **options: Any) -> None:
    """Make everything in the catalogue searchable.

    Builds a new generation of the index beside the one in use, then swaps them in one instant: a
    server that is running goes on without a pause. May be interrupted and run again; only what is
    new since the last time is analyzed. The index in use is read to its last byte before anything
    is taken over from it. Where nothing has changed, it stays.

    \b
    Examples:
      dispatches rebuild
      dispatches rebuild --memory 2G --include-kind live_blog
    """
    _make(home, as_json=as_json, anew=whole, **options)


@click.command()
@home_option
@_making
@json_option
@reports_errors
def update(home: Home, as_json: bool, **options: Any) -> None:
    """Make what is new in the catalogue searchable.

    Comes to what `dispatches rebuild` comes to, and costs what the change costs: files of the
    index in use are told by their sizes, and not read to their last byte before they are used
    again. What is damaged in them is found by `dispatches verify`, and made good by `rebuild`.

    \b
    Examples:
      dispatches update
      dispatches add today/ && dispatches update
    """
    _make(home, as_json=as_json, trusting=True, **options)


def _make(
    home: Home, *, as_json: bool, more_kinds: tuple[str, ...], workers: str | None, **options: Any
) -> None:
    """Makes a generation, says what it came to, and ends the command where something failed."""
    with connected(workers) as cluster:
        report = pipeline.rebuild(
            home,
            kinds=pipeline.DEFAULT_KINDS | {Kind(kind) for kind in more_kinds},
            progress=progress,
            cluster=cluster,
            **options,
        )
    manifest = report.generation.manifest
    if as_json:
        print_json(
            {
                "generation": manifest.name,
                "is_new": report.is_new,
                "built_at": manifest.built_at,
                "counts": manifest.counts,
                "versions": manifest.versions,
                "analyzed": report.analyzed,
                "written": report.written,
                "set_aside": [asdict(line) for line in report.set_aside],
                "failures": [asdict(failure) for failure in report.failures],
                "pruned": report.pruned,
                "seconds": round(report.seconds, 3),
            }
        )
    else:
        searchable = counted(manifest.counts["articles"], "article is", "articles are")
        if report.is_new:
            click.echo(
                f"{searchable} searchable ({report.analyzed:,} analyzed anew) in generation"
                f" {manifest.name}, built in {report.seconds:.1f} s."
            )
        else:
            click.echo(
                f"{searchable} searchable in generation {manifest.name}; nothing has changed since."
            )
        for line in report.set_aside:
            tell(f"Set aside: {home.decisions}, {line}", err=True)
        for failure in report.failures:
            click.echo(f"Not analyzed: {failure.article_id}: {failure.reason}", err=True)
    if report.failures or report.set_aside:
        sys.exit(EXIT_SOME_FAILED)


@click.command()
@home_option
@json_option
@reports_errors
def status(home: Home, as_json: bool) -> None:
    """Say what was taken in, what is searchable, and what failed.

    \b
    Examples:
      dispatches status
      dispatches status --json | jq .counts.articles
    """
    found = status_of(home)
    if as_json:
        print_json(asdict(found))
        return
    click.echo(f"Collection   {found.home}")
    click.echo(
        f"Catalogue    {counted(found.articles, 'article')} in"
        f" {counted(found.versions, 'version')},"
        f" {counted(found.sightings, 'sighting')}, {counted(found.failures, 'failure')}"
    )
    if others := [f"{n:,} {kind}" for kind, n in found.by_kind.items() if kind != Kind.ARTICLE]:
        click.echo(
            f"             of other kinds, not indexed unless asked for: {', '.join(others)}"
        )
    for reason, count in found.failures_by_reason.items():
        click.echo(f"             {counted(count, 'failure')}: {reason}")
    _tell_of_exposed(found.exposed)
    if found.generation is None:
        click.echo("Index        none yet: run `dispatches rebuild`")
        return
    click.echo(f"Index        {found.generation}, built {found.built_at}")
    if found.engine != WHOOSH:
        click.echo(f"             in {found.engine}")
    if found.missing:
        tell(found.missing, err=True)
    held = (counted(found.counts.get(name, 0), *nouns) for name, nouns in _COUNTS.items())
    click.echo(f"             {', '.join(held)}")
    click.echo(f"Generations  {', '.join(found.generations)}")
    if not found.up_to_date:
        click.echo("The catalogue has changed since: run `dispatches rebuild`.")


@click.command()
@click.argument("generation", required=False)
@click.option(
    "--link",
    "noted",
    type=_Noted(),
    help="A link noted before, as NUMBER:SHA256; the chain must hold it still.",
)
@home_option
@json_option
@reports_errors
def verify(home: Home, generation: str | None, noted: Link | None, as_json: bool) -> None:
    """Read all that is kept, and say what is damaged.

    Each is compared with its SHA-256, and the catalogue with its chain: every document that was
    taken in left a record that the next one's hash depends on, so that what was put in, taken out
    or altered since shows. Lines of decisions and dossiers that are damaged are named. Without
    GENERATION, checks the one in use. Exit code 4 when anything is damaged.

    \b
    Examples:
      dispatches verify
      dispatches verify 20261122T191500Z-1f0c2a9b
    """
    last, troubles = _checked(home, noted)
    if not as_json:  # before the index, which may be missing
        for found in troubles:
            tell(f"{found.what} {found.reason}")
        _tell_of_exposed(exposed_of(home))
    generations = Generations(home.index)
    chosen = generations.get(generation) if generation else generations.current()
    damages = generations.verify(chosen.name)
    if lacking := missing_in_cluster(home, chosen.path):
        damages.append(Damage(OPENSEARCH, f"is not whole: {lacking}"))
    if as_json:
        print_json(
            {
                "generation": chosen.name,
                "files": len(chosen.manifest.files),
                "bytes": sum(record.bytes for record in chosen.manifest.files.values()),
                "damages": [{"file": one.file, "reason": one.reason} for one in damages],
                "last_link": str(last) if last else None,
                "troubles": [asdict(found) for found in troubles],
                "exposed": exposed_of(home),
            }
        )
    elif damages:
        for one in damages:
            click.echo(f"{one.file} {one.reason}")
        click.echo("Run `dispatches rebuild`; the catalogue has all that is needed.", err=True)
    else:
        click.echo(
            f"{chosen.name}: all {len(chosen.manifest.files)} files are as they were written."
        )
    if last is not None and not troubles and not as_json:
        click.echo(f"The catalogue is as it was taken in; its last link is {last}")
    if troubles:
        tell("None of this can be made again: compare it with a backup.", err=True)
    if damages or troubles:
        sys.exit(EXIT_STORAGE)


def _tell_of_exposed(names: Sequence[str]) -> None:
    """Says what others may read. It is no damage, so that no exit code tells of it."""
    if names:
        shown = ", ".join("the folder" if name == "." else name for name in names[:_SHOWN])
        more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
        tell(
            f"Others on this machine may read or change {shown}{more}. The next command that"
            " writes here closes what is yours; a folder that holds other things too stays as it"
            " is: move the collection into one of its own.",
            err=True,
        )


def _checked(home: Home, noted: Link | None) -> tuple[Link | None, list[Trouble]]:
    """The last link of the catalogue, None where there is none, and what is wrong with what people
    took in, decided and kept.
    """
    damaged = {
        home.decisions.name: Authority.load(home.decisions).set_aside,
        home.dossiers.name: lines.read(home.dossiers)[1],
    }
    written = [Trouble(file, str(line)) for file, found in damaged.items() for line in found]
    if not home.has_catalogue and not Generations(home.index).names():
        return None, written
    found = []
    last = None
    try:
        with Catalogue.open(home, readonly=True) as catalogue, catalogue.snapshot():
            for trouble in catalogue.troubles(noted):
                found.append(trouble)  # noqa: PERF402 - kept when the next one ends it
            found.extend(_fewer(catalogue, home))
            last = catalogue.last_link()
    except StorageError as error:
        found.append(Trouble("the catalogue", f"cannot be read: {error.what}"))
    return last, [*found, *written]


def _fewer(catalogue: Catalogue, home: Home) -> Iterator[Trouble]:
    """What the index in use was made of, and is not in the catalogue any more."""
    try:
        made_of = Generations(home.index).current().manifest.catalogue
    except StorageError:  # told of when the index is looked at
        return
    here = asdict(catalogue.counts())
    for what in ("articles", "versions"):  # neither is ever taken out
        if here[what] < (number := made_of.get(what, 0)):
            yield Trouble(
                "the catalogue", f"has {here[what]:,} {what}; the index was made of {number:,}"
            )
