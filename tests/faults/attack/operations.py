"""Operations that are cut off: what each begins with, does, acknowledges, and must leave behind.

Kills and power cuts share them. An operation works in a folder of its own, a copy of one that was
laid out once; `home` in it is a small collection. What it acknowledged must be there afterwards,
what was there before must be there too, and the same work once more must come to the same end.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DispatchesError, StorageError
from corpus.home import RESTORING, Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.backups.backup import Backups
from indexer.backups.restoring import restore
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.entities.types import Entity, EntityKind
from indexer.generations.parts import folders as parts_folders
from indexer.generations.parts import hidden_in, parts
from indexer.generations.publishing import Generations
from indexer.pipeline import rebuild
from search.dossiers import keeping
from search.dossiers.changes import Create, Note, Undo
from search.dossiers.replay import load
from search.dossiers.standing import questions
from search.output.evidence.signing import fingerprint, make_key, public_pem
from tests.faults.attack.dying import Say
from webui.access import restrictions, store
from webui.access.people import People
from webui.access.roles import Role
from webui.access.tokens import Tokens

TIMES = {"collected", "first_collected", "failed", "stamp"}
CHAINED = {"number", "taken", "record", "link", "mark", "checksum", "row"}
"""Times, hashes of them, chance, and numbers of rows: what is read twice has another."""
ARTICLES = 6
"""In the collection that every operation begins with."""

_PLACES = ("Odesa", "Kharkiv", "Kherson", "Izmail", "Sumy", "Mykolaiv")
_PILE = re.compile(r"/[^\s'\"]*/(pile|later)/")
_WHO = Entity("per-anybody", EntityKind.PERSON, "Anybody")


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that is cut off.

    Attributes:
        name: as it is chosen and listed.
        lay_out: fills a folder with what it begins with; done once, then copied.
        work: does it, and acknowledges what must not be lost.
        check: looks at what was left, told what was acknowledged; asserts.
    """

    name: str
    lay_out: Callable[[Path], None]
    work: Callable[[Path, Say], object]
    check: Callable[[Path, Sequence[str]], None]


def page(number: int) -> str:
    """A saved page, each of its own."""
    place = _PLACES[number % len(_PLACES)]
    text = (
        f"Shells hit the depot of {place} on {1 + number % 28} March 2022, said the mayor, Olena"
        f" Petrenko {number}. Crew {number} of the Red Cross brought {number * 7 + 3} people to a"
        f" shelter before the bridge at kilometer {number * 13} was closed for the night."
    )
    return (
        f"<!doctype html><html><head><title>Depot {number} of {place} hit</title>"
        f'<link rel="canonical" href="https://herald.example/{number}"></head>'
        f"<body><article><h1>Depot {number} of {place} hit</h1>"
        f"<p>{text}</p><p>{text[::-1].title()}</p></article></body></html>"
    )


def pages(folder: Path, numbers: Collection[int]) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"page{number:03}.html").write_text(page(number))
    return folder


def take_in(home: Home, pile: Path) -> None:
    with Catalogue.open(home.catalogue) as catalogue:
        ingest([pile], catalogue, processes=1)


def collection(folder: Path) -> Home:
    """A collection of a few articles, indexed."""
    home = Home(folder / "home")
    take_in(home, pages(folder / "pile", range(ARTICLES)))
    rebuild(home, processes=1)
    return home


# What must hold


def counted(home: Home) -> int:
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        return catalogue.counts().articles


