"""A generation is published in one instant, never half, and found damaged when it is."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from corpus.errors import GenerationGone, IndexCorrupt, Locked, NoIndex
from indexer.generations.publishing import Generation, Generations


def build(generations: Generations, content: str = "postings") -> Generation:
    with generations.new() as draft:
        (draft.path / "whoosh").mkdir()
        (draft.path / "whoosh" / "postings").write_text(content)
        (draft.path / "entities.sqlite").write_text("entities")
        return generations.publish(
            draft, counts={"articles": 3}, versions={"schema": "1"}, catalogue={"articles": 4}
        )


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "index")


def test_before_the_first_one_the_person_is_told_what_to_do(generations: Generations) -> None:
    with pytest.raises(NoIndex, match="dispatches rebuild"):
        generations.current()
    assert generations.names() == []


def test_what_was_published_is_current_and_whole(generations: Generations) -> None:
    published = build(generations)

    current = generations.current()
    assert current == published == generations.get(published.name)
    assert current.manifest.counts == {"articles": 3}
    assert set(current.manifest.files) == {"entities.sqlite", "whoosh/postings"}
    assert generations.verify(current.name) == []


def test_names_sort_by_time_of_building_even_within_one_second(generations: Generations) -> None:
    names = [build(generations, f"{n}").name for n in range(4)]

    assert names == sorted(set(names)) == generations.names()


def test_equal_content_has_an_equal_hash_in_its_name(generations: Generations) -> None:
    one, same, other = (build(generations, content).name[-8:] for content in ("a", "a", "b"))

    assert one == same != other


def test_a_draft_that_was_left_is_gone_and_the_old_generation_stays(
    generations: Generations,
) -> None:
    published = build(generations)

    with generations.new() as draft:
        (draft.path / "half").write_text("half a file")
    assert not draft.path.exists()
    assert generations.current() == published


def test_what_a_killed_rebuild_left_is_ignored_then_removed(
    generations: Generations, tmp_path: Path
) -> None:
    published = build(generations)
    index = tmp_path / "index"
    for leftover in (".draft-abc", ".gone-20200101T000000Z-00000000", "29991231T235959Z-00000000"):
        (index / leftover).mkdir()
        (index / leftover / "file").write_text("x")
    (index / ".current").write_text("29991231T235959Z-00000000\n")

    assert generations.current() == published
    following = build(generations)
    assert {entry.name for entry in index.iterdir()} == {
        ".lock", "current", published.name, following.name,
    }  # fmt: skip


def test_only_one_process_builds_at_a_time(generations: Generations) -> None:
    with generations.new(), pytest.raises(Locked, match="Wait"):
        generations.new()
    build(generations)


def test_pruning_keeps_the_newest_and_a_name_that_is_gone_says_so(
    generations: Generations,
) -> None:
    names = [build(generations).name for _ in range(5)]

    assert generations.prune(keep=2) == names[:3]
    assert generations.names() == names[3:]
    with pytest.raises(GenerationGone):
        generations.get(names[0])
    assert generations.prune(keep=0) == [names[3]]
    assert generations.current().name == names[4]


@pytest.mark.parametrize("name", ["", "..", "../../etc", "current", "20200101T000000Z-00000000"])
def test_a_name_from_a_stranger_opens_nothing_else(generations: Generations, name: str) -> None:
    build(generations)

    with pytest.raises(GenerationGone):
        generations.get(name)


def test_every_flipped_byte_is_found(generations: Generations, tmp_path: Path) -> None:
    name = build(generations).name
    folder = tmp_path / "index" / name

    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        content = path.read_bytes()
        for at in range(len(content)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
            if path.name == "manifest.json":
                assert found_in_manifest(generations, name)
            else:
                damages = generations.verify(name)
                assert [d.file for d in damages] == [path.relative_to(folder).as_posix()]
        path.write_bytes(content)
    assert generations.verify(name) == []


def found_in_manifest(generations: Generations, name: str) -> bool:
    try:
        return bool(generations.verify(name))
    except IndexCorrupt:
        return True


def test_missing_and_foreign_files_are_found(generations: Generations, tmp_path: Path) -> None:
    name = build(generations).name
    folder = tmp_path / "index" / name
    (folder / "entities.sqlite").unlink()
    (folder / "stranger").write_text("x")

    assert [(d.file, d.reason) for d in generations.verify(name)] == [
        ("entities.sqlite", "is missing"),
        ("stranger", "does not belong here"),
    ]


def test_a_manifest_swapped_for_another_generations_is_found(
    generations: Generations, tmp_path: Path
) -> None:
    one, other = build(generations, "a").name, build(generations, "b").name
    index = tmp_path / "index"
    (index / one / "manifest.json").write_bytes((index / other / "manifest.json").read_bytes())

    assert "manifest.json" in [damage.file for damage in generations.verify(one)]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", json.dumps({"sha256": "x"}), "\xff"])
def test_a_damaged_manifest_is_an_error_of_ours(
    generations: Generations, tmp_path: Path, text: str
) -> None:
    name = build(generations).name
    (tmp_path / "index" / name / "manifest.json").write_text(text, encoding="latin-1")

    with pytest.raises(IndexCorrupt, match="dispatches rebuild"):
        generations.current()


def test_a_pointer_to_nothing_is_an_error_of_ours(generations: Generations) -> None:
    build(generations)
    generations.pointer.write_text("20200101T000000Z-00000000\n")

    with pytest.raises(IndexCorrupt, match="which is not here"):
        generations.current()


def test_readers_never_see_a_gap_while_generations_come_and_go(generations: Generations) -> None:
    build(generations)
    stop = threading.Event()
    seen: list[str] = []

    def read() -> None:
        while not stop.is_set():
            seen.append(generations.current().name)

    reader = threading.Thread(target=read)
    reader.start()
    published = [build(generations).name]
    for _ in range(20):
        published.append(build(generations).name)
        generations.prune(keep=1)
    stop.set()
    reader.join()

    assert seen == sorted(seen)
    assert published[-1] == generations.current().name
