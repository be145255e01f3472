"""The shipped tagger: exact offsets, the right kinds, and no garbage in other languages."""

from __future__ import annotations

import pytest

from indexer.entities import lexicon, tagger
from indexer.entities.tagging.certain_names import with_certain_names
from indexer.entities.tagging.consistency import agree
from indexer.entities.tagging.extents import with_bodies_whole
from indexer.entities.tagging.tokens import sentences
from indexer.entities.types import EntityKind, Mention
from indexer.entities.within_article.recogniser import recognise

NEWS = (
    "KYIV: President Volodymyr Zelenskyy said on Tuesday that U.S.-led talks with Russia's foreign "
    "minister, Sergei Lavrov, had failed. Gen. Valery Gerasimov did not attend.\n\n"
    "Mr. Lavrov told Reuters that NATO and the European Union (EU) were to blame. Ukrainian "
    "officials in Kharkiv rejected this."
)


def found(text: str, language: str = "en") -> dict[str, EntityKind]:
    return {one.text: one.kind for one in tagger().tag(text, language=language)}


def test_news_gives_its_names_with_their_kinds() -> None:
    names = found(NEWS)
    assert {name for name, kind in names.items() if kind is EntityKind.PERSON} == {
        "Volodymyr Zelenskyy", "Sergei Lavrov", "Valery Gerasimov", "Lavrov",
    }  # fmt: skip
    assert {"Reuters", "NATO", "European Union", "EU"} <= {
        name for name, kind in names.items() if kind is EntityKind.ORG
    }
    assert {"U.S.", "Russia", "Kharkiv"} <= {
        name for name, kind in names.items() if kind is EntityKind.PLACE
    }
    assert names["Ukrainian"] is EntityKind.NORP


def test_titles_stay_outside_the_name_but_are_remembered() -> None:
    titles = {one.text: one.honorific for one in tagger().tag(NEWS, language="en")}
    assert titles["Valery Gerasimov"] == "gen"
    assert titles["Lavrov"] == "mr"
    assert titles["Volodymyr Zelenskyy"] == "president"


def test_other_languages_give_known_names_and_what_models_find() -> None:
    russian = "Владимир Путин прибыл в Киев, сообщил Неизвестный Человек из Министерства Обороны."
    assert set(found(russian, "ru")) == {"Владимир Путин", "Киев", "Министерства Обороны"}
    arabic = "وقال الرئيس فلاديمير بوتين لأوكرانيا في موسكو"
    assert set(found(arabic, "ar")) == {"فلاديمير بوتين", "أوكرانيا", "موسكو"}
    german = "Der Bundeskanzler Olaf Scholz sprach in Berlin mit der Regierung über den Frieden."
    assert set(found(german, "de")) == {"Olaf Scholz", "Berlin"}


def test_a_short_text_whose_language_cannot_be_told_is_read_by_its_letters() -> None:
    assert "Vladimir Putin" in found("Vladimir Putin spoke.", "und")
    assert "Путин" in found("Путин сказал.", "und")


def test_an_article_agrees_with_itself() -> None:
    text = "Maria Ressa spoke. Ressa left. In Ressa they met."
    surely = Mention(0, 11, EntityKind.PERSON, "Maria Ressa", 0.95, "model")
    doubtful = Mention(34, 39, EntityKind.PLACE, "Ressa", 0.4, "model")
    agreed = agree(text, list(sentences(text)), [surely, doubtful])
    assert [(one.text, one.kind) for one in agreed] == [
        ("Maria Ressa", EntityKind.PERSON),
        ("Ressa", EntityKind.PERSON),
        ("Ressa", EntityKind.PERSON),
    ]


def test_a_surname_that_ends_as_a_company_does_stays_one() -> None:
    text = "Luther Burbank spoke. Burbank left."
    full = Mention(0, 14, EntityKind.PERSON, "Luther Burbank", 0.95, "model")
    alone = Mention(22, 29, EntityKind.PERSON, "Burbank", 0.9, "model")
    assert [one.kind for one in agree(text, list(sentences(text)), [full, alone])] == [
        EntityKind.PERSON
    ] * 2


