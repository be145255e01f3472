"""The commands by which articles come in and are looked at."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.cleaner.files import recognition, scans
from corpus.store import Catalogue
from corpus.terminal import EXIT_USAGE
from tests.corpus.cleaner.scans import png
from tests.corpus.collecting.misbehaving import Asked, Reply, serving
from tests.corpus.collecting.test_collect import feed
from tests.corpus.intake.test_ingest import PROSE, page
from webui.cli import main


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def write_page(folder: Path, title: str = "Bridge", *, text: str = PROSE) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "page.html"
    path.write_text(page(title, url="https://h.example/bridge", text=text))
    return path


def only_id(home: Path) -> str:
    with Catalogue.open(home / "catalogue.sqlite", readonly=True) as catalogue:
        (stored,) = catalogue.articles()
    return stored.article.article_id


def test_add_tells_its_counts(home: Path, tmp_path: Path) -> None:
    write_page(tmp_path / "pile")

    first = run(home, "add", str(tmp_path / "pile"), "--processes", "1")
    second = run(home, "add", str(tmp_path / "pile"), "--processes", "1", "--json")

    assert first.exit_code == 0
    assert first.stdout == "1 document:\n        1  new article\n"
    assert json.loads(second.stdout) == {
        "documents": 1,
        "articles": 0,
        "new_versions": 0,
        "duplicates": 1,
        "flagged": 0,
        "failures": 0,
    }


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In place of tesseract, something that notes in which languages it is asked to read."""
    asked: list[str] = []

    def read(_picture: bytes, *, language: str, page: int) -> recognition.Recognized:
        asked.append(language)
        return recognition.Recognized((PROSE,), 0.9)

    monkeypatch.setattr(recognition, "installed", lambda: ("deu", "eng", "osd", "ukr"))
    monkeypatch.setattr(scans, "recognize", read)
    return asked


def test_pictures_in_a_folder_are_scans_where_somebody_says_so(
    home: Path, tmp_path: Path, tesseract: list[str]
) -> None:
    pile = tmp_path / "pile"
    write_page(pile)
    (pile / "page_files").mkdir()
    for path in (pile / "page.png", pile / "page_files" / "photo.png"):
        path.write_bytes(png((60, 40, b"\xff" * 2400)))
    with zipfile.ZipFile(pile / "scans.zip", "w") as archive:
        archive.write(pile / "page.png", "one.png")
    add = ("add", str(pile), "--processes", "1", "--json")

    assert json.loads(run(home, *add).stdout)["documents"] == 1
    assert tesseract == []
    assert json.loads(run(home, *add, "--ocr", "deu+ukr").stdout)["documents"] == 3
    assert tesseract == ["deu+ukr"]  # the second is the same, byte for byte
    assert json.loads(run(home, *add, "--ocr", "deu+ukr").stdout)["duplicates"] == 3
    assert tesseract == ["deu+ukr"]


def test_scans_are_read_in_the_languages_of_the_collection(
    home: Path, tmp_path: Path, tesseract: list[str]
) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(png((60, 40, b"\xff" * 2400)))
    paper = tmp_path / "report.txt"
    paper.write_text(
        "Die Kolonne verließ das Lager vor dem Morgen, und am Mittag war die Straße gesperrt. Zwei"
        " Fahrer sagten, sie hätten gesehen, wie die Brücke fiel."
    )

    run(home, "add", str(paper), "--processes", "1")
    run(home, "add", str(scan), "--processes", "1")

    assert tesseract == ["deu"]


@pytest.mark.usefixtures("tesseract")
def test_a_language_without_data_is_refused_before_anything_is_read(
    home: Path, tmp_path: Path
) -> None:
    refused = run(home, "add", str(tmp_path), "--ocr", "tlh+eng")

    assert refused.exit_code == EXIT_USAGE
    assert "no data for tlh; it has: deu, eng, ukr" in " ".join(refused.stderr.split())