def contents(path: Path) -> dict[str, list[str]]:
    """Every row of every table of a catalogue, without the times at which things happened, and
    without the folders in which piles lay.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table: sorted(
                _PILE.sub(
                    r"\1/",
                    repr([(key, row[key]) for key in row.keys() if key not in TIMES | CHAINED]),  # noqa: SIM118
                )
                for row in connection.execute(f"SELECT * FROM {table}")
            )
            for (table,) in tables.fetchall()
        }


def is_whole(home: Home, articles: int = ARTICLES) -> None:
    """Has a collection hold at least so many articles, undamaged, and an index that answers."""
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        assert list(catalogue.troubles()) == [], "the catalogue is damaged"
        assert catalogue.counts().articles >= articles, "articles are lost"
    generations = Generations(home.index)
    current = generations.current()
    assert generations.verify(current.name) == [], "the generation that serves is damaged"
    assert current.manifest.counts["articles"] >= articles, "an index of less serves"


# Operations on the catalogue and the index


def _later(folder: Path) -> None:
    home = collection(folder)
    pages(folder / "later", range(ARTICLES - 1, ARTICLES + 5))
    alone = Home(folder / "alone")
    shutil.copytree(home.path, alone.path)
    take_in(alone, folder / "later")
    (folder / "expected.json").write_text(json.dumps(contents(alone.catalogue)))
    shutil.rmtree(alone.path)


def _adds(folder: Path, say: Say) -> None:
    take_in(Home(folder / "home"), folder / "later")
    say("taken in")


def _adds_beside_a_reader(folder: Path, say: Say) -> None:
    with Catalogue.open(Home(folder / "home").catalogue, readonly=True) as reader:
        reader.counts()
        _adds(folder, say)


def _added(folder: Path, said: Sequence[str]) -> None:
    home = Home(folder / "home")
    is_whole(home)
    if said:
        assert counted(home) == ARTICLES + 5, "what was taken in is lost"
    take_in(home, folder / "later")
    expected = json.loads((folder / "expected.json").read_text())
    assert contents(home.catalogue) == expected, "the second run ended otherwise than one alone"


def _to_update(folder: Path) -> None:
    home = collection(folder)
    take_in(home, pages(folder / "later", range(ARTICLES, ARTICLES + 4)))


def _indexed(folder: Path) -> None:
    collection(folder)


def _rebuilds(folder: Path, say: Say) -> None:
    say(rebuild(Home(folder / "home"), processes=1, anew=True).generation.name)


def _updates(folder: Path, say: Say) -> None:
    say(rebuild(Home(folder / "home"), processes=1, trusting=True).generation.name)


def _published(folder: Path, said: Sequence[str]) -> None:
    home = Home(folder / "home")
    is_whole(home)
    generations = Generations(home.index)
    if said:
        assert generations.current().name == said[-1], "what was published does not serve"
    after = rebuild(home, processes=1).generation
    assert generations.current() == after
    assert after.manifest.counts["articles"] == counted(home)
    left = {path.name for path in home.index.iterdir()} - {*generations.names()}
    assert left == {".lock", "current"}, f"left behind: {left}"


def _draft(generations: Generations, content: str) -> str:
    with generations.new() as draft:
        (draft.path / "whoosh").mkdir()
        (draft.path / "whoosh" / "postings").write_text(content * 500)
        (draft.path / "entities.sqlite").write_text(content)
        return generations.publish(
            draft, counts={"articles": 3}, versions={"schema": "1"}, catalogue={"articles": 4}
        ).name


def _two_drafts(folder: Path) -> None:
    for content in "ab":
        _draft(Generations(folder / "index"), content)


def _publishes(folder: Path, say: Say) -> None:
    generations = Generations(folder / "index")
    for content in "cd":
        say(_draft(generations, content))
        generations.prune(keep=2)


def _is_published(folder: Path, said: Sequence[str]) -> None:
    generations = Generations(folder / "index")
    current = generations.current().name
    names = generations.names()
    assert current >= max(said, default=""), "what was published does not serve"
    assert current == names[-1] or names.index(current) >= len(names) - 2
    assert generations.verify(current) == []
    following = _draft(generations, "e")
    assert generations.current().name == following
    assert {entry.name for entry in (folder / "index").iterdir()} == {
        ".lock", "current", *generations.names(),
    }  # fmt: skip


# Operations on lines that people write


def _begun_lines(folder: Path) -> None:
    home = Home(folder / "home")
    home.path.mkdir(parents=True)
    keeping.keep(home.dossiers, "Anna", Create(name="Bridge"))
    _decides(folder, lambda _: None)
    questions.keep(home.questions, "Anna", "first", "ceasefire", {})
    restrictions.restrict(home, "Anna", ["a0"], ["decider"])


def _decides(folder: Path, say: Say) -> None:
    path = Home(folder / "home").decisions
    for label in ("one", "two\u2028", "three"):
        made = decide(path, Action.RENAME, [_WHO], who="ada", why="", value=label)
        say(made.decision_id)


def _decided(folder: Path, said: Sequence[str]) -> None:
    path = Home(folder / "home").decisions
    kept = {one.decision_id for one in Authority.load(path).log}
    assert kept >= {*said}, "an acknowledged decision is lost"
    assert len(kept) >= 3, "an earlier decision is lost"
    after = decide(path, Action.RENAME, [_WHO], who="bob", why="", value="after")
    assert after in Authority.load(path).log


def _notes(folder: Path, say: Say) -> None:
    path = Home(folder / "home").dossiers
    for part in "ab":
        (kept,) = keeping.keep(path, "Anna", Note(dossier="Bridge", text=f"note {part}"))
        say(kept.id)
    (undone,) = keeping.keep(path, "Anna", Undo(change=kept.id))
    say(undone.id)


def _noted(folder: Path, said: Sequence[str]) -> None:
    path = Home(folder / "home").dossiers
    log = [one.id for one in load(path).log]
    assert {*log} >= {*said}, "an acknowledged note is lost"
    (after,) = keeping.keep(path, "Boris", Note(dossier="Bridge", text="after"))
    assert [one.id for one in load(path).log] == [*log, after.id]


def _asks(folder: Path, say: Say) -> None:
    for name in ("second", "third"):
        questions.keep(Home(folder / "home").questions, "Anna", name, "ceasefire", {})
        say(name)


def _asked(folder: Path, said: Sequence[str]) -> None:
    path = Home(folder / "home").questions
    assert {*questions.load(path)[0]} >= {"first", *said}, "a kept question is lost"
    questions.keep(path, "Boris", "after", "ceasefire", {})
    assert "after" in questions.load(path)[0]


def _restricts(folder: Path, say: Say) -> None:
    for article in ("a1", "a2"):
        restrictions.restrict(Home(folder / "home"), "Anna", [article], ["decider"])
        say(article)


def _restricted(folder: Path, said: Sequence[str]) -> None:
    try:
        hidden = restrictions.load(Home(folder / "home")).hidden_from("Rosa", Role.READER)
    except StorageError:  # half a line: only operators see anything until it is mended
        return
    assert hidden >= {"a0", *said}, "what was restricted is seen"


# Backups and people


def _backed_up(folder: Path) -> None:
    home = collection(folder)
    Backups(folder / "kept").make(home, index=True)
    take_in(home, pages(folder / "later", range(ARTICLES, ARTICLES + 2)))
    rebuild(home, processes=1)


def _backs_up(folder: Path, say: Say) -> None:
    say(Backups(folder / "kept").make(Home(folder / "home"), index=True).backup.name)


def _is_backed_up(folder: Path, said: Sequence[str]) -> None:
    backups = Backups(folder / "kept")
    names = backups.names()
    assert names, "the earlier backup is lost"
    assert {*names} >= {*said}, "an acknowledged backup is lost"
    assert list(backups.troubles()) == [], "a backup is damaged"
    for name, articles in ((names[0], ARTICLES), (_again(backups, folder), ARTICLES + 2)):
        back = Home(folder / f"back-{name}")
        assert restore(backups, back, name)[1] == []
        is_whole(back, articles)


def _again(backups: Backups, folder: Path) -> str:
    return backups.make(Home(folder / "home"), index=True).backup.name


def _restores(folder: Path, say: Say) -> None:
    restore(Backups(folder / "kept"), Home(folder / "back"))
    say("brought back")


def _restored(folder: Path, said: Sequence[str]) -> None:
    back = Home(folder / "back")
    half = (back.path / RESTORING).exists()
    if said:
        assert not half
    elif half:
        try:
            Catalogue.open(back.catalogue).close()
            refused = back.catalogue.exists()  # brought back, and only the mark is left
        except DispatchesError:
            refused = True
        assert refused, "half a collection is gone on with"
    if half or not back.catalogue.exists():
        restore(Backups(folder / "kept"), back)
    is_whole(back)


def _one_person(folder: Path) -> None:
    home = Home(folder / "home")
    with store.writing(home.people, new=True) as database:
        People(database).add("Olga", Role.OPERATOR, "correct horse battery")


def _admits(folder: Path, say: Say) -> None:
    path = Home(folder / "home").people
    for note in ("one", "two"):
        with store.writing(path) as database:
            token, _ = Tokens(database).make("Olga", note=note)
        say(token.id)
    with store.writing(path) as database:
        Tokens(database).revoke(token.id)
    say(f"not {token.id}")


def _admitted(folder: Path, said: Sequence[str]) -> None:
    path = Home(folder / "home").people
    store.check(path)
    with store.reading(path) as database:
        assert People(database).find("Olga").role is Role.OPERATOR
        tokens = {one.id: one for one in Tokens(database).all()}
    revoked = {one.removeprefix("not ") for one in said if one.startswith("not ")}
    for one in said:
        if not one.startswith("not ") and one not in revoked:
            assert one in tokens, "an acknowledged token is lost"
    assert all(tokens[one].state == "revoked" for one in revoked), "a revoked token is good"


# Keys, and parts for those who may not see everything


def _no_key(folder: Path) -> None:
    Home(folder / "home").path.mkdir(parents=True)


def _makes_a_key(folder: Path, say: Say) -> None:
    say(fingerprint(make_key(Home(folder / "home").key)))


def _has_a_key(folder: Path, said: Sequence[str]) -> None:
    path = Home(folder / "home").key
    if not path.exists():
        assert not said, "an acknowledged key is lost"
        make_key(path)
    kept = fingerprint(public_pem(path))
    assert not said or said[-1] == kept, "what signs is another key than was told"


def _some_restricted(folder: Path) -> None:
    home = collection(folder)
    with Catalogue.open(home.catalogue, readonly=True) as catalogue:
        ids = sorted(one.article.article_id for one in catalogue.articles())
    for article in ids[:2]:
        restrictions.restrict(home, "Anna", [article], ["decider"])
    restrictions.carry_out(home)


def _unrestricts(folder: Path, say: Say) -> None:
    home = Home(folder / "home")
    restrictions.unrestrict(home, "Anna", [min(restrictions.load(home).may)])
    say("said")
    restrictions.carry_out(home)
    say("carried out")


def _unrestricted(folder: Path, said: Sequence[str]) -> None:
    home = Home(folder / "home")
    found = restrictions.load(home)
    assert len(found.may) == 1 or (len(found.may) == 2 and not said), "something else is restricted"
    if "carried out" in said:
        assert restrictions.carried_out(home)
    rebuild(home, processes=1)
    restrictions.carry_out(home)
    (part,) = parts(home)
    assert hidden_in(part) == found.hidden_from("Rosa", Role.READER)
    generations = Generations(part.index)
    assert generations.verify(generations.current().name) == []
    assert generations.current().manifest.counts["articles"] == ARTICLES - len(found.may)
    assert parts_folders(home) == 1, "a part that nobody needs is left"


OPERATIONS = {
    one.name: one
    for one in (
        Operation("add", _later, _adds, _added),
        Operation("add-while-read", _later, _adds_beside_a_reader, _added),
        Operation("rebuild", _indexed, _rebuilds, _published),
        Operation("update", _to_update, _updates, _published),
        Operation("publish", _two_drafts, _publishes, _is_published),
        Operation("decisions", _begun_lines, _decides, _decided),
        Operation("dossiers", _begun_lines, _notes, _noted),
        Operation("questions", _begun_lines, _asks, _asked),
        Operation("restrictions", _begun_lines, _restricts, _restricted),
        Operation("backup", _backed_up, _backs_up, _is_backed_up),
        Operation("restore", _backed_up, _restores, _restored),
        Operation("people", _one_person, _admits, _admitted),
        Operation("keys", _no_key, _makes_a_key, _has_a_key),
        Operation("unrestrict", _some_restricted, _unrestricts, _unrestricted),
    )
}


class LaidOut:
    """Folders in which operations begin, made when first asked for and copied from then on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = 0

    def original(self, operation: Operation) -> Path:
        """The folder that is copied. Change nothing in it."""
        folder = self._folder / operation.lay_out.__name__.strip("_")
        if not folder.exists():
            made = folder.with_suffix(".new")
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True)
            operation.lay_out(made)
            made.rename(folder)
        return folder

    def copy(self, operation: Operation) -> Path:
        """A folder to work in, and to remove."""
        self._taken += 1
        folder = self._folder / f"{operation.name}-{self._taken}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.original(operation), folder, symlinks=True)
        return folder