def test_marks_of_an_interview_name_persons_and_initials_nobody() -> None:
    text = "Finnish developer Perttu Ahola spoke.\n\n((WN)) Why?\n\n((Perttu Ahola)) For fun."
    tagged = [(one.text, one.kind) for one in tagger().tag(text, language="en")]
    assert [name for name in tagged if name[0] in {"WN", "Perttu Ahola"}] == [
        ("Perttu Ahola", EntityKind.PERSON)
    ] * 2


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He wrote Rocky Linux. Others did not.", "Rocky Linux", EntityKind.EVENT),
        ("Its mass is that of the Sun. It is far.", "Sun", EntityKind.EVENT),
        ("Then the Harris campaign won.", "Harris", EntityKind.PERSON),
        ("She joined Anna Lindh Foundation.", "Anna Lindh Foundation", EntityKind.ORG),
        ("Shells fell on Abu Kamal Barracks.", "Abu Kamal Barracks", EntityKind.PLACE),
        ("He met Kenneth Dam in Geneva.", "Kenneth Dam", EntityKind.PERSON),
        ("The James Webb Telescope saw it.", "James Webb Telescope", EntityKind.EVENT),
        ("It was hit by Hurricane Dorian.", "Dorian", EntityKind.EVENT),
        ("Category 5 on the Saffir–Simpson scale.", "Simpson", EntityKind.EVENT),
        ("Category 5 on the Saffir–Simpson scale.", "Saffir", EntityKind.EVENT),
        ("They hit the Harry S. Truman, an aircraft carrier.", "Harry S. Truman", EntityKind.EVENT),
        ("They hit the tanker Ardmore Encounter.", "Ardmore Encounter", EntityKind.EVENT),
        ("Trump boarded Marine One again.", "Marine One", None),
        (
            "It is in the United States Constitution.",
            "United States Constitution",
            EntityKind.EVENT,
        ),
        ("It applies to County Kerry.", "Kerry", EntityKind.PLACE),
        ("You've said that.", "You've", None),
        ("Forty died on Ramree island.", "Ramree", EntityKind.PLACE),
        ("Mr. Kirby spoke for Biden.", "Biden", EntityKind.PERSON),
        ("The utility Energoatom said so.", "Energoatom", EntityKind.ORG),
        ("Then Ukrtelecom fell silent.", "Ukrtelecom", EntityKind.ORG),
        ("Then Luther Burbank fell silent.", "Luther Burbank", EntityKind.PERSON),
    ],
)
def test_what_is_no_person_is_told_by_how_it_stands(
    text: str, name: str, kind: EntityKind | None
) -> None:
    start = text.index(name)
    mistaken = Mention(start, start + len(name), EntityKind.PERSON, name, 0.7, "model")
    kinds = [one.kind for one in agree(text, list(sentences(text)), [mistaken])]
    assert kinds == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Perhaps Lloyd knew.", "Perhaps Lloyd", ["Lloyd"]),
        ("Whereas Pierce left.", "Whereas Pierce", ["Pierce"]),
        ("Bundy Mr. Salinger", "Bundy Mr. Salinger", ["Bundy", "Salinger"]),
        ("Eisenhower to Macmillan", "Eisenhower to Macmillan", ["Eisenhower", "Macmillan"]),
        ("Ursula von der Leyen spoke.", "Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("See Embtel 653 again.", "Embtel 653", []),
        ("Present: Walt, Wheeler", "Walt, Wheeler", ["Walt", "Wheeler"]),
        ("Theodore Eliot, Jr. spoke", "Theodore Eliot, Jr", ["Theodore Eliot, Jr"]),
        ("The Lord Mayor spoke.", "Lord", []),
        ("A star of 4.2 M☉ exploded.", "M☉", []),
        ("FonMin Verhoeven agreed.", "FonMin Verhoeven", ["Verhoeven"]),
        ("It reached MinDef Sorenius.", "MinDef Sorenius", ["Sorenius"]),
        ("Min Aung Hlaing ruled.", "Min Aung Hlaing", ["Min Aung Hlaing"]),
        ("Assured Verhoeven of it.", "Assured Verhoeven", ["Verhoeven"]),
        ("Basically Sorenius agreed.", "Basically Sorenius", ["Sorenius"]),
        ("Sterling Brown and Mohammed Deif", "Sterling Brown", ["Sterling Brown"]),
        ("Secretary of State Larkwell", "State Larkwell", ["Larkwell"]),
        ("Security Affairs Larkwell", "Security Affairs Larkwell", ["Larkwell"]),
        ("Telegram on Sorenius Visits", "Sorenius Visits", ["Sorenius"]),
        ("Larkwell didn’t go.", "Larkwell didn’t", ["Larkwell"]),
        ("President de Montclar left.", "Montclar", ["de Montclar"]),
        ("A speech by van der Steen", "Steen", ["van der Steen"]),
        ("The Tide Larkwell saw", "Larkwell", ["Larkwell"]),
        ("The made Larkwell saw", "Larkwell", ["Larkwell"]),
    ],
)
def test_a_persons_name_is_cut_where_it_ends(text: str, name: str, expected: list[str]) -> None:
    start = text.index(name)
    mention = Mention(start, start + len(name), EntityKind.PERSON, name, 0.7, "model")
    agreed = agree(text, list(sentences(text)), [mention])
    assert [one.text for one in agreed] == expected
    assert all(text[one.start : one.end] == one.text for one in agreed)