def test_failures_are_listed_with_exit_code_one(home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{no json\n")

    added = run(home, "add", str(bad), "--processes", "1")
    listed = run(home, "failures")
    as_json = json.loads(run(home, "failures", "--json").stdout)

    assert added.exit_code == 1
    assert "bad.jsonl!1: not JSON" in listed.stdout
    assert (as_json[0]["stage"], as_json[0]["code"]) == ("read", "invalid_record")
    assert run(home, "add", "--retry-failures", "--processes", "1").exit_code == 1


def test_no_name_of_a_file_writes_a_line_of_its_own_into_the_list(
    home: Path, tmp_path: Path
) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    for name in ("a\nb.html: all is well.pdf", "gepj\u202efdp.exe.pdf", "c\x1b[2J.pdf", "d\r.pdf"):
        (pile / name).write_bytes(b"%PDF-1.4\nbroken")

    assert run(home, "add", str(pile), "--processes", "1").exit_code == 1
    listed = run(home, "failures").stdout.split("\n")

    assert len(listed) == 5
    assert [line.startswith(f"{pile}/") for line in listed] == [True] * 4 + [False]
    assert not [line for line in listed if {*line} & {"\u202e", "\x1b", "\r"}]


def test_failures_stand_in_the_order_of_their_file_and_are_counted_by_cause(
    home: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "No text"}\n' * 10)
    run(home, "add", str(bad), "--processes", "1")

    listed = run(home, "failures")

    assert [line.split(":")[0].rpartition("!")[2] for line in listed.stdout.splitlines()] == [
        str(number) for number in range(1, 11)
    ]
    assert listed.stderr == "10 failed: 10 invalid record.\n"


def test_trying_again_says_when_nothing_failed(home: Path, tmp_path: Path) -> None:
    run(home, "add", str(write_page(tmp_path / "pages")))

    again = run(home, "add", "--retry-failures")

    assert again.exit_code == 0
    assert "Nothing failed before" in again.stdout
    assert json.loads(run(home, "add", "--retry-failures", "--json").stdout)["documents"] == 0


def test_an_empty_folder_is_said_to_hold_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert "nothing that could be read" in run(home, "add", str(tmp_path / "empty")).stdout


def test_no_text_of_others_commands_the_terminal(home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad\x1b[31m.jsonl"
    bad.write_text("{no json\n" + json.dumps({"title": "T", "text": f"\x1b]0;owned\x07 {PROSE}"}))
    run(home, "add", str(bad), "--processes", "1")
    article_id = only_id(home)

    shown = [
        run(home, "failures").stdout,
        run(home, "history", article_id, "--version", "1").stdout,
        CliRunner().invoke(main, ["clean", str(bad)]).stdout,
    ]

    assert "�" in shown[0]  # the name of a file stays as it is, and is shown without
    assert all("owned" in text or text is shown[0] for text in shown)
    assert not any("\x1b" in text or "\x07" in text for text in shown)


def test_diff_of_a_single_version_says_so(home: Path, tmp_path: Path) -> None:
    run(home, "add", str(write_page(tmp_path / "pile")), "--processes", "1")

    result = run(home, "diff", only_id(home))

    assert (result.exit_code, result.stdout) == (0, "")
    assert "There is one version" in result.stderr


def test_history_and_diff_tell_what_is_known(home: Path, tmp_path: Path) -> None:
    path = write_page(tmp_path / "pile")
    run(home, "add", str(path), "--processes", "1")
    write_page(tmp_path / "pile", text=PROSE.replace("at night", "at dawn"))
    run(home, "add", str(path), "--processes", "1")
    article_id = only_id(home)

    shown = json.loads(run(home, "history", article_id, "--json").stdout)
    first = run(home, "history", article_id, "--version", "1")
    changed = run(home, "diff", article_id)

    assert [each["version"] for each in shown["versions"]] == [1, 2]
    assert [(seen["version"], seen["locator"]) for seen in shown["sightings"]] == [
        (1, str(path)),
        (2, str(path)),
    ]
    assert "at night" in first.stdout
    assert any(line.startswith("-") and "at night" in line for line in changed.stdout.splitlines())
    assert any(line.startswith("+") and "at dawn" in line for line in changed.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["history", "nothing"], 3, "no article with this id"),
        (["add"], 2, "Name a file or folder"),
        (["add", "."], 2, "write KEY=COLUMN"),
        (["collect", "not-an-address"], 2, "neither an address"),
        (["collect", "https://h.example", "--delay", "soon"], 2, "90s, 15m, 2h or 1d"),
    ],
)
def test_what_is_wrong_is_told_with_its_exit_code(
    home: Path, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    run(home, "add", str(write_page(tmp_path / "pile")), "--processes", "1")
    extra = ["--map", "oops"] if arguments == ["add", "."] else []

    result = run(home, *arguments, *extra)

    assert result.exit_code == code
    assert told in result.stderr


def test_a_key_that_no_table_has_is_refused_with_the_keys_there_are(
    home: Path, tmp_path: Path
) -> None:
    result = run(home, "add", str(tmp_path), "--map", "tittle=Headline")

    assert result.exit_code == EXIT_USAGE
    assert "'tittle' is no key" in result.stderr
    assert "title" in result.stderr


def test_commands_that_read_say_when_there_is_nothing_yet(home: Path) -> None:
    result = run(home, "failures", "--json")

    assert result.exit_code == 4
    assert json.loads(result.stderr)["code"] == "no_catalogue"
    assert not home.exists()


def test_collect_fetches_what_is_named(home: Path) -> None:
    def replies(asked: object) -> Reply:
        return Reply(page("Bridge").encode())

    with serving(replies) as server:
        refused = run(home, "collect", server.base)
        fetched = run(home, "collect", server.base, "--allow-private", "--json", "--retry-failures")

    assert refused.exit_code == 1
    assert json.loads(fetched.stdout)["articles"] == 1
    assert json.loads(run(home, "failures", "--json").stdout) == []


def test_reclean_says_that_all_is_well(home: Path, tmp_path: Path) -> None:
    run(home, "add", str(write_page(tmp_path / "pile")), "--processes", "1")

    assert json.loads(run(home, "reclean", "--json").stdout) == {
        "versions": 0,
        "changed": 0,
        "refused": 0,
    }


def test_watching_goes_on_until_interrupted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = ["/1"]
    rests: list[float] = []

    def replies(asked: Asked) -> Reply:
        return feed(*links) if asked.path == "/feed" else Reply(page(asked.path).encode())

    def rest(seconds: float) -> None:
        rests.append(seconds)
        links.append("/2")
        if len(rests) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("corpus.collecting.cli.rest", rest)
    with serving(replies) as server:
        watch = ["--watch", "--every", "30m", "--delay", "0s", "--allow-private", "--json"]
        result = run(home, "collect", f"{server.base}/feed", *watch)

    rounds = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 130
    assert rests == [1800.0, 1800.0]
    assert [(each["articles"], each["duplicates"]) for each in rounds] == [(1, 0), (1, 1)]
    assert server.pages_asked == ["/feed", "/1", "/feed", "/2"]
