"""Commands of this room: ask, show one article, take a whole result out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.dates import PartialDate
from corpus.errors import DispatchesError, InvalidDate, InvalidParameter
from corpus.home import Home
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    home_option,
    json_option,
    print_json,
    report_error,
    reports_errors,
    tell,
)
from indexer.schema import DATE_FIELDS, SHOWN_FACETS
from search import service
from search.analyses.related import why_none
from search.help.named import naming
from search.help.translation.asked import ASKED_LANGUAGES
from search.help.translation.lists import lists
from search.help.translation.translator import Translator
from search.output import answers
from search.output.batch.lines import Asked, ask_all
from search.output.exports import FORMATS, export
from search.output.languages import language_name
from search.output.printing import PRINTERS, print_article, print_languages, print_related
from search.request import (
    CHOICES,
    DEFAULT_RELATED,
    MAX_LIMIT,
    MAX_RELATED,
    PLACE_EXACT,
    DateFilter,
    FacetRequest,
    Filter,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from search.serving.paging import every_hit
from search.serving.serving import opened

Command = TypeVar("Command", bound=Callable[..., Any])
_SUFFIXES = {Mode.ANY: "", Mode.ALL: "-all", Mode.NOT: "-not"}
_MODE_HELP = {
    Mode.ANY: "Keep articles with any of these; an id or a name. May be repeated.",
    Mode.ALL: "Keep articles with all of these.",
    Mode.NOT: "Leave out articles with any of these.",
}


def narrowing(command: Command) -> Command:
    """Adds the options that narrow a search, the same for all; `request_of` reads them."""
    options = [
        click.option(
            f"--{choice.replace('_', '-')}{suffix}",
            f"{choice}_{mode.value}",
            multiple=True,
            metavar="NAME",
            help=_MODE_HELP[mode] if choice == CHOICES[0] else f"The same for {_named(choice)}.",
        )
        for choice in CHOICES
        for mode, suffix in _SUFFIXES.items()
    ]
    options += [
        click.option("--from", "date_from", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--to", "date_to", metavar="DATE", help="The last day, month or year."),
        click.option(
            "--date-field",
            type=click.Choice(DATE_FIELDS),
            default="published",
            show_default=True,
            help="Which day of an article --from and --to mean.",
        ),
        click.option(
            "--undated",
            type=click.Choice([choice.value for choice in Undated]),
            help="Articles without a date.  [default: include; with a range of dates, exclude]",
        ),
        click.option(
            "--sort",
            type=click.Choice([sort.value for sort in Sort]),
            help="What comes first.  [default: relevance; without words, newest]",
        ),
        click.option(
            "--collapse", is_flag=True, help="One hit a family of near-identical reports."
        ),
        click.option(
            "--names",
            type=click.Choice(["include"]),
            help="Articles too that name in another spelling what the words name.",
        ),
        click.option(
            "--generation", metavar="NAME", help="An older generation of the index, by its name."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _named(choice: str) -> str:
    if choice == PLACE_EXACT:
        return "place, without what lies in it"
    return "place and what lies in it" if choice == "place" else choice


def request_of(text: str, given: Mapping[str, Any]) -> SearchRequest:
    """The request of a command.

    Args:
        given: the values of the options of `narrowing`, by name; an empty one is as none.

    Raises:
        InvalidParameter: a date has another form, or the range runs backwards.
    """
    filters = tuple(
        Filter(choice, mode, values)
        for choice in CHOICES
        for mode in Mode
        if (values := tuple(filter(str.strip, given.get(f"{choice}_{mode.value}", ()))))
    )
    start, end = _day(given, "date_from"), _day(given, "date_to")
    if start and end and start.earliest > end.latest:
        raise InvalidParameter("The range of dates runs backwards", where="--from")
    ranged = Undated.EXCLUDE if start or end else Undated.INCLUDE
    return SearchRequest(
        text=text,
        filters=filters,
        dates=DateFilter(
            given["date_field"],
            start.earliest if start else None,
            end.latest if end else None,
            Undated(given["undated"]) if given["undated"] else ranged,
        ),
        collapse=given["collapse"],
        names=bool(given["names"]),
        sort=Sort(given["sort"]) if given["sort"] else None,
    )


def _day(given: Mapping[str, Any], name: str) -> PartialDate | None:
    typed = given[name]
    if not typed:
        return None
    option = "--" + name.removeprefix("date_")
    try:
        return PartialDate(typed, option)
    except InvalidDate as error:
        raise InvalidParameter(
            error.what, where=option, advice="Write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None


_FACET_VALUES = 10
_WITH_PASSAGES = ("table", "jsonl")  # the other forms would make them for nothing


def _related_option(where: str) -> Callable[[Command], Command]:
    """`--related`, whose help says where such articles stand."""
    return click.option(
        "--related",
        type=click.IntRange(0, MAX_RELATED),
        default=DEFAULT_RELATED,
        show_default=True,
        help=f"Articles about the same {where}, where the collection has vectors.",
    )


@click.command()
@click.argument("query", required=False, default="")
@narrowing
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most.")
@_related_option("below")
@click.option(
    "--format",
    "form",
    type=click.Choice([*PRINTERS]),
    default="table",
    show_default=True,
    help="trec: `qid Q0 id rank score dispatches`, for tools that judge rankings.",
)
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Many queries, `id<TAB>query` a line; a bad line costs that line alone.",
)
@home_option
@json_option
@reports_errors
def search(
    query: str,
    limit: int,
    related: int,
    form: str,
    batch: Path | None,
    home: Home,
    as_json: bool,
    generation: str | None,
    **given: Any,
) -> None:
    """Find articles. QUERY is in the query language; without one, everything.

    \b
    Examples:
      dispatches search 'drone strike -sanctions'
      dispatches search '"prisoner exchange" OR prisoners' --person Zelensky --from 2022-02
      dispatches search 'title:ceasefire OR truce~1' --format csv --limit 1000
      dispatches search --batch queries.tsv --format trec --limit 1000 > run.txt
    """
    if as_json and (batch is not None or form != "table"):
        raise click.UsageError(
            "--json is one document about one query: not with --batch or --format."
        )
    request = replace(request_of(query, given), highlight=form in _WITH_PASSAGES or as_json)
    with opened(home, generation) as index:
        if batch is not None:
            _print_batch(ask_all(batch, request, index, limit=limit), form)
            return
        if as_json:
            facets = tuple(FacetRequest(facet, size=_FACET_VALUES) for facet in SHOWN_FACETS)
            whole = replace(request, limit=limit, facets=facets, related=related)
            result = service.search(whole, index)
            print_json(answers.plain(answers.search_answer(result, values=answers.facet_values)))
            return
        first = replace(request, limit=0)
        if form == "table" and len(index.vectors):
            limited = min(limit, MAX_LIMIT)
            first = replace(request, limit=limited, highlight=False, related=related)
        result = service.search(first, index)
        _tell(result.warnings, result.did_you_mean)
        for one in result.named:
            tell(f"{naming(one)}: add --names include to find them", err=True)
        for said in result.also:
            tell(f"For {said.typed} reports also say: {said.term} ({said.articles:,})", err=True)
        for line in PRINTERS[form](every_hit(request, index, limit=limit), ""):
            click.echo(line, nl=False)
        for line in print_related(result.related):
            click.echo(line, nl=False)
        if form == "table":
            tell(f"{result.total:,} of {counted(result.articles, 'article')}", err=True)


@click.command()
@click.argument("query")
@narrowing
@click.option(
    "--limit", type=click.IntRange(1, MAX_LIMIT), default=5, show_default=True, help="In each."
)
@click.option(
    "--left-out",
    multiple=True,
    metavar="LANGUAGE:WORD",
    help="A translation not to look for. May be repeated.",
)
@click.option(
    "--asked-in",
    type=click.Choice(ASKED_LANGUAGES),
    help="The language of QUERY; its words and letters tell by default.",
)
@_related_option("below each")
@home_option
@reports_errors
def languages(
    query: str,
    limit: int,
    left_out: tuple[str, ...],
    asked_in: str | None,
    related: int,
    home: Home,
    generation: str | None,
    **given: Any,
) -> None:
    """Say what reports in other languages say of a QUERY.

    One list a language, each below the translations that were looked for; scripts ask
    GET /api/v1/languages.

    \b
    Examples:
      dispatches languages 'hospital shelling'
      dispatches languages 'обстріл лікарні' --asked-in uk
      dispatches languages 'hospital shelling' --left-out ru:лазарет --limit 20
    """
    request = replace(request_of(query, given), limit=limit, highlight=True, related=related)
    translator = Translator(home.dictionaries)
    with opened(home, generation) as index:
        read_in = lists(request, index, translator, left_out, asked_in or "")
        found, source = read_in.lists, read_in.asked_in
        if read_in.or_in and not asked_in:
            tell(f"Read as {language_name(source)}; --asked-in tells otherwise.", err=True)
        has_vectors = len(index.vectors) > 0
        _tell(why_none(index) if found and has_vectors and related else (), "")
        for line in print_languages(found):
            click.echo(line, nl=False)
    if not found:
        other = language_name(source)
        tell(f"The collection has no articles in other languages than {other}.", err=True)
    elif any(one.unknown and translator.may_know_more(source, one.language) for one in found):
        tell(f"Dictionaries of dictd in {home.dictionaries} would translate more words.", err=True)
    if found and not has_vectors:
        tell("Vectors (dispatches rebuild --meaning) would tell what else is related.", err=True)
    for dictionary, why in translator.problems.items():
        tell(f"The dictionary {dictionary} could not be read: {why}", err=True)


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--generation", metavar="NAME", help="An older generation of the index.")
@home_option
@json_option
@reports_errors
def show(article_id: str, generation: str | None, home: Home, as_json: bool) -> None:
    """Show one article: what is known of it, and its text.

    \b
    Examples:
      dispatches show k3v7x2mzq4dhwn5a
      dispatches show k3v7x2mzq4dhwn5a --json
    """
    with opened(home, generation) as index:
        document = service.article(article_id, index)
        if as_json:
            found = answers.article(document, generation=index.generation.name)
            print_json(answers.plain(found))
        else:
            click.echo(print_article(document), nl=False)


@click.command(name="export")
@click.argument("query", required=False, default="")
@narrowing
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    default="jsonl",
    show_default=True,
)
@click.option(
    "--output", "-o", type=click.File("w", encoding="utf-8", lazy=True), default="-",
    help="A file; standard output without.",
)  # fmt: skip
@home_option
@reports_errors
def export_command(
    query: str, form: str, output: Any, home: Home, generation: str | None, **given: Any
) -> None:
    """Write a whole result, however large. The last line says that nothing is missing.

    \b
    Examples:
      dispatches export 'title:ceasefire' --format csv -o ceasefire.csv
      dispatches export --outlet "Quayside Gazette" --format bib > gazette.bib
    """
    request = request_of(query, given)
    with opened(home, generation) as index:
        for piece in export(FORMATS[form], request, index):
            output.write(piece)


def _print_batch(answers: Iterable[Asked], form: str) -> None:
    """Prints what was found, one query after the other; a query that failed goes to stderr."""
    failed = 0
    header_printed = False
    for asked in answers:
        if isinstance(asked.answer, DispatchesError):
            failed += 1
            report_error(asked.answer, as_json=False)
            continue
        lines = PRINTERS[form](asked.answer, asked.query_id)
        if form == "csv" and header_printed:
            next(lines)
        header_printed = True
        for line in lines:
            click.echo(line, nl=False)
    if failed:
        tell(f"{counted(failed, 'line')} could not be asked", err=True)
        sys.exit(EXIT_SOME_FAILED)


def _tell(warnings: tuple[str, ...], did_you_mean: str) -> None:
    for warning in warnings:
        tell(f"{warning}.", err=True)
    if did_you_mean:
        tell(f"Did you mean: {did_you_mean}", err=True)
