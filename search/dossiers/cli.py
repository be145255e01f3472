"""Commands `dispatches dossier …`: put articles and passages into dossiers, and take them out.

They are one file because each is a few lines around one change, with the same options.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from corpus.errors import InvalidParameter
from corpus.home import Home
from corpus.store.cli import bring_in_files
from corpus.terminal import (
    EXIT_STORAGE,
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
    user,
)
from search import service
from search.cli import narrowing, request_of
from search.dossiers import changes, keeping
from search.dossiers.accounts import Account, account_of
from search.dossiers.changes import Change, Kept, Note, State, Status, tags_of
from search.dossiers.replay import Dossiers, load
from search.dossiers.reports import REPORTS, report
from search.serving.paging import every_hit
from search.serving.serving import opened

_TITLE = 70


@click.group("dossier")
def dossier_group() -> None:
    """Keep what was found: articles, passages, notes and tags.

    Every change is one line that is only added to `dossiers.jsonl`: who, what, when. Nothing is
    deleted; `undo` takes any change back.

    \b
    Examples:
      dispatches dossier create "Bridge at Orlova"
      dispatches dossier add "Bridge at Orlova" k3v7x2mzq4dhwn5a
      dispatches dossier add "Bridge at Orlova" --query 'bridge collapse' --from 2024
    """


class _Signed(TypedDict):
    """What every command that changes something takes besides its own arguments."""

    who: str
    home: Home
    as_json: bool


def _changing(command: Any) -> Any:
    """Adds the options of a command that changes something, and reports its errors."""
    who = click.option(
        "--who",
        default=user,
        envvar="DISPATCHES_WHO",
        show_envvar=True,
        help="Who changes it.  [default: the user]",
    )
    return who(home_option(json_option(reports_errors(command))))


def _keep(signed: _Signed, *made: Change) -> list[Kept]:
    found = keeping.keep(signed["home"].dossiers, signed["who"], *made)
    if signed["as_json"]:
        print_json([_as_object(one) for one in found])
    else:
        for one in found:
            tell(_as_sentence(one))
    return found


def _as_object(one: Kept) -> dict[str, Any]:
    return {"id": one.id, **changes.plain(one.change)}


def _as_sentence(one: Kept, undone: Iterable[str] = ()) -> str:
    change = one.change
    told = {
        name: value
        for name, value in changes.plain(change).items()
        if name not in {"who", "when", "dossier", "action"}
    }
    if isinstance(change, changes.Add):
        told = {"articles": ", ".join(one.id for one in change.articles)}
    what = "; ".join(
        str(value if not isinstance(value, dict) else value.get("exact", value))
        if not isinstance(value, (list, tuple))
        else ", ".join(map(str, value))
        for value in told.values()
    )
    off = "  (undone)" if one.id in undone else ""
    action = changes.plain(change)["action"]
    return f"{one.id}  {change.when[:16]}  {change.who}  {action}  {what}{off}"


@dossier_group.command("list")
@home_option
@json_option
@reports_errors
def list_command(home: Home, as_json: bool) -> None:
    """Name every dossier, the one changed last first."""
    dossiers = load(home.dossiers)
    if as_json:
        print_json([asdict(account_of(one)) for one in dossiers.all()])
    else:
        for one in dossiers.all():
            told = f"{one.dossier_id}  {one.status}  {counted(len(one.items), 'article')}"
            tell(f"{told}  {one.name}")
    _tell_damage(dossiers)


@dossier_group.command("show")
@click.argument("dossier")
@click.option("--search", "words", default="", help="Only articles and notes with these words.")
@click.option("--tag", default="", help="Only articles with this tag.")
@click.option(
    "--state", type=click.Choice([one.value for one in State]), help="Only articles so far."
)
@home_option
@json_option
@reports_errors
def show_command(
    dossier: str, words: str, tag: str, state: str | None, home: Home, as_json: bool
) -> None:
    """Show a dossier: articles in order, tags, passages, notes."""
    dossiers = load(home.dossiers)
    found = dossiers.dossier(dossier)
    with opened(home) as index:
        account = account_of(found, index, words=words, tag=tag, state=state or "")
    if as_json:
        print_json(asdict(account))
    else:
        tell(_printed(account))
    _tell_damage(dossiers)


def _printed(account: Account) -> str:
    lines = [f"{account.name}  ({account.status}, {counted(account.size, 'article')})"]
    if account.tags:
        lines.append(f"tags: {', '.join(account.tags)}")
    lines += [f"  note {note.id} by {note.who}: {note.text}" for note in account.notes]
    for item in account.items:
        gone = "" if item.in_index else "  (not in this index)"
        lines.append(f"{item.place:>3}. {item.id}  {item.title[:_TITLE]}{gone}")
        known = " · ".join(filter(None, (item.outlet, item.published[:10], item.state)))
        lines.append(f"     {known}{''.join(f' #{tag}' for tag in item.tags)}")
        lines += [f"     note {note.id} by {note.who}: {note.text}" for note in item.notes]
        for passage in item.passages:
            lines.append(f"     passage {passage.id} ({passage.standing}): “{passage.exact}”")
            lines += [f"       note {note.id} by {note.who}: {note.text}" for note in passage.notes]
    return "\n".join(lines)


@dossier_group.command("create")
@click.argument("name")
@_changing
def create_command(name: str, **signed: Unpack[_Signed]) -> None:
    """Begin a dossier called NAME.

    \b
    Example:
      dispatches dossier create "Bridge at Orlova"
    """
    _keep(signed, changes.Create(name=name.strip()))


@dossier_group.command("rename")
@click.argument("dossier")
@click.argument("name")
@_changing
def rename_command(dossier: str, name: str, **signed: Unpack[_Signed]) -> None:
    """Call DOSSIER NAME from now on; links to it stay."""
    _keep(signed, changes.Rename(dossier=dossier, name=name.strip()))


@dossier_group.command("status")
@click.argument("dossier")
@click.argument("status", type=click.Choice([one.value for one in Status]))
@_changing
def status_command(dossier: str, status: str, **signed: Unpack[_Signed]) -> None:
    """Close DOSSIER, so that it takes nothing more, or open it again."""
    _keep(signed, changes.SetStatus(dossier=dossier, status=Status(status)))


@dossier_group.command("add")
@click.argument("dossier")
@click.argument("articles", metavar="[ID]...", nargs=-1)
@click.option("--query", help="Add every article that this question finds.")
@narrowing
@_changing
def add_command(  # the options of a search beside its own
    dossier: str,
    articles: tuple[str, ...],
    query: str | None,
    generation: str | None,
    who: str,
    home: Home,
    as_json: bool,
    **given: Any,
) -> None:
    """Put articles into DOSSIER.

    Those with the IDs, or all that a question finds.

    \b
    Examples:
      dispatches dossier add Orlova k3v7x2mzq4dhwn5a
      dispatches dossier add Orlova --query 'bridge collapse' --outlet "Quayside Gazette"
    """
    if bool(articles) == (query is not None):
        raise InvalidParameter(
            "give either ids or --query", where="ID", advice="--query '' is every article"
        )
    with opened(home, generation) as index:
        if query is None:
            documents = [service.article(article_id, index) for article_id in articles]
        else:
            request = request_of(query, given)
            limit = changes.MAX_ARTICLES + 1
            documents = [hit.document for hit in every_hit(request, index, limit=limit)]
    references = [keeping.reference_to(document) for document in documents]
    if not references:
        tell("Nothing was found, and nothing added.", err=True)
        return
    _keep(
        {"who": who, "home": home, "as_json": as_json},
        *keeping.adding(dossier, references),
    )


@dossier_group.command("remove")
@click.argument("dossier")
@click.argument("articles", metavar="ID...", nargs=-1, required=True)
@_changing
def remove_command(dossier: str, articles: tuple[str, ...], **signed: Unpack[_Signed]) -> None:
    """Take articles out of DOSSIER.

    What was noted on them is there again when they come back.
    """
    _keep(signed, changes.Remove(dossier=dossier, articles=articles))


@dossier_group.command("passage")
@click.argument("dossier")
@click.argument("article", metavar="ID")
@click.argument("words", default="")
@click.option("--span", nargs=2, type=click.IntRange(0), help="Offsets instead of words.")
@click.option("--note", default="", help="A note on it, at once.")
@_changing
def passage_command(
    dossier: str,
    article: str,
    words: str,
    span: tuple[int, int] | None,
    note: str,
    **signed: Unpack[_Signed],
) -> None:
    """Pick WORDS of an article, as they stand in its text.

    \b
    Example:
      dispatches dossier passage Orlova k3v7x2mzq4dhwn5a "the bridge fell at noon" --note "who saw?"
    """
    with opened(signed["home"]) as index:
        document = service.article(article, index)
    passage = keeping.passage_in(document, words=words, span=span)
    (kept,) = _keep(signed, changes.Quote(dossier=dossier, passage=passage))
    if note:
        _keep(signed, Note(dossier=dossier, about=kept.id, text=note))


@dossier_group.command("note")
@click.argument("dossier")
@click.argument("text")
@click.option("--about", default="", metavar="ID", help="An article or a passage of the dossier.")
@click.option("--rewrite", default="", metavar="NOTE", help="Give this note another text.")
@_changing
def note_command(
    dossier: str, text: str, about: str, rewrite: str, **signed: Unpack[_Signed]
) -> None:
    """Write a note into DOSSIER, in Markdown; shown as typed.

    \b
    Examples:
      dispatches dossier note Orlova "Two witnesses, one photographer."
      dispatches dossier note Orlova "Same wording as the ministry's." --about k3v7x2mzq4dhwn5a
    """
    if rewrite and about:
        raise InvalidParameter("a note stays where it is", where="--about", advice="Leave it out")
    if rewrite:
        _keep(signed, changes.Rewrite(dossier=dossier, note=rewrite, text=text))
    else:
        _keep(signed, Note(dossier=dossier, about=about, text=text))


@dossier_group.command("tag")
@click.argument("dossier")
@click.argument("tags")
@click.argument("articles", metavar="[ID]...", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the tags off.")
@_changing
def tag_command(
    dossier: str, tags: str, articles: tuple[str, ...], remove: bool, **signed: Unpack[_Signed]
) -> None:
    """Give TAGS to articles of DOSSIER, or to itself.

    TAGS are separated by commas; without IDs they are those of the dossier.

    \b
    Example:
      dispatches dossier tag Orlova "eyewitness, photo" k3v7x2mzq4dhwn5a
    """
    kind = changes.Untag if remove else changes.Tag
    _keep(signed, kind(dossier=dossier, articles=articles, tags=tags_of([tags])))


@dossier_group.command("move")
@click.argument("dossier")
@click.argument("article", metavar="ID")
@click.option("--after", default="", metavar="ID", help="Behind this one.  [default: to the top]")
@_changing
def move_command(dossier: str, article: str, after: str, **signed: Unpack[_Signed]) -> None:
    """Put an article of DOSSIER at another place of its order."""
    _keep(signed, changes.Move(dossier=dossier, article=article, after=after))


@dossier_group.command("mark")
@click.argument("dossier")
@click.argument("state", type=click.Choice([one.value for one in State]))
@click.argument("articles", metavar="ID...", nargs=-1, required=True)
@_changing
def mark_command(
    dossier: str, state: str, articles: tuple[str, ...], **signed: Unpack[_Signed]
) -> None:
    """Say how far the work on articles of DOSSIER has come.

    Unread, read, checked or rejected.
    """
    _keep(signed, changes.Mark(dossier=dossier, articles=articles, state=State(state)))


@dossier_group.command("undo")
@click.argument("change")
@_changing
def undo_command(change: str, **signed: Unpack[_Signed]) -> None:
    """Take back the change with the id CHANGE, as `log` lists it.

    An undo can be taken back, too.
    """
    _keep(signed, changes.Undo(change=change))


@dossier_group.command("log")
@click.argument("dossier", required=False)
@home_option
@json_option
@reports_errors
def log_command(dossier: str | None, home: Home, as_json: bool) -> None:
    """List every change of DOSSIER, or of all, oldest first."""
    dossiers = load(home.dossiers)
    found = dossiers.of(dossiers.dossier(dossier).dossier_id) if dossier else dossiers.log
    if as_json:
        print_json([_as_object(one) | {"undone": one.id in dossiers.undone} for one in found])
    else:
        for one in found:
            tell(_as_sentence(one, dossiers.undone))
    _tell_damage(dossiers)


@dossier_group.command("check")
@home_option
@reports_errors
def check_command(home: Home) -> None:
    """Read every line of the file of dossiers; name damaged ones."""
    dossiers = load(home.dossiers)
    for one in dossiers.damaged:
        tell(f"{home.dossiers}: {one}")
    if dossiers.damaged:
        sys.exit(EXIT_STORAGE)
    tell(f"{counted(len(dossiers.log), 'line')}, all as written.")


@dossier_group.command("export")
@click.argument("dossier")
@click.option(
    "--output", "-o", type=click.File("w", encoding="utf-8", lazy=True), default="-",
    help="A file; standard output without.",
)  # fmt: skip
@home_option
@reports_errors
def export_command(dossier: str, output: Any, home: Home) -> None:
    """Write every change of DOSSIER, for `import` elsewhere.

    As JSON Lines, for `dossier import` in another collection.
    """
    dossiers = load(home.dossiers)
    output.write(keeping.taken_out(dossiers, dossiers.dossier(dossier).dossier_id))


@dossier_group.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@home_option
@json_option
@reports_errors
def import_command(files: tuple[Path, ...], home: Home, as_json: bool) -> None:
    """Add the changes of other collections' dossiers.

    What is here already is not added twice.
    """
    add = partial(keeping.bring_in, home.dossiers)
    bring_in_files(files, add, what="change", as_json=as_json)


@dossier_group.command("report")
@click.argument("dossier")
@click.option("--format", "form", type=click.Choice([*REPORTS]), default="html", show_default=True)
@click.option(
    "--output", "-o", type=click.File("wb", lazy=True), default="-",
    help="A file; standard output without.",
)  # fmt: skip
@home_option
@reports_errors
def report_command(dossier: str, form: str, output: Any, home: Home) -> None:
    """Write DOSSIER as a page, Word document, table or references.

    \b
    Examples:
      dispatches dossier report Orlova -o orlova.html
      dispatches dossier report Orlova --format csl -o orlova.json
    """
    found = load(home.dossiers).dossier(dossier)
    with opened(home) as index:
        output.write(report(form, found, index))


def _tell_damage(dossiers: Dossiers) -> None:
    for one in dossiers.damaged:
        tell(f"Set aside: {one}", err=True)
