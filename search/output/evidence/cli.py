"""Commands `dispatches evidence` and `dispatches keys`: make a package, check one, have a key."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from corpus.errors import ArticleNotFound, DossierNotFound, InvalidParameter
from corpus.home import Home
from corpus.store import Catalogue
from corpus.terminal import (
    EXIT_SOME_FAILED,
    counted,
    home_option,
    json_option,
    print_json,
    reports_errors,
    tell,
    user,
)
from search.cli import narrowing, request_of
from search.dossiers.replay import load
from search.output.evidence import signing
from search.output.evidence.choosing import (
    DEFAULT_LIMIT,
    Chosen,
    of_articles,
    of_dossier,
    of_question,
)
from search.output.evidence.package import Made, Order, write
from search.output.evidence.redaction import Redaction
from search.output.evidence.verifying import verify
from search.serving.open_index import OpenIndex
from search.serving.serving import opened

_ID = re.compile(r"[a-z2-7]{16}")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _MakesByDefault(click.Group):
    """`evidence WHAT` is `evidence make WHAT`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group("evidence", cls=_MakesByDefault)
def evidence_group() -> None:
    """Make a package that others can check without us, or check one.

    \b
    Examples:
      dispatches evidence "Bridge at Orlova" -o orlova.zip
      dispatches evidence 'bridge collapse' --from 2024 -o bridges.zip
      dispatches evidence k3v7x2mzq4dhwn5a uhnrb5ls65vxc77w -o two.zip --sign
      dispatches evidence verify orlova.zip
    """


@evidence_group.command("make")
@click.argument("what", nargs=-1, required=True, metavar="DOSSIER|QUERY|ID...")
@click.option(
    "--output", "-o", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The ZIP file to make.",
)  # fmt: skip
@click.option("--sign", is_flag=True, help="Sign it with the key of `dispatches keys`.")
@click.option(
    "--timestamp",
    default="",
    metavar="URL",
    help="Have this authority (RFC 3161) stamp the manifest; it learns one SHA-256.",
)
@click.option(
    "--redact", type=_FILE, help="Names to withhold in what people read, one a line; see the docs."
)
@click.option(
    "--originals/--no-originals",
    default=None,
    help="Whether originals go in.  [default: yes; with --redact, no]",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Articles of a question at most.",
)
@click.option(
    "--who", default=user, envvar="DISPATCHES_WHO", show_envvar=True, help="Who makes it."
)
@narrowing
@home_option
@json_option
@reports_errors
def make_command(
    what: tuple[str, ...],
    home: Home,
    who: str,
    as_json: bool,
    **given: Any,
) -> None:
    """Put a dossier, a result or some articles into one package."""
    redaction = Redaction.of(given["redact"]) if given["redact"] else Redaction()
    with (
        opened(home, given["generation"]) as index,
        Catalogue.open(home, readonly=True) as catalogue,
    ):
        chosen = _chosen(what, home, index, who=who, given=given)
        order = Order(
            chosen=chosen,
            who=who,
            generation=index.generation.name,
            redaction=redaction,
            originals=not redaction if given["originals"] is None else given["originals"],
            key=home.key if given["sign"] else None,
            authority=given["timestamp"],
        )
        made = write(order, catalogue, given["output"])
    _report(made, given["output"], as_json=as_json)


def _chosen(
    what: tuple[str, ...], home: Home, index: OpenIndex, *, who: str, given: dict[str, Any]
) -> Chosen:
    """The articles that are meant."""
    if all(_ID.fullmatch(one) for one in what):
        return of_articles(what, who, index)
    if len(what) > 1:
        raise InvalidParameter(
            "several words are no dossier, question or ids", where="WHAT", advice="Put it in quotes"
        )
    dossiers = load(home.dossiers)
    try:
        dossier = dossiers.dossier(what[0])
    except DossierNotFound:
        try:
            return of_question(request_of(what[0], given), who, index, limit=given["limit"])
        except ArticleNotFound:
            raise ArticleNotFound(
                f"no dossier is called {what[0]!r}, and as a question it finds nothing"
            ) from None
    return of_dossier(dossiers, dossier, index)


def _report(made: Made, output: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(made) | {"file": str(output)})
    else:
        told = f"{counted(made.articles, 'article')} in {counted(made.files, 'file')}"
        withheld = f"; {counted(made.withheld, 'name')} withheld" if made.withheld else ""
        tell(f"{output}: {told}{withheld}")
        tell(f"To be noted: SHA-256 of its tag manifest is {made.digest}")
    for article_id in made.missing:
        tell(f"Not in the catalogue, and left out: {article_id}", err=True)
    if made.missing:
        sys.exit(EXIT_SOME_FAILED)


@evidence_group.command("verify")
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--key", type=_FILE, help="The signer's public key, which must have signed it.")
@click.option(
    "--authority", type=_FILE, help="Certificates of the timestamp authority that is trusted, PEM."
)
@json_option
@reports_errors
def verify_command(package: Path, key: Path | None, authority: Path | None, as_json: bool) -> None:
    """Check a package, as a ZIP file or unpacked. Exit code 1 when anything is not as it was made.

    \b
    Example:
      dispatches evidence verify orlova.zip --key orlova-press.pem
    """
    verdict = verify(package, key=key, authority=authority)
    if as_json:
        print_json(asdict(verdict))
    else:
        for name, reason in verdict.troubles:
            tell(f"{name}: {reason}")
        if not verdict.troubles:
            tell("Every file is as its manifest says, and every link follows from its record.")
        tell(f"Signed with key {verdict.key}" if verdict.key else "Not signed.")
        if verdict.stamped:
            tell(verdict.stamped)
    if verdict.troubles:
        sys.exit(EXIT_SOME_FAILED)


@click.group("keys")
def keys_group() -> None:
    """The key that signs evidence packages (extra `evidence`).

    \b
    Examples:
      dispatches keys make
      dispatches keys show > operator.pem
    """


@keys_group.command("make")
@home_option
@reports_errors
def make_key_command(home: Home) -> None:
    """Make a key, `key.pem` in the collection's folder. Back it up; nobody else may have it."""
    public = signing.make_key(home.key)
    tell(public.decode(), nl=False)
    tell(f"Fingerprint: {signing.fingerprint(public)}", err=True)


@keys_group.command("show")
@home_option
@reports_errors
def show_key_command(home: Home) -> None:
    """Print the public key, to be handed to those who check packages."""
    public = signing.public_pem(home.key)
    tell(public.decode(), nl=False)
    tell(f"Fingerprint: {signing.fingerprint(public)}", err=True)
