"""Which spellings in Latin letters are one Korean name, and which are two."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.names import korean
from indexer.entities.names.person_names import surname_last
from indexer.entities.names.spelling import plain
from tests.indexer.entities.articles import article, canonicalize


def key_of(name: str) -> tuple[str, str] | None:
    return korean.person(tuple(plain(name).split()))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Noh Tae-sik", "Roh Dae Shik", True),
        ("Paek Sŏn-yŏp", "Baek Sun-yup", True),
        ("Ch’oe Yong-gŏn", "Choi Yong-kun", True),
        ("Chang Myŏn-u", "Jang Myun Woo", False),  # u is no glide and a vowel
        ("Yi Pŏm-sŏk", "Lee Bum Suk", True),
        ("Kim Yong-sik", "Kim Yong-sop", False),
        ("Kim Il-song", "Kim Il-chong", False),
        ("Pak Chong-hun", "Park Jong Hoon", True),
        ("Pak Chong-hun", "Park Jong Hee", False),
        ("Pak Chong-hun", "Paik Jong Hoon", False),
        ("Han Sang-ho", "Hwang Sang Ho", False),
    ],
)
def test_spellings_are_one_korean_name_or_two(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


@pytest.mark.parametrize(
    "name",
    ["Lee Harvey Oswald", "Kim Philby", "Kim", "Lee Kuan Yew", "Song Meiling", "John Park Smith"],
)
def test_what_is_no_korean_name_has_no_key(name: str) -> None:
    assert key_of(name) is None


@given(
    st.sampled_from(["kim", "park", "choi", "han"]),
    st.lists(st.sampled_from(["hui", "dae", "sik", "young", "tae"]), min_size=2, max_size=2),
)
def test_the_order_of_surname_and_given_name_says_nothing(surname: str, given: list[str]) -> None:
    assert korean.person((surname, *given)) == korean.person((*given, surname)) is not None


def test_a_surname_of_korea_before_two_syllables_comes_last() -> None:
    assert surname_last("Hahm Pyong Choon") == "Pyong Choon Hahm"
    assert surname_last("Bae Ann Marie") == "Bae Ann Marie"


def test_spellings_of_a_korean_in_full_are_one_entity(tmp_path: Path) -> None:
    names = ["Noh Tae-sik", "Roh Dae Shik", "Dae Shik Roh", "Noh Tae-sok"]
    articles = {str(at): article([name]) for at, name in enumerate(names)}
    entities, _ = canonicalize(articles, tmp_path)
    found = [one.entity_id for ones in entities.values() for one in ones]
    assert len(set(found)) == 2
    assert len(set(found[:3])) == 1