def test_who_reported_it_is_no_person() -> None:
    text = "It fell by half. (Barron's)"
    mistaken = Mention(18, 24, EntityKind.PERSON, "Barron", 0.9, "model")
    (agreed,) = agree(text, list(sentences(text)), [mistaken])
    assert (agreed.text, agreed.kind) == ("Barron's", EntityKind.ORG)


def test_two_running_mates_are_two_persons_and_a_double_surname_is_one() -> None:
    text = "Joe Biden won. The Biden-Harris team and Jacob Rees-Mogg met."
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), EntityKind.PERSON, name, 0.9, "")
        for name in ("Joe Biden", "Biden-Harris", "Jacob Rees-Mogg")
    ]
    agreed = agree(text, list(sentences(text)), mentions)
    assert [one.text for one in agreed] == ["Joe Biden", "Biden", "Harris", "Jacob Rees-Mogg"]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("It was the Revolutionary Front for Proletarian Action.", "Revolutionary Front", True),
        ("The Eelam Organization of Students and Workers met.", "Eelam Organization", True),
        ("The Army of Erdogan met.", "Army", False),  # whose it is
        ("The Union of miners met.", "Union", False),
        ("The Observer of Students met.", "Observer", False),
    ],
)
def test_what_a_body_is_founded_for_belongs_to_its_name(text: str, found: str, whole: bool) -> None:
    start = text.index(found)
    body = Mention(start, start + len(found), EntityKind.ORG, found, 0.9, "model")
    whose = text.find("Erdogan")
    owner = Mention(whose, whose + 7, EntityKind.PERSON, "Erdogan", 0.9, "model")
    first, *others = with_bodies_whole(text, [body, owner] if whose > 0 else [body])
    assert (first.text != found) == whole == text[first.end :].startswith((".", " met."))
    assert others == ([owner] if whose > 0 else [])


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("The 93rd Mechanized Brigade held it.", "Mechanized Brigade", "93rd Mechanized Brigade"),
        ("The 1st Assault Battalion left.", "Assault Battalion", "1st Assault Battalion"),
        ("In 2014 Army units came.", "Army", "Army"),
        ("On the 25th Amnesty said so.", "Amnesty", "Amnesty"),
        ("Brigade No. 3, 4th Army and others.", "Army", "4th Army"),
    ],
)
def test_a_unit_is_told_by_its_number(text: str, found: str, whole: str) -> None:
    start = text.index(found)
    body = Mention(start, start + len(found), EntityKind.ORG, found, 0.9, "model")
    (unit,) = with_bodies_whole(text, [body])
    assert unit.text == whole == text[unit.start : unit.end]


def test_a_surname_may_begin_with_an_article() -> None:
    text = "Abu Mahdi al-Muhandis died. The militia of al-Muhandis vowed revenge."
    full = Mention(0, 21, EntityKind.PERSON, "Abu Mahdi al-Muhandis", 0.95, "model")
    start = text.index("al-Muhandis", 25)
    lone = Mention(start, start + 11, EntityKind.ORG, "al-Muhandis", 0.5, "model")
    agreed = agree(text, list(sentences(text)), [full, lone])
    assert [one.kind for one in agreed] == [EntityKind.PERSON] * 2


def test_what_one_mention_says_of_a_place_counts_for_the_others() -> None:
    text = "Voters in the district of Groom go to the polls. Groom is large."
    seat = Mention(26, 31, EntityKind.PLACE, "Groom", 0.4, "model")
    mistaken = Mention(49, 54, EntityKind.PERSON, "Groom", 0.9, "model")
    agreed = agree(text, list(sentences(text)), [seat, mistaken])
    assert [one.kind for one in agreed] == [EntityKind.PLACE] * 2


