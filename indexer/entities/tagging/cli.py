"""`dispatches tag`: names in any text, for scripts. Stores nothing, needs no collection."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TextIO

import click

from corpus.cleaner.language import detect
from corpus.errors import InvalidRecord
from corpus.terminal import EXIT_SOME_FAILED, report_error, reports_errors
from indexer.entities.across_collection.canonicaliser import Canonicaliser
from indexer.entities.authority.record import Authority
from indexer.entities.recognition import SHIPPED, Recognition
from indexer.entities.types import Mention, Tagger
from indexer.entities.within_article import linking
from indexer.entities.within_article.recogniser import shown, tagger

_ACROSS = "across"
"""The rule of a name that is known from other texts of the input."""


class _Tagged(NamedTuple):
    record_id: str
    title: str
    text: str
    language: str
    mentions: list[Mention]
    recognition: Recognition


@click.command("tag")
@click.argument("file", type=click.File(encoding="utf-8"), metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="Of input and output: one JSON object a line.",
)
@click.option(
    "--tagger",
    "tagger_name",
    default=SHIPPED,
    show_default=True,
    envvar="DISPATCHES_TAGGER",
    show_envvar=True,
    help="shipped, careful or multilingual (slower), or spacy:MODEL.",
)
@reports_errors
def tag_command(file: TextIO, form: str, tagger_name: str) -> None:
    """Find names in texts, and say which of them mean the same.

    \b
    Reads lines  {"id", "text"[, "title", "language"]}
    and writes   {"id", "mentions": [{"start", "end", "kind", "text", "confidence", "rule",
                 "entity"}], "entities": [{"id", "label", "kind", "count"}]}

    Names of people, organizations and places, merged over the whole input, which is therefore
    read to its end first; a person whom one text names in full is sought in the others, as in a
    collection (rule: across). A place that is doubtful has no entity. A bad line is reported and
    skipped.

    \b
    Example:
      echo '{"id": "1", "text": "Mr. Putin met Ban Ki-moon in Moscow."}' | dispatches tag -
    """
    del form  # there is one, and naming it keeps scripts working when there are more
    tagged: list[_Tagged] = []
    failed = False
    for outcome in _read(file, file.name, tagger(tagger_name)):
        if isinstance(outcome, InvalidRecord):
            report_error(outcome, as_json=False)
            failed = True
        else:
            tagged.append(outcome)
    for line in _resolved(tagged):
        click.echo(json.dumps(line, ensure_ascii=False))
    if failed:
        sys.exit(EXIT_SOME_FAILED)


def _read(lines: Iterable[str], name: str, chosen: Tagger) -> Iterator[_Tagged | InvalidRecord]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _tag(line, chosen, where=f"{name}:{number}")
            except InvalidRecord as error:
                yield error


def _tag(line: str, chosen: Tagger, *, where: str) -> _Tagged:
    """The names of one line. Raises InvalidRecord."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InvalidRecord(f"This line is no JSON: {error}", where=where) from None
    fields = dict.fromkeys(("title", "language"), "") | (record if isinstance(record, dict) else {})
    wrong = [name for name in ("text", "title", "language") if type(fields.get(name)) is not str]
    if wrong or not isinstance(fields.get("id"), str | int):
        raise InvalidRecord(
            "This record needs id and text; text, title and language must be texts", where=where
        )
    text, title = fields["text"], fields["title"]
    language = fields["language"] or detect(text)
    mentions = chosen.tag(text, language=language, title=title)
    recognition = linking.link(title, shown(text, mentions, language), language)
    return _Tagged(str(fields["id"]), title, text, language, mentions, recognition)


def _resolved(tagged: list[_Tagged]) -> Iterator[dict[str, Any]]:
    canonicaliser = Canonicaliser(Authority())
    for one in tagged:
        canonicaliser.observe(one.record_id, one.recognition)
    canonicaliser.settle()
    for one in tagged:
        entities, spans = canonicaliser.resolve(
            one.record_id, one.recognition, title=one.title, text=one.text, language=one.language
        )
        meant = {span.start: span.entity_id for span in spans}
        kinds = {entity.entity_id: entity.kind for entity in entities}
        mentions = {mention.start: mention for mention in one.mentions}
        for span in spans:
            if span.start not in mentions or mentions[span.start].end != span.end:
                for start in [at for at in mentions if span.start <= at < span.end]:
                    del mentions[start]  # what was found inside the whole name
                written = one.text[span.start : span.end]
                mentions[span.start] = Mention(
                    span.start, span.end, kinds[span.entity_id], written, 1.0, _ACROSS
                )
        yield {
            "id": one.record_id,
            "mentions": [
                {
                    "start": mention.start,
                    "end": mention.end,
                    "kind": mention.kind,
                    "text": mention.text,
                    "confidence": round(mention.confidence, 3),
                    "rule": mention.rule,
                    "entity": meant.get(mention.start),
                }
                for _, mention in sorted(mentions.items())
            ],
            "entities": [
                {
                    "id": entity.entity_id,
                    "label": entity.label,
                    "kind": entity.kind,
                    "count": entity.count,
                }
                for entity in entities
            ],
        }
