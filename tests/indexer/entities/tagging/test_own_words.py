"""What an article says of a name outranks every model and list."""

from __future__ import annotations

import pytest

from indexer.entities.types import EntityKind
from indexer.entities.within_article.recogniser import recognise


def names(text: str) -> dict[str, tuple[EntityKind, set[str]]]:
    """Fullest form → kind, all forms."""
    found = recognise("", text, "en").names
    return {one.full: (one.kind, {form for form, _ in one.forms}) for one in found}


@pytest.mark.parametrize(
    ("full", "acronym"),
    [
        ("Rural Students Federation", "RSF"),
        ("Hellenic Self-Defense Forces", "SDF"),
        ("Médecins du Monde", "MDM"),
    ],
)
def test_an_acronym_in_brackets_is_its_own_articles(full: str, acronym: str) -> None:
    found = names(f"The {full} ({acronym}) met in Lyon. The {acronym} voted on Monday.")
    owners = [forms for kind, forms in found.values() if acronym in forms]
    assert len(owners) == 1
    assert any(acronym != form for form in owners[0])
    assert "Rapid Support Forces" not in found


def test_an_acronym_of_another_name_of_a_body_is_that_body() -> None:
    found = names("Reporters Without Borders protested in Tunis. RSF asked for a new trial.")
    assert "RSF" in found["Reporters Without Borders"][1]


def test_an_acronym_that_nobody_spells_out_stays_what_is_listed() -> None:
    assert "RSF" in names("Khartoum fell to the RSF on Sunday.")


@pytest.mark.parametrize("site", ["Vidomo.org", "Sudanews.sd", "Frontline.info"])
def test_a_site_called_by_its_domain_is_an_organization(site: str) -> None:
    found = names(f"The group {site} counted forty dead. {site} lists their names.")
    assert found[site][0] is EntityKind.ORG
    assert not any(kind is EntityKind.PLACE for kind, _ in found.values())


@pytest.mark.parametrize(
    "text", ["He left the city.The army came.", "See https://Example.org/page for more."]
)
def test_what_only_looks_like_a_domain_is_none(text: str) -> None:
    assert not any("." in name for name in names(text))


@pytest.mark.parametrize(
    "text",
    ["It was first told by the Rybalka Telegram channel.", "The Telegram channel Rybalka told it."],
)
def test_a_channel_is_called_by_its_name(text: str) -> None:
    assert names(text)["Rybalka"][0] is EntityKind.ORG


def test_a_channel_without_a_name_names_nobody() -> None:
    assert names("She wrote on her Telegram channel. Its Telegram channel is closed.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Militants of Abu Tayyar took a hostage. Abu Tayyar wants money.",
        "Jaysh al-Nasr left the town. Jaysh al-Nasr had held it for years.",
        "On Monday Abu Tayyar fighters crossed the river.",
    ],
)
def test_whom_people_fight_for_is_a_group(text: str) -> None:
    found = names(text)
    assert EntityKind.PERSON not in {kind for kind, _ in found.values()}
    assert EntityKind.ORG in {kind for kind, _ in found.values()}


def test_a_man_with_fighters_stays_a_man() -> None:
    found = names("Khalifa Haftar spoke in Tobruk. Khalifa Haftar fighters came from Benghazi.")
    assert found["Khalifa Haftar"][0] is EntityKind.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "TRIPOLI (Reuters) - Shells fell on the port on Monday.",
        "Shells fell on the port on Monday. (AFP)",
        "Shells fell on the port on Monday. (Reuters/AFP)\nNobody was hurt.",
        "Smoke rises over the port. Photo: Jane Doe/AFP\nShells fell.",
        "Shells fell on the port on Monday.\n— Reuters",
    ],
)
def test_credited_agencies_are_no_organizations(text: str) -> None:
    assert not {"Reuters", "AFP"} & set(names(text))


@pytest.mark.parametrize(
    "text",
    [
        "A journalist of Reuters was killed near Tyre on Friday.",
        "The minister told Reuters that the port would open.",
        "Two cameramen (AFP and others) were hurt; AFP asked for an inquiry.",
    ],
)
def test_agencies_that_a_text_tells_of_are(text: str) -> None:
    assert {"Reuters", "AFP"} & set(names(text))


def test_two_blanks_end_a_name() -> None:
    found = names("Those present were Karl Hagemann  Peter Lindqvist and nobody else.")
    assert not any("  " in form for _, forms in found.values() for form in forms)


PLACE, ORG, PERSON = EntityKind.PLACE, EntityKind.ORG, EntityKind.PERSON
NONE = EntityKind.EVENT  # what no facet shows


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Shells hit a radio station, Dimtsi Weyane, on Friday.", "Dimtsi Weyane", ORG),
        ("The driver told a local newspaper, Al-Akhbar, that he had fled.", "Al-Akhbar", ORG),
        ("Sokil, a pro-government Telegram channel, showed the wreck.", "Sokil", ORG),
        ("Zarya – the Telegram channel of a pilot – said so. Zarya lied.", "Zarya", ORG),
        ("They buried their dead in a small village, Karahunj, at dawn.", "Karahunj", PLACE),
        ("The air base of Abu al-Duhur was taken at night.", "Abu al-Duhur", PLACE),
        ("Ukraine struck the ship with Neptune missiles.", "Neptune", NONE),
        ("Two Switchblade attack drones were found in a field.", "Switchblade", NONE),
        ("It damaged the bridge with HIMARS rockets.", "HIMARS", NONE),
        ("Men boarded the Sounion, a Greek-flagged oil tanker, on Friday.", "Sounion", NONE),
        ("Missiles set the frigate Admiral Essen on fire.", "Admiral Essen", NONE),
    ],
)
def test_what_stands_in_apposition_says_what_a_name_is(
    text: str, name: str, kind: EntityKind
) -> None:
    assert names(text).get(name, (NONE, {name}))[0] is kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A man from an armed group, Ahmed Hassan, was shot on Monday.", "Ahmed Hassan", PERSON),
        ("The head of a charity, Maria Keller, said so on Friday.", "Maria Keller", PERSON),
        ("Mona Khalil, a resident of the old town, lost a leg.", "Mona Khalil", PERSON),
        ("Lien Zhang, an employee of a shipping company, was held.", "Lien Zhang", PERSON),
        ("Hamas rockets fell on Ashkelon.", "Hamas", ORG),
        ("Mr. Putin tanks a deal, they wrote. Vladimir Putin denied it.", "Vladimir Putin", PERSON),
        ("A tanker left Odesa, a port in the south, on Monday.", "Odesa", PLACE),
    ],
)
def test_whom_lists_or_given_names_tell_stays_who_it_is(
    text: str, name: str, kind: EntityKind
) -> None:
    assert names(text)[name][0] is kind
