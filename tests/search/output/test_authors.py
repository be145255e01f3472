"""Bylines are turned round where it is known how the name is built, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.output.authors import author


@pytest.mark.parametrize(
    ("name", "language", "turned", "initials"),
    [
        ("Marta Oliveri", "en", "Oliveri, Marta", "Oliveri, M."),
        ("Jean-Luc Perrot", "fr", "Perrot, Jean-Luc", "Perrot, J.-L."),
        ("Joost van den Akker", "nl", "van den Akker, Joost", "van den Akker, J."),
        ("Sana al-Rifai", "en", "al-Rifai, Sana", "al-Rifai, S."),
        ("J. T. Marsh Jr.", "en", "Marsh, J. T., Jr.", "Marsh, J. T., Jr."),
        ("Tom Reed, III", "en", "Reed, Tom, III", "Reed, T., III"),
        ("Ines Garza Molina", "es", "Garza Molina, Ines", "Garza Molina, I."),
        ("Иван Петров", "ru", "Петров, Иван", "Петров, И."),
        ("Oliveri, Marta", "en", "Oliveri, Marta", "Oliveri, M."),
        ("MARTA OLIVERI", "en", "OLIVERI, MARTA", "OLIVERI, M."),
    ],
)
def test_names_are_turned_round(name: str, language: str, turned: str, initials: str) -> None:
    known = author(name, language)
    assert (known.turned, known.initials) == (turned, initials)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Reuters", "en"), ("AFP", "en"), ("BBC News", "en"), ("The Harbour Post", "en"),
        ("Associated Press", "en"), ("Our correspondents", "en"), ("Staff and agencies", "en"),
        ("Kovács Anna", "hu"), ("山田 太郎", "ja"), ("سناء الرفاعي", "ar"),
        ("Редакция сайта", "ru"),
        ("Ann Ode & Ben Roe", "en"), ("@ann_ode", "en"), ("Ministry of Defense", "en"),
        ("Ann Ode, Ben Roe, Cid Lund", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_what_is_no_name_or_built_otherwise_stays(name: str, language: str) -> None:
    known = author(name, language)
    assert known.family == ""
    assert known.turned == known.initials == name


@given(st.text(max_size=40), st.sampled_from(["en", "es", "hu", "und"]))
def test_no_letter_of_a_name_is_lost(name: str, language: str) -> None:
    def letters(text: str) -> list[str]:
        return sorted(one for one in text if one.isalpha())

    known = author(name, language)
    assert letters(known.turned) == letters(name)
    assert known.whole == " ".join(name.split()) or known.suffix
