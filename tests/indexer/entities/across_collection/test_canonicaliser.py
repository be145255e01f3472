"""Across articles, variants of a name are one entity; what could be two stays two."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.entities.recognition import Recognition
from indexer.entities.types import ArticleEntity, EntityKind, Mention
from indexer.entities.within_article.linking import link
from tests.indexer.entities.articles import ORG, PLACE, article, canonicalize, labels


@pytest.mark.parametrize(
    "variants",
    [
        ["Anatoly Zelenskyy", "Anatoliy Zelenskiy", "Anatoli Zelensky"],
        ["Yevgeny Primakov", "Evgeny Primakov", "Yevgeniy Primakov"],
        ["Moussa Qaddafi", "Mousa Gaddafi", "Moussa Kadhafi"],
        ["Nuri al-Maliki", "Nouri al-Maliki", "Nuri el-Maliki"],
        ["Lech Wałęsa", "Lech Walesa"],
        ["Roh Moo-hyun", "Roh Moo Hyun"],
        ["John F. Kerry", "John Kerry", "John Forbes Kerry"],
        ["William Perry", "Bill Perry"],
        ["R. Gates", "Robert Gates"],
    ],
)
def test_variants_of_a_persons_name_merge(variants: list[str], tmp_path: Path) -> None:
    articles = {str(number): article([name]) for number, name in enumerate(variants)}
    entities, _ = canonicalize(articles, tmp_path)
    assert len({entity.entity_id for found in entities.values() for entity in found}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["Bill Clinton", "Hillary Clinton"],
        ["Sergei Ivanov", "Viktor Ivanov"],
        ["George W. Bush", "George H. W. Bush"],
        ["Ali Hassan", "Ali Hussein"],
        ["Raisa Gorbacheva", "Raisa Gorbachev"],
    ],
)
def test_different_persons_stay_apart(names: list[str], tmp_path: Path) -> None:
    articles = {str(number): article([name]) for number, name in enumerate(names)}
    entities, _ = canonicalize(articles, tmp_path)
    assert len({entity.entity_id for found in entities.values() for entity in found}) == len(names)


def test_a_lone_surname_is_the_only_bearer_of_the_collection(tmp_path: Path) -> None:
    articles = {"1": article(["Nadia Murad", "Murad"]), "2": article(["Murad"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["2"]) == ["Nadia Murad"]


def test_a_lone_surname_of_two_bearers_stays_itself(tmp_path: Path) -> None:
    articles = {
        "1": article(["Nadia Murad", "Murad"]),
        "2": article(["Ferit Murad", "Murad"]),
        "3": article(["Murad"]),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["3"]) == ["Murad"]


def test_a_patronymic_hides_nobody_who_is_known(tmp_path: Path) -> None:
    entities, _ = canonicalize({"1": article(["Nikita Sergeyevich Khrushchev"])}, tmp_path)
    assert labels(entities["1"]) == ["Nikita Khrushchev"]


def test_a_lone_surname_of_somebody_known_is_no_obscure_namesakes(tmp_path: Path) -> None:
    articles = {str(number): article(["Nasser"]) for number in range(11)}
    articles["namesake"] = article(["Mohammed Nasser", "Nasser"])
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["1"]) == ["Nasser"]
    assert labels(entities["namesake"]) == ["Mohammed Nasser"]


def test_two_surnames_with_a_hyphen_bear_neither(tmp_path: Path) -> None:
    entities, _ = canonicalize({"1": article(["Rusk-Harlow"]), "2": article(["Harlow"])}, tmp_path)
    assert labels(entities["2"]) == ["Harlow"]


def test_a_lone_surname_that_only_one_person_made_known_is_that_person(tmp_path: Path) -> None:
    articles = {
        "1": article(["Khrushchev"]),
        "2": article(["N. S. Khrushchev", "Khrushchev"]),
        "3": article(["Sergei Khrushchev", "Khrushchev"]),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["1"]) == ["Nikita Khrushchev"]
    assert labels(entities["3"]) == ["Sergei Khrushchev"]


def test_a_country_tagged_as_a_person_is_nobodys_surname(tmp_path: Path) -> None:
    articles = {str(number): article(["Jordan"], kind=PLACE) for number in range(4)}
    articles |= {"odd": article(["Jordan"]), "man": article(["William Jorden"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["odd"]) == ["Jordan"]
    assert labels(entities["man"]) == ["William Jorden"]


def test_a_ship_is_not_the_person_it_is_called_after(tmp_path: Path) -> None:
    ship = article(["Harry S. Truman"], kind=EntityKind.EVENT)
    entities, _ = canonicalize({"1": ship, "2": article(["Harry Truman"])}, tmp_path)
    assert labels(entities["1"]) == []
    assert labels(entities["2"]) == ["Harry S. Truman"]


def test_an_acronym_means_what_other_articles_spell_out(tmp_path: Path) -> None:
    spelled_out = article(["Syrian Civil Defence Forum", "SCDF"], kind=ORG, gap=2)
    entities, _ = canonicalize({"1": spelled_out, "2": article(["SCDF"], kind=ORG)}, tmp_path)
    assert labels(entities["2"]) == ["Syrian Civil Defence Forum"]


def test_an_owners_acronym_is_the_owner(tmp_path: Path) -> None:
    articles = {
        "1": article(["US Geological Survey"], kind=ORG),
        "2": article(["United States Geological Survey"], kind=ORG),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["1"]) == labels(entities["2"])


def test_a_name_has_the_kind_that_most_articles_give_it(tmp_path: Path) -> None:
    articles = {str(number): article(["Sednaya"], kind=PLACE) for number in range(5)}
    articles["odd"] = article(["Sednaya"])
    entities, directory = canonicalize(articles, tmp_path)
    assert [entity.kind for entity in entities["odd"]] == [PLACE]
    assert directory.counts() == {"place": 1}


def test_names_known_beforehand_are_one_in_every_script(tmp_path: Path) -> None:
    articles = {
        "1": article(["Volodymyr Zelensky"]),
        "2": article(["Зеленського"]),
        "3": article(["زيلينسكي"]),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert {label for found in entities.values() for label in labels(found)} == {
        "Volodymyr Zelenskyy"
    }


def test_ids_survive_a_growing_collection_and_old_ones_redirect(tmp_path: Path) -> None:
    small = {"1": article(["Yevgeny Primakov"])}
    before, directory = canonicalize(small, tmp_path)
    old_id = before["1"][0].entity_id
    more = {str(number): article(["Evgeniy Primakov"]) for number in range(2, 9)}
    alone, _ = canonicalize(more, tmp_path)
    other_id = alone["2"][0].entity_id
    after, grown = canonicalize(small | more, tmp_path, previous=directory)
    assert {entity.entity_id for found in after.values() for entity in found} == {old_id}
    redirected = grown.get(other_id)
    assert redirected is not None
    assert redirected.entity_id == old_id


def test_what_is_counted_is_articles_and_mentions(tmp_path: Path) -> None:
    articles = {
        "1": article(["Nadia Murad", "Murad", "Murad"], title="Murad speaks"),
        "2": article(["Nadia Murad"]),
    }
    entities, directory = canonicalize(articles, tmp_path)
    assert [entity.count for entity in entities["1"]] == [4]
    (person,) = directory.resolve("nadia murad")
    assert (person.articles, person.mentions) == (2, 5)
    counts = {
        name.name: (name.mentions, name.articles) for name in directory.names(person.entity_id)
    }
    assert counts == {"Nadia Murad": (2, 2), "Murad": (2, 1)}


def about(country: str, *bodies: str) -> Recognition:
    """An article that names a country twice, and bodies once."""
    names = [*bodies, country, country]
    mentions, at = [], 0
    for name in names:
        kind = PLACE if name == country else ORG
        mentions.append(Mention(at, at + len(name), kind, name, 1.0, "test"))
        at += len(name) + 5
    return link("", mentions)


def test_a_body_that_every_country_has_is_that_of_the_articles_country(tmp_path: Path) -> None:
    articles = {
        "american": about("United States", "U.S. Senate"),
        "bare": about("United States", "Senate"),
        "french": about("France", "Senate"),
        "nowhere": article(["Senate"], kind=ORG),
    }
    entities, _ = canonicalize(articles, tmp_path)
    bodies = {
        where: [entity.label for entity in found if entity.kind is ORG]
        for where, found in entities.items()
    }
    assert bodies == {
        "american": ["U.S. Senate"],
        "bare": ["U.S. Senate"],
        "french": ["Senate"],
        "nowhere": ["Senate"],
    }


def test_whose_body_it_is_can_be_told_by_the_name_of_its_people(tmp_path: Path) -> None:
    articles = {
        "full": about("Russia", "Russian Air Force"),
        "bare": about("Russia", "Air Force"),
        "other": about("Israel", "Air Force"),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert "Russian Air Force" in labels(entities["bare"])
    assert "Air Force" in labels(entities["other"])


def ids(entities: dict[str, tuple[ArticleEntity, ...]], *articles: str) -> list[str]:
    return [one.entity_id for article_id in articles for one in entities[article_id]]


def test_a_famous_surname_alone_is_no_namesake_of_the_famous(tmp_path: Path) -> None:
    articles = {"lone": article(["Netanyahu"]), "son": article(["Avner Netanyahu"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert len(set(ids(entities, "lone", "son"))) == 2
    assert labels(entities["son"]) == ["Avner Netanyahu"]


def test_a_famous_surname_is_the_famous_persons_where_nobody_else_bears_it(tmp_path: Path) -> None:
    entities, _ = canonicalize({"1": article(["Netanyahu"]), "2": article(["نتنياهو"])}, tmp_path)
    assert labels(entities["1"]) == labels(entities["2"]) == ["Benjamin Netanyahu"]


def test_a_famous_surname_is_the_famous_persons_who_is_named_most(tmp_path: Path) -> None:
    articles = {str(number): article(["Joe Biden", "Biden"]) for number in range(4)}
    articles |= {"son": article(["Hunter Biden", "Biden"]), "lone": article(["Biden"])}
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["lone"]) == ["Joe Biden"]
    assert labels(entities["son"]) == ["Hunter Biden"]


def test_one_namesake_among_many_lone_surnames_takes_none_of_them(tmp_path: Path) -> None:
    articles = {str(number): article(["Zelensky"]) for number in range(12)}
    articles["namesake"] = article(["Ostap Zelensky"])
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["3"]) == ["Volodymyr Zelenskyy"]
    assert labels(entities["namesake"]) == ["Ostap Zelensky"]


def test_the_spelling_decides_before_romanization_does(tmp_path: Path) -> None:
    articles = {
        "german": article(["Kurt Kiesinger", "Kiesinger"]),
        "american": article(["Henry Kissinger", "Kissinger"]),
        "one": article(["Kiesinger"]),
        "other": article(["Kissinger"]),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["one"]) == ["Kurt Kiesinger"]
    assert labels(entities["other"]) == ["Henry Kissinger"]


@pytest.mark.parametrize("joined", ["Geneviève DeGaulle", "Geneviève De Gaulle"])
def test_a_surname_is_one_with_and_without_its_space(joined: str, tmp_path: Path) -> None:
    articles = {"1": article(["Geneviève de Gaulle"]), "2": article([joined])}
    entities, _ = canonicalize(articles, tmp_path)
    assert len(set(ids(entities, "1", "2"))) == 1


def test_a_case_of_a_full_name_is_that_name_in_every_script(tmp_path: Path) -> None:
    articles = {
        "latin": article(["Denis Pushilin"]),
        "genitive": article(["Дениса Пушилина", "Пушилина"]),
        "other": article(["Тараса Пушилина"]),
    }
    entities, _ = canonicalize(articles, tmp_path)
    assert labels(entities["genitive"]) == ["Denis Pushilin"]
    assert labels(entities["other"]) == ["Тараса Пушилина"]