def test_whose_surname_stands_behind_a_ship_is_a_person_all_the_same() -> None:
    text = "Pavel Ivanov spoke. Of the frigate Ivanov said nothing."
    mentions = [
        Mention(start, end, EntityKind.PERSON, text[start:end], 0.9, "model")
        for start, end in ((0, 12), (35, 41))
    ]
    agreed = agree(text, list(sentences(text)), mentions)
    assert [(one.text, one.kind) for one in agreed] == [
        ("Pavel Ivanov", EntityKind.PERSON),
        ("Ivanov", EntityKind.PERSON),
    ]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Residents of Izium said that it was quiet.", "Izium", EntityKind.PLACE),
        ("The mayor of Huliaipole told us.", "Huliaipole", EntityKind.PLACE),
        ("Thousands fled Zalingei after it.", "Zalingei", EntityKind.PLACE),
        ("Kupiansk has been under siege since May.", "Kupiansk", EntityKind.PLACE),
        ("A teacher from Deraa told us.", "Deraa", EntityKind.PLACE),
        ("Izium told reporters that it was quiet.", "Izium", EntityKind.PERSON),
        ("Thousands praised Zalingei after it.", "Zalingei", EntityKind.PERSON),
        ("Thousands fled Qwxzhal after it.", "Qwxzhal", EntityKind.PERSON),  # no list has it
        ("Soldiers attacked Hasan after it.", "Hasan", EntityKind.PERSON),  # a surname, too
    ],
)
@pytest.mark.parametrize("mistaken", [EntityKind.PERSON, EntityKind.ORG])
def test_a_listed_town_is_one_where_war_is_told_of_towns(
    text: str, name: str, kind: EntityKind, mistaken: EntityKind
) -> None:
    start = text.index(name)
    mention = Mention(start, start + len(name), mistaken, name, 0.7, "model")
    (agreed,) = agree(text, list(sentences(text)), [mention])
    assert agreed.kind is (kind if kind is EntityKind.PLACE else mistaken)


def test_towns_that_no_text_of_training_names_are_places() -> None:
    countries = "UA SY SD CD MM YE LB IQ ET ML SS LY SO BF".split()
    towns = [
        place.label
        for sort, place in lexicon.places()
        if sort in {"city", "village"} and place.country in countries and place.label.isalpha()
    ]
    said = (
        "Residents of {} said that shelling had hit three houses.",
        "The army retook {} and two nearby villages from the rebels.",
        "{} has been under siege since March, aid workers said.",
        "Artillery struck the outskirts of {}, wounding a child.",
        "The {} hospital was out of fuel, doctors told reporters.",
    )
    taken = towns[:: len(towns) // 60]
    right = [
        found(sentence.format(town)).get(town) is EntityKind.PLACE
        for town in taken
        for sentence in said
    ]
    assert sum(right) >= 0.9 * len(right)


def test_a_place_is_told_by_the_place_that_it_lies_in() -> None:
    text = "In January 40 died when Ramree in Rakhine State was bombed."
    mistaken = Mention(24, 30, EntityKind.PERSON, "Ramree", 0.7, "model")
    state = Mention(34, 47, EntityKind.PLACE, "Rakhine State", 0.9, "model")
    agreed = agree(text, list(sentences(text)), [mistaken, state])
    assert [one.kind for one in agreed] == [EntityKind.PLACE] * 2


def test_sentences_part_hyphens_possessives_and_lines_but_not_titles() -> None:
    words = [
        [word for _, _, word in one] for one in sentences("Gen. Ali's U.S.-led\nplan. It won.")
    ]
    assert words == [
        ["Gen.", "Ali", "'s", "U.S.", "-", "led"],
        ["plan", "."],
        ["It", "won", "."],
    ]


def test_the_headline_is_counted_but_never_tagged_by_itself() -> None:
    recognition = recognise("Lavrov Slams West as Talks Fail", NEWS, "en")
    assert {name.full for name in recognition.names if name.in_title} == {"Sergei Lavrov"}
    assert all(end <= len(NEWS) for _, end, _ in recognition.spans)


def test_a_listed_body_of_one_word_is_a_body_where_the_model_hesitates() -> None:
    names = found("In December the U.N. demanded this. Yemen's Houthis will attack ships.")
    assert names["U.N."] is EntityKind.ORG
    assert names["Houthis"] is EntityKind.ORG


def test_a_quotation_in_another_script_gives_no_garbage() -> None:
    names = found("Asked in Hindi: नहीं, ऐसा doctor हमें नहीं चाहिए, said Narendra Modi in Delhi.")
    assert {"Narendra Modi", "Delhi"} <= set(names)
    assert all(name.isascii() for name in names)


def test_a_listed_body_does_not_reach_over_the_place_that_it_works_in() -> None:
    text = "the United Nations for Palestine refugees"
    taken = Mention(4, 32, EntityKind.ORG, text[4:32], 0.9, "model")
    assert next(one.text for one in with_certain_names(text, [taken])) == "United Nations"


def test_a_date_before_a_name_is_no_part_of_it() -> None:
    assert found("In May Rwanda had described the war as over.") == {"Rwanda": EntityKind.PLACE}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from the U . S . on foot", ["from", "the", "U.S.", "on", "foot"]),
        ("Kenya ’ s ally", ["Kenya", "’s", "ally"]),
        ("chef Damian D ’ Silva", ["chef", "Damian", "D’Silva"]),
        ("Kathryn E . Stoner spoke", ["Kathryn", "E", ".", "Stoner", "spoke"]),
        ("Putin's U.S.-led talks", ["Putin", "'s", "U.S.", "-", "led", "talks"]),
    ],
)
def test_what_is_printed_apart_is_one_word_and_ends_no_sentence(
    text: str, words: list[str]
) -> None:
    [sentence] = sentences(text)
    assert [word for _, _, word in sentence] == words
    assert all(text[start:end].replace(" ", "") == word for start, end, word in sentence)


