"""Events: which tables count happenings and not reports, and what does a row of one say?

ACLED, UCDP GED and GDELT, and tables of others, told by their columns. The day of an event is not
that of a publication: it is said in the text, with place and actors, so that it is found as a day,
a place and names that a text speaks of, and kept beside it. Addresses of reports are kept as
sources: several events share one, and none of them is the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.errors import InvalidRecord
from corpus.months import ENGLISH
from corpus.readers.records import ORIGINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """A kind of table.

    Attributes:
        name: whose it is; the outlet of its rows.
        telling: columns that no other table has together.
        number, titles, texts, days, place, actors, sources, more: columns that hold each; of
            `titles` and `texts` the first that is not empty.
    """

    name: str
    telling: tuple[str, ...]
    number: str
    texts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    days: tuple[str, ...]
    place: tuple[str, ...]
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    more: tuple[str, ...] = ()


_KINDS = (
    Events(
        name="ACLED",
        telling=("event_date", "event_type", "actor1", "notes"),
        number="event_id_cnty",
        texts=("notes",),
        days=("event_date",),
        place=("location", "admin3", "admin2", "admin1", "country"),
        actors=("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"),
        sources=("source",),
        more=("event_type", "sub_event_type", "fatalities", "latitude", "longitude"),
    ),
    Events(
        name="UCDP",
        telling=("dyad_name", "side_a", "side_b", "date_start"),
        number="id",
        titles=("source_headline",),
        texts=("where_description",),
        days=("date_start", "date_end"),
        place=("where_coordinates", "adm_2", "adm_1", "country"),
        actors=("side_a", "side_b"),
        sources=("source_article", "source_office", "source_original"),
        more=("type_of_violence", "conflict_name", "best", "low", "high", "latitude", "longitude"),
    ),
    Events(
        name="GDELT",
        telling=("GLOBALEVENTID", "Actor1Name", "SOURCEURL"),
        number="GLOBALEVENTID",
        days=("SQLDATE",),
        place=("ActionGeo_FullName",),
        actors=("Actor1Name", "Actor2Name"),
        sources=("SOURCEURL",),
        more=("EventCode", "NumMentions", "AvgTone", "ActionGeo_Lat", "ActionGeo_Long"),
    ),
)

_GDELT_COLUMNS = {58: 7, 61: 8}
"""How many columns its files without names have, and how many of them tell one place."""
_GDELT_BEGIN = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")


def events_in(names: Iterable[str]) -> Events | None:
    """The kind of table that has such columns; None for all others."""
    return _kind_of(tuple(names))


@lru_cache(maxsize=256)
def _kind_of(names: tuple[str, ...]) -> Events | None:
    known = {name.casefold() for name in names}
    for kind in _KINDS:
        if {one.casefold() for one in kind.telling} <= known:
            return kind
    return _of_other_columns(names)


def _of_other_columns(names: tuple[str, ...]) -> Events | None:
    """A table of nobody we know: it counts the dead or says where on the map, tells a day, a place
    and what happened, and has no headline, no whole text and no writer.
    """
    by_letters = {"".join(filter(str.isalnum, name.casefold())): name for name in names}

    def called(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(by_letters[word] for word in words if word in by_letters)

    counts, days, places, texts = map(called, (_COUNTED, _DAYS, _PLACES, _TOLD))
    if not (counts and days and places and texts) or called(_OF_REPORTS):
        return None
    return Events(
        name="",
        telling=(),
        number=next(iter(called(("eventid", "incidentid", "id", "nr", "no"))), ""),
        texts=texts,
        days=days,
        place=places,
        actors=called(_ACTORS),
        sources=called(_SOURCES),
        more=counts,
    )


def _words(form: str) -> tuple[str, ...]:
    return tuple(form.split())


_COUNTED = _words(
    "latitude longitude lat lon lng long coordinates breitengrad längengrad latitud longitud широта долгота довгота координаты координати "
    "fatalities fatality deaths dead killed casualties civiliancasualties civiliandeaths injured wounded victims "
    "tote todesopfer verletzte opfer muertos heridos víctimas morts blessés victimes mortos feridos morti feriti zabici ranni ölü yaralı "
    "погибло погибшие погибших убито ранено раненые загинуло загинули загиблі поранено поранені القتلى قتلى الجرحى جرحى عددالقتلى"
)
_DAYS = _words(
    "eventdate incidentdate dateofincident dateofevent dateofattack date startdate enddate datum ereignisdatum fecha fechadelhecho data dataeventi "
    "дата датасобытия датаподії датаинцидента التاريخ تاريخ تاريخالحدث tarih olaytarihi"
)
_PLACES = _words(
    "location locationname place placename city town village settlement municipality county district ort stadt gemeinde lugar municipio ciudad localidad "
    "lieu ville commune cidade luogo città miejscowość miasto yer şehir ilçe населённыйпункт населенныйпункт город место місто місце населенийпункт "
    "المكان الموقع المدينة البلدة admin3 admin2 admin1 province provstate state oblast область governorate المحافظة region region1 departamento département land "
    "country país pays страна країна الدولة ülke"
)
_TOLD = _words(
    "description incidentdescription eventdescription assessment notes summary narrative details whathappened beschreibung hergang descripción descripcion hechos "
    "descrição descrizione opis açıklama описание опис чтопроизошло щосталося الوصف وصف تفاصيل"
)
_ACTORS = _words(
    "actor actors actor1 actor2 perpetrator perpetrators attacker group gname armedgroup target akteur täter actores autores acteur auteurs "
    "стороны сторона исполнитель сторони الفاعل الجهة"
)
_SOURCES = _words(
    "source sources sourceurl sourceurls link links url urls reference references quelle quellen fuente fuentes fonte fonti źródło kaynak источник "
    "источники джерело джерела المصدر المصادر"
)
_OF_REPORTS = _words(
    "title headline text body content fulltext html author authors byline publisher titel überschrift titular titre titolo заголовок العنوان başlık tytuł"
)


def names_of_gdelt(first: list[str]) -> list[str] | None:
    """The names of columns that GDELT leaves out of its files; None for another table."""
    if (known := _GDELT_LISTS.get(len(first))) and _MOMENT.match(first[known.index(_WHEN)]):
        return [*known, *(f"column {number}" for number in range(len(known) + 1, len(first) + 1))]
    geo = _GDELT_COLUMNS.get(len(first))
    if geo is None or not (first[0].isdecimal() and _DAY.fullmatch(first[1])):
        return None
    names = list(_GDELT_BEGIN)
    names += [f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR]
    names += _COUNTS
    parts = [part for part in _GEO if geo == len(_GEO) or part != "ADM2Code"]
    names += [f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in parts]
    return [*names, "DATEADDED", "SOURCEURL"]


_WHEN = "MentionTimeDate"
_GDELT_LISTS = {
    16: (
        "GLOBALEVENTID",
        "EventTimeDate",
        _WHEN,
        "MentionType",
        "MentionSourceName",
        "MentionIdentifier",
    ),
    27: (
        "GKGRECORDID",
        _WHEN,
        "SourceCollectionIdentifier",
        "SourceCommonName",
        "DocumentIdentifier",
    ),
}
"""Its files of mentions and of the knowledge graph: addresses of reports, and no text of them."""
_MOMENT = re.compile(r"(?:19|20)\d{12}$")
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_COUNTS = [
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
]  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_NUMBER = re.compile(r"\d")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?")


def event(row: Mapping[str, Any], kind: Events, where: str) -> dict[str, Any] | InvalidRecord:
    """The record of a row, or what is wrong with it: it has no day, as where a row was torn."""
    by_name = {
        name.casefold(): str(cell).strip() for name, cell in row.items() if cell not in (None, "")
    }

    def cells(columns: Iterable[str]) -> list[str]:
        found = (by_name.get(column.casefold(), "") for column in columns)
        return list(dict.fromkeys(filter(None, found)))

    days = list(dict.fromkeys(map(_written, cells(kind.days))))
    if not any(map(_NUMBER.search, days)):
        told = f"the event has no day in {' or '.join(kind.days)}"
        return InvalidRecord(told, where=where, advice="The row may be torn, or its cells moved")
    place, actors = ", ".join(cells(kind.place)), "; ".join(cells(kind.actors))
    happening = ". ".join(filter(None, (" – ".join(days), place, actors)))
    told = next(iter(cells(kind.texts)), "")
    values = {
        "id": by_name.get(kind.number.casefold(), ""),
        "title": next(iter(cells(kind.titles)), ""),
        "text": "\n".join(filter(None, (told, happening))),  # one block: its line is no title
        "outlet": kind.name,
        "event_date": " – ".join(days),
        "event_place": place,
        "event_actors": actors,
        "event_sources": "; ".join(cells(kind.sources)),
        **{f"event_{column}": cell for column in kind.more for cell in cells((column,))},
        ORIGINAL: dict(row),
    }
    return {name: value for name, value in values.items() if value}


def _written(day: str) -> str:
    """A day in words, as texts say it; what is written otherwise already, as it is."""
    found = _DAY.fullmatch(day)
    if found is None:
        return day
    try:
        told = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return day
    return f"{told.day} {ENGLISH[told.month - 1]} {told.year}"
