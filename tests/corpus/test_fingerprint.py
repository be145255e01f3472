"""A fingerprint changes with every byte that it depends on, and with no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus import fingerprint as module
from corpus.fingerprint import HOUSE, files, fingerprint, sources

SOURCES = {
    "corpus/__init__.py": "",
    "corpus/errors.py": "class Wrong(Exception): ...\n",
    "corpus/cleaner/__init__.py": "from corpus.cleaner import html\n",
    "corpus/cleaner/html.py": (
        "from corpus.errors import Wrong\n\n"
        "def clean():\n    from corpus.words import (\n        WORDS,\n    )\n    return WORDS\n"
    ),
    "corpus/cleaner/words.tsv": "one\n",
    "corpus/cleaner/rules/list.txt": "two\n",
    "corpus/words.py": "WORDS = 1\n",
    "corpus/other.py": "import corpus.words\n",
    "corpus/demo/__init__.py": "",
    "corpus/demo/text.txt": "three\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def forget() -> None:
    """What is remembered for a process that does not change under itself."""
    for remembered in (
        module._fingerprint,
        module._sources_of,
        module._modules,
        module._imported,
        module._data,
    ):
        remembered.cache_clear()


@pytest.mark.parametrize(
    "changed",
    [
        "corpus/errors.py",
        "corpus/cleaner/__init__.py",
        "corpus/cleaner/html.py",
        "corpus/cleaner/words.tsv",
        "corpus/cleaner/rules/list.txt",
        "corpus/words.py",
    ],
)
def test_one_byte_of_what_it_depends_on_changes_it(house: Path, changed: str) -> None:
    before = fingerprint("corpus.cleaner", house=house)
    with (house / changed).open("ab") as file:
        file.write(b"0")
    forget()

    assert fingerprint("corpus.cleaner", house=house) != before


@pytest.mark.parametrize(
    "changed",
    ["corpus/__init__.py", "corpus/other.py", "corpus/demo/__init__.py", "corpus/demo/text.txt"],
)
def test_what_it_does_not_depend_on_changes_nothing(house: Path, changed: str) -> None:
    before = fingerprint("corpus.cleaner", house=house)
    with (house / changed).open("ab") as file:
        file.write(b"0")
    forget()

    assert fingerprint("corpus.cleaner", house=house) == before


def test_comments_do_not_count_but_what_only_looks_like_one_does(house: Path) -> None:
    words = house / "corpus/words.py"
    words.write_text("# why\nWORDS = 1  # how many\nMARK = '#1'\n", encoding="utf-8")
    before = fingerprint("corpus.words", house=house)

    words.write_text("WORDS = 1\n# elsewhere\nMARK = '#1'  # so\n", encoding="utf-8")
    forget()
    assert fingerprint("corpus.words", house=house) == before

    words.write_text("WORDS = 1\nMARK = '#2'\n", encoding="utf-8")
    forget()
    assert fingerprint("corpus.words", house=house) != before


def test_what_is_kept_apart_changes_nothing(house: Path) -> None:
    before = fingerprint("corpus.cleaner", apart=["corpus.errors"], house=house)
    (house / "corpus/errors.py").write_text("", encoding="utf-8")
    forget()

    assert fingerprint("corpus.cleaner", apart=["corpus.errors"], house=house) == before


def test_libraries_count(house: Path) -> None:
    assert fingerprint("corpus.words", libraries=["lxml"], house=house) not in {
        fingerprint("corpus.words", house=house),
        fingerprint("corpus.words", libraries=["nltk"], house=house),
    }


def test_the_folder_it_lies_in_does_not_count(
    house: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "house"
    house.rename(elsewhere)

    assert fingerprint("corpus.cleaner", house=elsewhere) == _of(SOURCES, tmp_path_factory)


def _of(sources: dict[str, str], factory: pytest.TempPathFactory) -> str:
    folder = factory.mktemp("again")
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return fingerprint("corpus.cleaner", house=folder)


def test_an_unknown_module_is_named(house: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"corpus\.nothing"):
        fingerprint("corpus.nothing", house=house)


def test_of_the_real_house_it_sees_sources_far_away_and_data() -> None:
    found = {file.relative_to(HOUSE).as_posix() for file in files("indexer.articles.analysis")}

    assert {"corpus/dates.py", "indexer/analysis/stop_words.txt"} <= found
    assert not any(name.startswith(("webui/", "search/")) for name in found)


@pytest.fixture
def read(
    house: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Names of the files of the house that were read; what they were is kept."""
    names: list[str] = []
    really = sources._read

    def noted(file: Path, touched: tuple[int, int, int, int]) -> sources.File:
        names.append(file.relative_to(house).as_posix())
        return really(file, touched)

    monkeypatch.setattr(module, "HOUSE", house)
    monkeypatch.setattr(sources, "_read", noted)
    monkeypatch.setattr(sources, "_SETTLED", 0)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path_factory.mktemp("kept")))
    return names


def asked_anew(house: Path, read: list[str]) -> tuple[str, set[str]]:
    """What another process says, and what it reads for it."""
    forget()
    read.clear()
    return fingerprint("corpus.cleaner", house=house), set(read)


def test_files_that_nobody_touched_are_read_once(house: Path, read: list[str]) -> None:
    first, all_of_them = asked_anew(house, read)
    assert len(all_of_them) == 6
    assert asked_anew(house, read) == (first, set())

    words = house / "corpus/words.py"
    words.write_text("WORDS = 2\n", encoding="utf-8")  # as long as before
    os.utime(words, ns=(1, 1))
    changed, again = asked_anew(house, read)
    assert changed != first
    assert again == {"corpus/words.py"}


def test_a_file_touched_a_moment_ago_is_read_again(
    house: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_SETTLED", 10**12)
    first, all_of_them = asked_anew(house, read)
    assert asked_anew(house, read) == (first, all_of_them)


@pytest.mark.parametrize("damage", [b"", b"nothing", b"\x00" * 100])
def test_what_is_kept_and_damaged_is_read_again(
    house: Path, read: list[str], damage: bytes
) -> None:
    first, all_of_them = asked_anew(house, read)
    (file,) = Path(os.environ["NUMBA_CACHE_DIR"]).iterdir()
    file.write_bytes(damage)
    assert asked_anew(house, read) == (first, all_of_them)
    assert asked_anew(house, read) == (first, set())


def test_where_nothing_can_be_kept_all_is_read(
    house: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "folder"))
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "file" / "source.py"))
    first, all_of_them = asked_anew(house, read)
    assert asked_anew(house, read) == (first, all_of_them)