def test_a_sentence_may_still_end_in_a_lone_letter() -> None:
    assert len(list(sentences("So said I . He left ."))) == 2


def person(text: str, name: str, confidence: float = 0.9, *, last: bool = False) -> Mention:
    start = text.rindex(name) if last else text.index(name)
    return Mention(start, start + len(name), EntityKind.PERSON, name, confidence, "model")


def test_whose_kitchen_something_is_in_is_no_place() -> None:
    text = "In Larka 's kitchen it was warm. Larka smiled."
    mentions = [person(text, "Larka"), person(text, "Larka", last=True)]
    agreed = agree(text, list(sentences(text)), mentions)
    assert [one.kind for one in agreed] == [EntityKind.PERSON] * 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("from Kyiv , Larka and elsewhere", EntityKind.PLACE),
        ("from Kyiv and Larka", EntityKind.PLACE),
        ("from Kyiv Larka went on", EntityKind.PERSON),
    ],
)
def test_a_list_of_places_has_marks_between_them(text: str, kind: EntityKind) -> None:
    kyiv = Mention(5, 9, EntityKind.PLACE, "Kyiv", 0.99, "model")
    agreed = agree(text, list(sentences(text)), [kyiv, person(text, "Larka", 0.6)])
    assert [one.kind for one in agreed] == [EntityKind.PLACE, kind]


def test_somebody_named_in_full_behind_a_place_and_a_comma_is_no_place() -> None:
    text = "our partners in Ghana , John Larka and others"
    ghana = Mention(16, 21, EntityKind.PLACE, "Ghana", 0.99, "model")
    agreed = agree(text, list(sentences(text)), [ghana, person(text, "John Larka", 0.6)])
    assert [one.kind for one in agreed] == [EntityKind.PLACE, EntityKind.PERSON]


@pytest.mark.parametrize(("confidence", "times"), [(0.8, 2), (0.6, 1)])
def test_an_acronym_that_is_a_body_once_is_that_body_everywhere(
    confidence: float, times: int
) -> None:
    text = "EAAB cut the water. Why did EAAB not say so?"
    body = Mention(0, 4, EntityKind.ORG, "EAAB", confidence, "model")
    agreed = agree(text, list(sentences(text)), [body])
    assert [(one.text, one.kind) for one in agreed] == [("EAAB", EntityKind.ORG)] * times


@pytest.mark.parametrize("money", ["US $ 15 million", "US$15 million", "US dollars"])
def test_a_currency_is_no_country(money: str) -> None:
    assert with_certain_names(f"It cost {money}.", []) == []
    assert with_certain_names("It cost the US dearly.", []) != []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Republic of Larkasia", EntityKind.PLACE),
        ("Islamic Republic of Larkasia", EntityKind.PLACE),
        ("Republic of Larkasia Army", EntityKind.ORG),
    ],
)
def test_a_republic_of_somewhere_is_a_place(name: str, kind: EntityKind) -> None:
    body = Mention(4, 4 + len(name), EntityKind.ORG, name, 0.8, "model")
    text = f"The {name} spoke."
    [agreed] = agree(text, list(sentences(text)), [body])
    assert agreed.kind is kind


