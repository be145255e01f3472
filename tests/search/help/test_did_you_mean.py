"""When a better spelling is offered, and when it is not: each limit from both sides."""

from __future__ import annotations

import pytest

from indexer.entities.types import Entity, EntityKind
from search.help.spelling import FEW, did_you_mean
from tests.contract.made_up import document, made_up_index

LONG = "One Two Three Four Five Six"
LONGER = f"{LONG} Seven"
INDEX = made_up_index(
    [
        document("", "cat tank bridge artillery garden harden"),
        document("Title harbor", "The harbor town mobilization", outlet="The Harbor Post"),
        document("", "2022 2023 ferry"),
    ],
    entities=[
        Entity("per-long", EntityKind.PERSON, LONG, (), 1, 1),
        Entity("per-longer", EntityKind.PERSON, LONGER, (), 1, 1),
        Entity("per-oduya", EntityKind.PERSON, "Amara Oduya", (), 1, 1),
        Entity("per-oduya-j", EntityKind.PERSON, "Amara Oduya Jansen", (), 1, 1),
        Entity("pla-meran", EntityKind.PLACE, "Meran", (), 1, 1),
        Entity("pla-port", EntityKind.PLACE, "Port Sel", (), 1, 1),
    ],
)


@pytest.mark.parametrize(
    ("total", "better"), [(0, "bridge"), (FEW, "bridge"), (3, "bridge"), (FEW + 1, ""), (4, "")]
)
def test_up_to_three_hits_a_better_spelling_is_offered(total: int, better: str) -> None:
    assert did_you_mean("brigde", total, INDEX) == better


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("ca", ""),
        ("cax", ""),  # three letters have too many neighbors
        ("tanc", "tank"),  # four do not
        ("tanxk", "tank"),
        ("tacnx", ""),  # in five letters one may be wrong
        ("ferty", "ferry"),
        ("fetty", ""),
        ("bridxx", "bridge"),  # in six two may be
        ("brixxx", ""),
        ("hatbot", "harbor"),
        ("2021", ""),  # numbers are meant as they are
        ("20222", ""),
        ("whoo", ""),
        ("hardex", "harden"),  # one letter away; "garden" is two
        ("hardens", ""),  # of its neighbors one has its stem
        ("mobilizations", ""),  # its stem is known
        ("mobilizatiom", "mobilization"),
        ("bridge", ""),
        ("BRIGDE", "bridge"),
    ],
)
def test_how_far_a_word_may_be_from_the_one_that_was_meant(typed: str, better: str) -> None:
    assert did_you_mean(typed, 0, INDEX) == better


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("brigde tanc", "bridge tank"),
        ("tanc brigde", "tank bridge"),
        ("brige tanc", "bridge tank"),
        ('"brige tanc"', '"bridge tank"'),
        ('"brigde ~ tanc"', '"bridge ~ tank"'),
        ("(brigde OR tanc) ferry", "(bridge OR tank) ferry"),
        ('"brigde tanc"', '"bridge tank"'),
        ('"brigde tanc"~3', '"bridge tank"~3'),
        ("title:brigde", "title:bridge"),
        ("TEXT:brigde", "TEXT:bridge"),
        ("text:brigde", "text:bridge"),
        ("exact:brigde", "exact:bridge"),
        ("person:brigde", ""),
        ("person:brigde tanc", "person:brigde tank"),
        ("date:2022 brigde", "date:2022 bridge"),
        ("brigd*", ""),
        ("bridxx*", ""),
        ("brigde~1", ""),
        ("-brigde", "-bridge"),
        ("person:Amara Oduya", 'person:"Amara Oduya"'),
        ("person:Amara Oduya Jansen", 'person:"Amara Oduya Jansen"'),
        ("person:Amara Oduya tank", 'person:"Amara Oduya" tank'),
        ("PERSON:Amara Oduya", 'PERSON:"Amara Oduya"'),
        ('person:"Amara Oduya" brigde', 'person:"Amara Oduya" bridge'),
        ("place:Amara Oduya", ""),
        ("place:Port Sel", 'place:"Port Sel"'),
        ("tank place:Port Sel", 'tank place:"Port Sel"'),
        ("title:tank place:Port Sel", 'title:tank place:"Port Sel"'),
        ("person:tank place:Port Sel", 'person:tank place:"Port Sel"'),
        ("title:Port Sel", ""),
        ("person:Amara -Oduya", ""),
        ("person Amara Oduya", ""),
        ("place:Meran", ""),
        ("outlet:Harbor Ferry", ""),
        ("outlet:Harbor Post", 'outlet:"Harbor Post"'),
        (f"person:{LONG}", f'person:"{LONG}"'),
        (f"person:{LONG} ferry", f'person:"{LONG}" ferry'),
        (f"person:{LONGER}", f'person:"{LONG}" Seven'),
        ("", ""),
    ],
)
def test_what_is_looked_at_and_what_becomes_of_the_rest(typed: str, better: str) -> None:
    assert did_you_mean(typed, 0, INDEX) == better


PLACES = made_up_index(
    [
        document("", "Shells fell on Zaporizhzhia and on Khan Younis."),
        document("", "Reading is a town; Tartus is one.", entities=()),
    ],
    entities=[Entity("pla-tar", EntityKind.PLACE, "Tartus", ("Тартус",), 1, 1)],
)


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("Запорожье", "Zaporizhzhia"),
        ("Запорізькою", ""),  # an adjective
        ("shells زابوريجيا", "shells Zaporizhzhia"),
        ("خان يونس", ""),  # two words, neither of which is a place
        ('"خان يونس"', '"Khan Younis"'),
        ("Хан-Юнис", '"Khan Younis"'),
        ("Zaporizhzhia", ""),
        ("Харьков", ""),  # a place, but in no article
        ("Тартус", ""),  # told of as a name
    ],
)
def test_a_place_is_called_as_articles_call_it(typed: str, better: str) -> None:
    assert did_you_mean(typed, 0, PLACES) == better


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("Тартара", ""),
        ("Шеллс", "Shells"),
        ("Шеллсом", "Shells"),
        ("Шеллс a1 b2 c3 d4 e5", ""),  # too many words
        ("فيل", ""),  # an elephant, which a dictionary has, is translated
        ("Shells'in", "Shells"),
        ("Shelves'in", ""),
        ("Шеллс-Фелл", ""),  # two words
        ("Tartus'ta", ""),  # told of as a name
    ],
)
def test_a_name_in_other_letters_or_with_an_ending_is_spelled_as_in_articles(
    typed: str, better: str
) -> None:
    assert did_you_mean(typed, 0, PLACES) == better
