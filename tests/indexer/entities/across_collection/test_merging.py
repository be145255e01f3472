"""The shares and counts at which names merge, each from just under and from just over."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from indexer.entities.recognition import Recognition
from indexer.entities.types import ArticleEntity, EntityKind
from tests.indexer.entities.articles import ORG, PERSON, PLACE, article, canonicalize, labels

Articles = dict[str, Recognition]
Found = dict[str, tuple[ArticleEntity, ...]]


def several(count: int, names: list[str], *, kind: EntityKind = PERSON, gap: int = 5) -> Articles:
    return {
        f"{names} {kind} {number}": article(names, kind=kind, gap=gap) for number in range(count)
    }


def label_of(name: str, articles: Articles, folder: Path, *, kind: EntityKind = PERSON) -> str:
    """What a name of an article of its own turns out to mean."""
    entities, _ = canonicalize(articles | {"asked": article([name], kind=kind)}, folder)
    (label,) = labels(entities["asked"])
    return label


def count(found: Found) -> int:
    """How many entities there are."""
    return len({entity.entity_id for entities in found.values() for entity in entities})


@pytest.mark.parametrize(
    ("most", "others", "meant"),
    [
        (4, 1, "Nadia Murad"),
        (8, 2, "Nadia Murad"),
        (3, 1, "Murad"),
        (7, 2, "Murad"),
        (1, 0, "Nadia Murad"),
    ],
)
def test_a_short_name_means_who_bears_it_in_four_of_five_articles(
    most: int, others: int, meant: str, tmp_path: Path
) -> None:
    articles = several(most, ["Nadia Murad", "Murad"]) | several(others, ["Ferit Murad", "Murad"])
    assert label_of("Murad", articles, tmp_path) == meant


@pytest.mark.parametrize(("claims", "meant"), [(2, "Gorzan"), (3, "Gorzan Brigade")])
def test_words_mean_a_body_when_three_articles_claim_them(
    claims: int, meant: str, tmp_path: Path
) -> None:
    articles = several(claims, ["Gorzan Brigade", "Gorzan"], kind=ORG)
    assert label_of("Gorzan", articles, tmp_path, kind=ORG) == meant


def test_an_acronym_means_a_body_when_one_article_claims_it(tmp_path: Path) -> None:
    articles = several(1, ["Karsk Harbor Relief Council", "KHRC"], kind=ORG, gap=2)
    assert label_of("KHRC", articles, tmp_path, kind=ORG) == "Karsk Harbor Relief Council"


@pytest.mark.parametrize(
    ("places", "persons", "one"),
    [(3, 1, True), (8, 3, False), (5, 2, False), (2, 1, False), (4, 1, True)],
)
def test_a_name_is_of_the_kind_of_three_of_four_articles(
    places: int, persons: int, one: bool, tmp_path: Path
) -> None:
    articles = several(places, ["Gorzan"], kind=PLACE) | several(persons, ["Gorzan"])
    entities, _ = canonicalize(several(1, ["Karsk"], kind=PLACE) | articles, tmp_path)
    kinds = {entity.kind for found in entities.values() for entity in found}
    assert kinds == ({PLACE} if one else {PLACE, PERSON})


@pytest.mark.parametrize(
    ("alone", "in_full", "meant"),
    [
        (19, 3, "Mohammed Nasser"),
        (18, 3, "Mohammed Nasser"),
        (20, 3, "Nasser"),
        (6, 1, "Nasser"),
        (5, 1, "Mohammed Nasser"),
    ],
)
def test_somebody_knowns_surname_is_a_namesakes_who_is_often_named_in_full(
    alone: int, in_full: int, meant: str, tmp_path: Path
) -> None:
    articles = several(alone, ["Nasser"]) | several(in_full, ["Mohammed Nasser", "Nasser"])
    assert label_of("Nasser", articles, tmp_path) == meant


@pytest.mark.parametrize(
    ("one", "other", "same"), [("Gorzan", "Qorzan", True), ("Gorza", "Qorza", False)]
)
def test_romanizations_of_a_place_are_one_from_six_letters_on(
    one: str, other: str, same: bool, tmp_path: Path
) -> None:
    entities, _ = canonicalize(
        several(1, [one], kind=PLACE) | several(1, [other], kind=PLACE), tmp_path
    )
    assert count(entities) == (1 if same else 2)


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["John Karl Harlow", "John Harlow"], 1),
        (["John Karl Harlow", "John Peter Harlow"], 2),
        (["John Karl Harlow", "John K. Harlow", "John Harlow"], 1),
        (["J. Harlow", "John Harlow"], 1),
        (["J. Harlow", "John Harlow", "James Harlow"], 3),
        (["Bill Harlow", "William Harlow"], 1),
        (["Karl Harlow", "John Karl Harlow"], 1),
        (["Peter Harlow", "John Karl Harlow"], 2),
        (["Karl Harlow", "John Karl Harlow", "Max Karl Harlow"], 3),
        (["John A. Harlow", "Johnny B. Harlow"], 2),
        (["Jon Van Gorzan", "Jon VanGorzan"], 1),
        (["John Karl Harlow", "John Peter Harlow", "John Harlow"], 3),
        (["John Harlow", "John Karl Harlow", "John Peter Harlow"], 3),
        (["John Karl Harlow", "John Kurt Harlow", "John K. Harlow"], 2),
        (["Edward Harlow", "Theodore Harlow", "Ted Harlow"], 2),
        (["John Harlow", "Karl Harlow", "John Karl Harlow"], 1),
        (["J. Karl Harlow", "John Harlow"], 1),
        (["J. Karl Harlow", "John Harlow", "James Harlow"], 3),
        (["Ann Alisov", "Anna Lisov"], 2),
        (["John Harlow", "John Karl Harlow", "John K. Harlow"], 1),
        (["John Harlow", "John Karl Harlow", "Johnny Peter Harlow"], 2),
        (["John Harlow", "John Karl Harlow", "Peter Harlow"], 2),
        (["B. Harlow", "Bo Harlow"], 1),
        (["Murad Harlow", "Nadia Murad"], 2),
    ],
)
def test_names_in_full_are_one_person_or_several(
    names: list[str], people: int, tmp_path: Path
) -> None:
    articles = {name: article([name]) for name in names}
    entities, _ = canonicalize(articles, tmp_path)
    assert count(entities) == people


def test_of_two_whom_a_name_fits_the_more_often_named_is_meant(tmp_path: Path) -> None:
    named = {"Jack Harlow": 3, "J. K. Harlow": 2, "J. P. Harlow": 1}
    for names in permutations(named):
        articles: Articles = {}
        for name in names:
            articles |= several(named[name], [name])
        entities, _ = canonicalize(articles, tmp_path)
        assert Counter(labels(found)[0] for found in entities.values()) == {
            "Jack Harlow": 5, "J. P. Harlow": 1,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Karsk Defence Forum", "Karsk Defense Forum", True),
        ("Karsk Medical Centre", "Karsk Medical Center", True),
        ("Labour Council Karsk", "Labor Council Karsk", True),
        ("The Karsk Tribune", "Karsk Tribune", True),
        ("UN Harbor Office", "United Nations Harbor Office", True),
        ("EU Harbor Office", "European Union Harbor Office", True),
        ("UK Harbor Office", "United Kingdom Harbor Office", True),
        ("UK Harbor Office", "EU Harbor Office", False),
        ("Gorzan Brigade", "Qorzan Brigade", True),
        ("Office of Gorzan", "Office of Qorzan", False),
        ("Office for Gorzan", "Office for Qorzan", False),
        ("Gorzan and Karsk", "Qorzan and Karsk", False),
        ("Qorza", "Gorza", False),
        ("The Tribune", "Tribune", True),
        ("EU Harbor", "European Union Harbor", True),
        ("Office of Labour", "Office of Labor", True),
        ("Office of Defence", "Office of Defense", True),
        ("Karsk Relief Organisation", "Karsk Relief Organization", True),
        ("Karsk Relief Organisations", "Karsk Relief Organizations", True),
        ("Karsk Food Programme", "Karsk Food Program", True),
    ],
)
def test_spellings_of_a_body(one: str, other: str, same: bool, tmp_path: Path) -> None:
    articles = {"one": article([one], kind=ORG), "other": article([other], kind=ORG)}
    entities, _ = canonicalize(articles, tmp_path)
    first, second = (entities[where][0].entity_id for where in ("one", "other"))
    assert (first == second) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("NATO", PLACE), ("North Atlantic Treaty Organization", ORG), True),
        (("Burma", PLACE), ("Myanmar", PLACE), True),
        (("Vladimir Putin", PERSON), ("فلاديمير بوتين", PERSON), True),
        (("Putin", PERSON), ("بوتين", PERSON), True),
        (("Benjamin Netanyahu", PERSON), ("נתניהו", PERSON), True),
        (("بنيامين نتنياهو", PERSON), ("Netanyahu", PERSON), True),
        (("Avner Netanyahu", PERSON), ("نتنياهو", PERSON), False),
        (("Moussa Qorzan", PERSON), ("Gorzan", PERSON), True),
        (("Khalid Hamas", PERSON), ("Hamas", PERSON), False),
        (("Angola", PLACE), ("Ankola", PLACE), False),
        (("Canada", PERSON), ("Canada", PLACE), True),
        (("Kherson", PERSON), ("Kherson", PLACE), True),
        (("Gorzan", PERSON), ("Gorzan", PLACE), False),
    ],
)
def test_what_is_known_beforehand_decides_which_two_names_are_one(
    one: tuple[str, EntityKind], other: tuple[str, EntityKind], same: bool, tmp_path: Path
) -> None:
    named = several(1, ["Kissinger"])
    named |= {str(pair): article([pair[0]], kind=pair[1]) for pair in (one, other)}
    entities, _ = canonicalize(named, tmp_path)
    assert count(entities) == (2 if same else 3)


def test_a_ship_is_not_the_person_whose_whole_name_it_has(tmp_path: Path) -> None:
    ship = {"ship": article(["Harry S. Truman"], kind=EntityKind.EVENT)}
    entities, _ = canonicalize(several(4, ["Harry S. Truman"]) | ship, tmp_path)
    assert [labels(found) for found in entities.values()] == [["Harry S. Truman"]] * 4 + [[]]


def test_a_first_name_means_who_was_called_so(tmp_path: Path) -> None:
    articles = several(1, ["Oprah Winfield", "Oprah"])
    assert label_of("Oprah", articles, tmp_path) == "Oprah Winfield"


def test_a_place_among_persons_hides_no_surname_that_follows(tmp_path: Path) -> None:
    articles = several(3, ["Gorzan"], kind=PLACE) | several(1, ["Gorzan"])
    articles |= several(1, ["Nadia Murad"])
    assert label_of("Murad", articles, tmp_path) == "Nadia Murad"


@pytest.mark.parametrize(
    ("claimed", "full", "others", "same"),
    [
        (0, "Nadia Murad", 0, True),  # of whom nothing is known beforehand
        (0, "Gamal Nasser", 0, True),
        (0, "Mohammed Nasser", 0, False),
        (3, "Gamal Nasser", 1, True),
    ],
)
def test_a_surname_is_taken_for_somebody_knowns_only_where_no_bearer_may_be_the_one(
    claimed: int, full: str, others: int, same: bool, tmp_path: Path
) -> None:
    surname = full.rpartition(" ")[2]
    articles = several(1, [full]) | several(claimed, [full, surname])
    articles |= several(others, [f"Mohammed {surname}"]) | several(40, [surname])
    entities, _ = canonicalize(articles, tmp_path)
    assert count(entities) == (1 if same else 2) + others


@pytest.mark.parametrize(
    ("alone", "articles", "people"),
    [
        (1, several(2, ["Walter Kissinger"]) | several(2, ["Jonas Kissinger"]), 3),
        (1, several(12, ["Walter Kissinger", "Kissinger"]) | several(1, ["Jonas Kissinger"]), 3),
        (1, several(1, ["Walter Kissinger"]), 2),
        (12, several(1, ["Walter Kissinger"]), 2),
    ],
)
def test_a_famous_surname_that_nobody_here_claims_is_one_in_all_letters(
    alone: int, articles: Articles, people: int, tmp_path: Path
) -> None:
    articles |= several(alone, ["Kissinger"]) | several(alone, ["Киссинджер"])
    assert count(canonicalize(articles, tmp_path)[0]) == people


def test_a_body_that_two_claim_equally_stays_itself(tmp_path: Path) -> None:
    articles = several(3, ["Gorzan Brigade", "Gorzan"], kind=ORG) | several(
        3, ["Gorzan Foundation", "Gorzan"], kind=ORG
    )
    assert label_of("Gorzan", articles, tmp_path, kind=ORG) == "Gorzan"


def test_a_name_of_two_words_is_nobodys_surname(tmp_path: Path) -> None:
    articles = several(2, ["Nadia Murad", "Murad"]) | {"pair": article(["Harlow-Murad"])}
    assert label_of("Murad", articles, tmp_path) == "Nadia Murad"


def test_a_place_in_most_articles_is_nobodys_surname_and_in_as_many_it_is(tmp_path: Path) -> None:
    person = several(1, ["Nadia Gorzan", "Gorzan"])
    places = several(3, ["Gorzan"], kind=PLACE)
    assert label_of("Gorzan", person | places, tmp_path) == "Gorzan"
    assert label_of("Gorzan", person, tmp_path) == "Nadia Gorzan"


@pytest.mark.parametrize(
    ("name", "places", "persons", "same"),
    [
        ("Jordan", 1, 1, False),
        ("Jordan", 1, 3, False),
        ("Kherson", 1, 1, False),
        ("Gorzan", 1, 3, True),
        ("Gorzan", 0, 1, True),
    ],
)
def test_a_man_is_not_the_place_that_is_called_like_him(
    name: str, places: int, persons: int, same: bool, tmp_path: Path
) -> None:
    articles = several(places, [name], kind=PLACE) | several(persons, [name])
    man = {"man": article([f"Karl {name}"])}
    entities, _ = canonicalize(articles | man, tmp_path)
    assert (labels(entities["man"]), count(entities)) == ([f"Karl {name}"], 1 if same else 2)


def test_a_name_of_two_kinds_before_another_hinders_no_merging(tmp_path: Path) -> None:
    undecided = several(1, ["Abzan"], kind=PLACE) | several(1, ["Abzan"])
    mostly = several(3, ["Gorzan"], kind=PLACE) | several(1, ["Gorzan"])
    entities, _ = canonicalize(undecided | mostly, tmp_path)
    kinds = {(one.label, one.kind) for found in entities.values() for one in found}
    assert kinds == {("Abzan", PLACE), ("Abzan", PERSON), ("Gorzan", PLACE)}


@pytest.mark.parametrize(
    ("henry", "walter", "claimed", "jonas", "alone", "meant"),
    [
        (0, 0, 0, 0, 0, "Henry Kissinger"),
        (2, 0, 0, 0, 0, "Henry Kissinger"),
        (2, 2, 0, 0, 0, "Henry Kissinger"),
        (1, 2, 0, 0, 0, "Kissinger"),
        (1, 2, 0, 0, 40, "Kissinger"),
        (0, 2, 0, 0, 0, "Kissinger"),
        (0, 2, 0, 2, 0, "Kissinger"),
        (0, 1, 0, 0, 5, "Kissinger"),
        (0, 1, 0, 0, 6, "Henry Kissinger"),
        (0, 2, 0, 0, 40, "Henry Kissinger"),
        (0, 3, 0, 0, 19, "Kissinger"),
        (0, 3, 0, 0, 20, "Henry Kissinger"),
        (1, 0, 3, 0, 0, "Walter Kissinger"),
        (0, 0, 12, 1, 0, "Walter Kissinger"),
        (1, 0, 2, 0, 0, "Kissinger"),
    ],
)
def test_a_famous_surname_is_of_who_bears_it_here(
    henry: int, walter: int, claimed: int, jonas: int, alone: int, meant: str, tmp_path: Path
) -> None:
    articles = several(henry, ["Henry Kissinger"]) | several(walter, ["Walter Kissinger"])
    articles |= several(claimed, ["Walter Kissinger", "Kissinger"])
    articles |= several(jonas, ["Jonas Kissinger"]) | several(alone, ["Kissinger"])
    asked = {"asked": article(["Kissinger"])}
    for whole in (articles | asked, asked | articles):  # in any order
        entities, _ = canonicalize(whole, tmp_path)
        assert labels(entities["asked"]) == [meant]
        everybody = {entity.label for found in entities.values() for entity in found}
        assert ("Walter Kissinger" in everybody) is (walter + claimed > 0), "nobody is renamed"
        assert ("Henry Kissinger" in everybody) is (henry > 0 or meant == "Henry Kissinger")
        assert count(entities) == len(everybody), "everybody is one"


def test_a_place_in_other_letters_that_no_list_has_is_the_one_it_spells(tmp_path: Path) -> None:
    articles = {
        "en": article(["Babanusa"], kind=PLACE),
        "ar": article(["بابنوسة"], kind=PLACE),
        "ru": article(["Бабанусе"], kind=PLACE),
        "uk": article(["Бабелусі"], kind=PLACE),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["ar"]) == labels(entities["ru"]) == ["Babanusa"]
    assert labels(entities["uk"]) == ["Бабелусі"], "another town"


def test_a_unit_that_tells_no_kind_is_the_only_one_of_its_number(tmp_path: Path) -> None:
    kind = EntityKind.ORG
    articles = {
        "en": article(["93rd Mechanized Brigade"], kind=kind),
        "ru": article(["93-я бригада"], kind=kind),
        "uk": article(["93-тя окрема механізована бригада"], kind=kind),
        "tank": article(["3rd Tank Brigade"], kind=kind),
        "assault": article(["3-я штурмовая бригада"], kind=kind),
        "third": article(["3-я бригада"], kind=kind),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["ru"]) == labels(entities["uk"]) == ["93rd Mechanized Brigade"]
    assert count(entities) == 4, "two kinds of third brigades, and one of which nobody tells"


def test_a_ministry_is_one_in_all_languages(tmp_path: Path) -> None:
    kind = EntityKind.ORG
    names = [
        "Ministry of Defence of Ukraine",
        "Минобороны Украины",
        "ukrainische Verteidigungsministerium",
    ]
    articles = {name: article([name], kind=kind) for name in names}
    articles["ru"] = article(["Минобороны России"], kind=kind)
    entities, _ = canonicalize(articles, tmp_path)
    assert {labels(entities[name])[0] for name in names} == {"Ministry of Defence of Ukraine"}
    assert count(entities) == 2


@pytest.mark.parametrize(
    ("first", "meant"),
    [
        ("TGS", "Nadia Murad"),  # an acronym, a word and a surname are no given names
        ("Section", "Nadia Murad"),
        ("Kissinger", "Nadia Murad"),
        ("Peter", "Murad"),
        ("Ferit", "Murad"),  # no list has it, which says nothing
    ],
)
def test_what_begins_with_no_given_name_is_no_bearer_of_a_surname(
    first: str, meant: str, tmp_path: Path
) -> None:
    articles = several(2, ["Nadia Murad", "Murad"]) | several(2, [f"{first} Murad", "Murad"])
    assert label_of("Murad", articles, tmp_path) == meant


def test_who_has_the_surname_first_bears_it_as_whoever_has_it_last(tmp_path: Path) -> None:
    articles = several(5, ["Noh Tae-sik", "Noh"]) | several(1, ["Chul Woo Noh", "Noh"])
    assert label_of("Noh", articles, tmp_path) == "Noh Tae-sik"


def test_an_initial_and_a_nickname_are_one_where_the_full_name_is_there(tmp_path: Path) -> None:
    names = ["William M. Harlow", "Bill Harlow", "W. M. Harlow"]
    assert count(canonicalize({one: article([one]) for one in names}, tmp_path)[0]) == 1
    others = ["Edward Harlow", "Theodore Harlow", "Ted Harlow", "E. Harlow"]
    assert count(canonicalize({one: article([one]) for one in others}, tmp_path)[0]) > 1


@pytest.mark.parametrize(
    ("others", "alone", "meant"),
    [
        ([], "Bak", "Park Dong-wook"),
        (["Pak Song-chol", "Pak Sang-min"], "Pak", "Park Dong-wook"),
        (["John Bak", "Ann Bak"], "Bak", "Bak"),
        (["Pak Song-chol", "Pak"], "Bak", "Bak"),  # two of six articles may mean him
    ],
)
def test_a_lone_surname_of_korea_is_whose_it_mostly_is_in_any_spelling(
    others: list[str], alone: str, meant: str, tmp_path: Path
) -> None:
    articles = several(4, ["Park Dong-wook", "Park"])
    articles |= several(2, others)
    assert label_of(alone, articles, tmp_path) == meant