def kind_in(text: str, name: str, *taken: EntityKind) -> list[str]:
    """What a text makes of a name of which a model says in turn that it is of these kinds."""
    mentions = []
    at = 0
    for kind in taken:
        at = text.index(name, at)
        mentions.append(Mention(at, at + len(name), kind, name, 0.6, "test", ""))
        at += len(name)
    found = agree(text, list(sentences(text)), mentions)
    return [str(one.kind) for one in found if one.text == name]


@pytest.mark.parametrize(
    ("text", "name", "kind", "meant"),
    [
        ("The rebels held Korvanda on Monday.", "Korvanda", "person", "place"),
        ("Police held Korvanda on Monday.", "Korvanda", "person", "person"),
        ("He wrote that Synkivka had fallen.", "Synkivka", "person", "place"),
        ("He wrote that Korvanda had fallen.", "Korvanda", "person", "person"),
        ("Ninety died when men stormed Umm Dalouk.", "Umm Dalouk", "person", "place"),
        ("Protesters stormed Gazprom on Monday.", "Gazprom", "org", "org"),
        ("Clashes in Tarvenka went on.", "Tarvenka", "org", "place"),
        ("A massacre near Nahal Sela was told.", "Nahal Sela", "org", "place"),
        ("A strike on Maria Benitez failed.", "Maria Benitez", "person", "person"),
        ("Strikes on Hezbollah went on.", "Hezbollah", "org", "org"),
        ("Fighting in UNMISS went on.", "UNMISS", "org", "org"),
        ("Men burned kibbutz Nahal Sela.", "Nahal Sela", "org", "place"),
        ("Men burned Kibbutz Nahal.", "Kibbutz Nahal", "person", "place"),
        ("Clashes at Tarvenka University went on.", "Tarvenka University", "org", "org"),
        ("In Kyiv, Tarvenka was late.", "Tarvenka", "person", "person"),
        ("Talks in Kyiv, Tarvenka and Solomir were late.", "Tarvenka", "person", "person"),
        ("Men died at the Tarvenka music festival.", "Tarvenka", "org", "place"),
        ("Trucks waited at the Solomir crossing.", "Solomir", "person", "place"),
        ("He spoke at the Solomir rally.", "Solomir", "person", "person"),
        ("He spoke at the Hamas checkpoint.", "Hamas", "org", "org"),
        ("They fled the bridge of Jebel Moya.", "Jebel Moya", "person", "place"),
        ("The wing of al-Tigani took Dalang.", "al-Tigani", "org", "person"),
        ("Men loyal to Korvandin fled.", "Korvandin", "org", "person"),
        ("The wing of Hamas denied it.", "Hamas", "org", "org"),
        ("The sailors of the Polar Venture are free.", "Polar Venture", "org", "event"),
        ("The sailors of the Polar Venture are free.", "Polar", "org", "event"),
        ("The sailors of the Royal Navy came.", "Royal Navy", "org", "org"),
    ],
)
def test_where_war_goes_on_and_what_is_stormed_is_a_place(
    text: str, name: str, kind: str, meant: str
) -> None:
    assert kind_in(text, name, EntityKind(kind)) == [meant]


def test_a_list_of_places_has_none_but_places() -> None:
    text = "Killings were reported from Kiryat Solt, Nahal Sela and Hamas."
    names = {"Kiryat Solt": "place", "Nahal Sela": "org", "Hamas": "org"}
    mentions = [
        Mention(text.index(one), text.index(one) + len(one), EntityKind(kind), one, 0.6, "test", "")
        for one, kind in names.items()
    ]
    found = {one.text: str(one.kind) for one in agree(text, list(sentences(text)), mentions)}
    assert found == {"Kiryat Solt": "place", "Nahal Sela": "place", "Hamas": "org"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Denys Holovko of the Azov Regiment", ["person Denys Holovko", "org Azov Regiment"]),
        ("Virginia Department of Health", ["org Virginia Department of Health"]),
        ("Grace Church of Boston", ["org Grace Church of Boston"]),
    ],
)
def test_somebody_and_whose_body_are_two(name: str, parts: list[str]) -> None:
    text = f"We met {name} on Monday."
    mention = Mention(7, 7 + len(name), EntityKind.ORG, name, 0.9, "test", "")
    found = agree(text, list(sentences(text)), [mention])
    assert [f"{one.kind} {one.text}" for one in found] == parts
