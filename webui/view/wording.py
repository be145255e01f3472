"""Wording: dates, languages and counts as a person reads them, in the language of the page.

Tables hold English, marked to be translated where it is shown. Tables and functions are one module,
so that a template finds all words under one name.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import urlsplit

from corpus import months
from corpus.dates import PartialDate, Precision
from indexer.document import IndexDocument
from indexer.entities.authority.decisions import Action, Decision
from search.help.doubts import date_is_doubtful as date_is_doubtful  # noqa: PLC0414 - for the templates
from search.help.explanations import Reason
from search.output.languages import language_name
from search.passages.highlighter import Why
from search.request import COUNTED, Interval
from search.result import Named
from search.service import TIME_SPENT as TIME_SPENT  # noqa: PLC0414 - for the templates
from webui.locale.languages import current, marked, plural, sentence, told, written

MONTHS = ("", *months.ENGLISH)
"""From 1 on."""
_REMEMBERED = 8192
"""Days and months of all languages: a page has hundreds, mostly those of the page before."""
FACET_TITLES = {field.name: field.title for field in COUNTED.values()}
IN_THE_SAME = {
    "person": marked("People in the same articles"),
    "org": marked("Organizations in the same articles"),
    "place": marked("Places in the same articles"),
}
RULES = {
    Why.EXACT: marked("as asked"),
    Why.STEM: marked("by another form of the word"),
    Why.FORM: marked("by a form or spelling of it that a dictionary tells"),
    Why.PREFIX: marked("by its beginning"),
    Why.FUZZY: marked("by a spelling near it"),
    Why.ALIAS: marked("by a name of the same"),
}
UNTITLED = marked("Untitled")
OUTLET_UNKNOWN = marked("Outlet unknown")
KIND_TITLES = {
    "person": marked("Person"),
    "org": marked("Organization"),
    "place": marked("Place"),
    "norp": marked("People or faith"),
    "event": marked("Event"),
}
NO_SUCH = {
    "person": marked("No person: leave it out of facets and pages"),
    "org": marked("No organization: leave it out of facets and pages"),
    "place": marked("No place: leave it out of facets and pages"),
    "norp": marked("No people or faith: leave it out of facets and pages"),
    "event": marked("No event: leave it out of facets and pages"),
}
MEDIA = {
    "page": marked("page"),
    "post": marked("post"),
    "document": marked("document"),
    "event": marked("event record"),
}
KINDS = {
    "article": marked("article"),
    "live_blog": marked("live blog"),
    "gallery": marked("gallery"),
    "video": marked("video"),
    "index_page": marked("index page"),
    "paywall_stub": marked("paywall stub"),
}
READ_FROM = {
    "title": marked("Title read from"),
    "outlet": marked("Outlet read from"),
    "bylines": marked("Bylines read from"),
    "language": marked("Language read from"),
    "text": marked("Text read from"),
}
WHEN = {
    "published": marked("When published"),
    "mentioned": marked("When mentioned"),
    "collected": marked("When collected"),
}
DATES = (marked("published"), marked("mentioned"), marked("collected"))
INTERVAL = {
    Interval.YEAR: marked("Year"),
    Interval.MONTH: marked("Month"),
    Interval.WEEK: marked("Week"),
    Interval.DAY: marked("Day"),
}
INTERVALS = {
    Interval.YEAR: marked("Years"),
    Interval.MONTH: marked("Months"),
    Interval.WEEK: marked("Weeks"),
    Interval.DAY: marked("Days"),
}
ARTICLES_BY = {
    Interval.YEAR: marked("Articles by year"),
    Interval.MONTH: marked("Articles by month"),
    Interval.WEEK: marked("Articles by week"),
    Interval.DAY: marked("Articles by day"),
}
SHARES_BY = {
    Interval.YEAR: marked("Share of what was collected by year"),
    Interval.MONTH: marked("Share of what was collected by month"),
    Interval.WEEK: marked("Share of what was collected by week"),
    Interval.DAY: marked("Share of what was collected by day"),
}
STATES = {
    "unread": marked("unread"),
    "read": marked("read"),
    "checked": marked("checked"),
    "rejected": marked("rejected"),
    "open": marked("open"),
    "closed": marked("closed"),
}
CHANGES = {
    "create": marked("create"),
    "rename": marked("rename"),
    "status": marked("status"),
    "add": marked("add"),
    "remove": marked("remove"),
    "quote": marked("quote"),
    "note": marked("note"),
    "rewrite": marked("rewrite"),
    "tag": marked("tag"),
    "untag": marked("untag"),
    "move": marked("move"),
    "mark": marked("mark"),
    "undo": marked("undo"),
}
"""What is said of an article's state, a dossier's, and a change of one."""
TOLLS = (
    marked("dead"),
    marked("wounded"),
    marked("missing"),
    marked("captured"),
    marked("displaced"),
)
"""What figures of an event count."""
_VALUES: dict[str, Callable[[int], str]] = {
    "person": lambda n: plural("%(num)s person", "%(num)s people", n),
    "org": lambda n: plural("%(num)s organization", "%(num)s organizations", n),
    "place": lambda n: plural("%(num)s place", "%(num)s places", n),
    "outlet": lambda n: plural("%(num)s outlet", "%(num)s outlets", n),
    "agency": lambda n: plural("%(num)s agency", "%(num)s agencies", n),
    "language": lambda n: plural("%(num)s language", "%(num)s languages", n),
    "medium": lambda n: plural("%(num)s kind of publication", "%(num)s kinds of publication", n),
    "flag": lambda n: plural("%(num)s doubt", "%(num)s doubts", n),
    "said_by": lambda n: plural("%(num)s quoted", "%(num)s quoted", n),
    "dossier": lambda n: plural("%(num)s dossier", "%(num)s dossiers", n),
    "tag": lambda n: plural("%(num)s tag", "%(num)s tags", n),
    "unread": lambda n: plural("%(num)s not yet read", "%(num)s not yet read", n),
}


def title(document: IndexDocument) -> str:
    """The title; what stands in its place where the page gives none."""
    return document.title or sentence(UNTITLED)


def is_on_the_web(url: str | None) -> bool:
    """Whether an address may be a link: what a page declares may be `javascript:`, or nonsense."""
    return (url or "").lower().startswith(("https://", "http://"))


def capital(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def ended(what: str, advice: str = "") -> str:
    """What an error says, as sentences of the page's language."""
    said = f"{capital(told(what))}."
    return f"{said} {told(advice)}." if advice else said


def articles(count: int) -> str:
    """`3 articles`."""
    return plural("%(num)s article", "%(num)s articles", count)


def values(facet: str, count: int) -> str:
    """How many values a facet has: `3 outlets`; `3 values` of one that has no word of its own."""
    named = _VALUES.get(facet)
    return named(count) if named else plural("%(num)s value", "%(num)s values", count)


def about(number: int | str) -> str:
    """A number that an engine estimated, or a text with it: `about 3 outlets`."""
    return sentence("about %(number)s", number=number)


def language(code: str) -> str:
    """What a language is called; the code itself where nobody knows."""
    ways = written()
    return language_name(code) if ways is None else ways.languages.get(code) or language_name(code)


def value_called(facet: str, value: str, label: str) -> str:
    """What a value of a facet is called in the page's language: names are as they are."""
    if facet == "language":
        return language(value)
    if facet == "flag":
        return told(label)
    if facet == "medium" and value in MEDIA:
        return sentence(MEDIA[value])
    return label


def plain(code: str) -> str:
    """What a code of the program says in words."""
    return capital(told(KINDS.get(code) or code.replace("_", " ")))


def reason(one: Reason) -> str:
    """By which rule a hit matched, and where: `by its beginning, in the text 3 times`."""
    rule = sentence(RULES[one.why])
    if one.field == "title":
        if one.count == 1:
            return sentence("%(rule)s, in the title", rule=rule)
        return plural(
            "%(rule)s, in the title %(num)s time",
            "%(rule)s, in the title %(num)s times",
            one.count,
            rule=rule,
        )
    if one.count == 1:
        return sentence("%(rule)s, in the text", rule=rule)
    return plural(
        "%(rule)s, in the text %(num)s time",
        "%(rule)s, in the text %(num)s times",
        one.count,
        rule=rule,
    )


def naming(one: Named) -> str:
    """`31 articles name Volodymyr Zelenskyy, 21 of them in another spelling`, or all of them."""
    who = sentence(" or ").join(one.labels[:_MOST_NAMES])
    if len(one.labels) > _MOST_NAMES:
        who = sentence("%(who)s or others", who=who)
    if one.otherwise == one.articles:
        return plural(
            "%(num)s article names %(who)s in another spelling",
            "%(num)s articles name %(who)s, all in another spelling",
            one.articles,
            who=who,
        )
    return plural(
        "%(num)s article names %(who)s, %(others)s of them in another spelling",
        "%(num)s articles name %(who)s, %(others)s of them in another spelling",
        one.articles,
        who=who,
        others=one.otherwise,
    )


def ran(family: Sequence[IndexDocument]) -> str:
    """How often a report was run: `3 outlets ran this`; by one outlet, `Ran in 2 versions`.

    An outlet that the page does not name is told by the host of its address.
    """
    outlets = {member.outlet or urlsplit(member.url or "").hostname or "" for member in family}
    if len(outlets) > 1:
        return plural("%(num)s outlet ran this", "%(num)s outlets ran this", len(outlets))
    return plural("Ran in %(num)s version", "Ran in %(num)s versions", len(family))


def found_at_most(most: int, interval: Interval) -> str:
    """What the height of a chart means."""
    texts = {
        Interval.YEAR: marked("found, at most %(most)s in a year"),
        Interval.MONTH: marked("found, at most %(most)s in a month"),
        Interval.WEEK: marked("found, at most %(most)s in a week"),
        Interval.DAY: marked("found, at most %(most)s in a day"),
    }
    return sentence(texts[interval], most=most)


def less_exact(count: int, interval: Interval) -> str:
    """How many articles stand in no bar of a chart, because too little is known of their day."""
    texts = {
        Interval.YEAR: marked("%(count)s known less exactly than a year"),
        Interval.MONTH: marked("%(count)s known less exactly than a month"),
        Interval.WEEK: marked("%(count)s known less exactly than a week"),
        Interval.DAY: marked("%(count)s known less exactly than a day"),
    }
    return sentence(texts[interval], count=count)


def known_to(value: PartialDate) -> str:
    """How exactly a date is known, and from where."""
    texts = {
        Precision.YEAR: marked("known to the year, from %(place)s"),
        Precision.MONTH: marked("known to the month, from %(place)s"),
        Precision.DAY: marked("known to the day, from %(place)s"),
        Precision.MINUTE: marked("known to the minute, from %(place)s"),
    }
    return sentence(texts[value.precision], place=value.basis)


def day(value: date) -> str:
    """`3 March 2023`."""
    return _day(current().code, value)


@lru_cache(_REMEMBERED)
def _day(_language: str, value: date) -> str:
    if (ways := written()) is not None:
        return ways.day(value)
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def month(year: int, number: int) -> str:
    """`March 2023`."""
    return _month(current().code, year, number)


@lru_cache(_REMEMBERED)
def _month(_language: str, year: int, number: int) -> str:
    if (ways := written()) is not None:
        return ways.month(year, number)
    return f"{MONTHS[number]} {year}"


def iso_day(text: str) -> str:
    """A day that is kept as ISO 8601 has it: in English as it is."""
    ways = written()
    return text[:10] if ways is None else ways.day(date.fromisoformat(text[:10]))


def iso_minute(text: str) -> str:
    """The same with the time."""
    return f"{iso_day(text)} {text[11:16]}"


def partial(value: PartialDate | None) -> str:
    """A date no more exactly than it is known: `3 March 2023`, `March 2023`, `2023`, `undated`."""
    if value is None:
        return sentence("undated")
    start = value.earliest
    if not value.has_year:
        return _without_year(value)
    if value.precision is Precision.YEAR:
        return str(start.year)
    if value.precision is Precision.MONTH:
        return month(start.year, start.month)
    return day(start)


def _without_year(value: PartialDate) -> str:
    start, ways = value.earliest, written()
    if value.precision is Precision.MONTH:
        return MONTHS[start.month] if ways is None else ways.alone[start.month]
    if ways is None:
        return f"{start.day} {MONTHS[start.month]}"
    return ways.day_of_month(start.day, start.month)


def partial_with_time(value: PartialDate) -> str:
    """The same with the time and zone that were read, when they were."""
    if value.precision is not Precision.MINUTE:
        return partial(value)
    time, zone = value.iso[11:16], value.iso[16:]
    return f"{day(value.earliest)}, {time} {'UTC' if zone == 'Z' else zone}".rstrip()


def period(start: date, interval: Interval) -> str:
    """The name of a bar of a histogram: `2023`, `March 2023`, `3 March 2023`."""
    if interval is Interval.YEAR:
        return str(start.year)
    if interval is Interval.MONTH:
        return month(start.year, start.month)
    if interval is Interval.WEEK:
        return sentence("week of %(day)s", day=day(start))
    return day(start)


def tick(start: date, interval: Interval) -> str:
    """A label of an axis, as short as can be: `2023`, `Mar`, `3 Mar`."""
    if interval is Interval.YEAR or (interval is Interval.MONTH and start.month == 1):
        return str(start.year)
    ways = written()
    short = months.ENGLISH_SHORT[start.month - 1] if ways is None else ways.short[start.month]
    if interval is Interval.MONTH:
        return short
    return f"{start.day} {short}" if ways is None else ways.tick_of_day(start.day, start.month)


def letter(number: int) -> str:
    """The first letter of a month."""
    ways = written()
    return MONTHS[number][:1] if ways is None else ways.letters[number]


def span(first: str, last: str) -> str:
    """`March 2023 to May 2023`."""
    return sentence("%(first)s to %(last)s", first=first, last=last)


def date_range(start: date | None, end: date | None) -> str:
    """A range of days, as shortly as it can be said: `March 2023`, `since 3 March 2022`."""
    if start is None or end is None:
        if start is not None:
            return sentence("since %(day)s", day=day(start))
        if end is not None:
            return sentence("until %(day)s", day=day(end))
        return sentence("any date")
    if start == end:
        return day(start)
    last = calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and end.day == last:
        if (start.month, end.month) == (1, 12):
            years = str(start.year), str(end.year)
            return years[0] if start.year == end.year else span(*years)
        first, final = period(start, Interval.MONTH), period(end, Interval.MONTH)
        return first if first == final else span(first, final)
    return span(day(start), day(end))


def decided(decision: Decision, entity_id: str) -> str:
    """A decision from the side of one entity: `The same as Gen. Burhan`."""
    others = ", ".join(
        label
        for other, label in zip_longest(decision.entities, decision.labels, fillvalue="")
        if other != entity_id
    )
    names = ", ".join(decision.names)
    leaves = decision.action is Action.SPLIT  # `value` is what that is called from now on
    named = (names or decision.value) if leaves else (decision.value or names)
    return sentence(_DECIDED[decision.action], others=others, named=named)


_DECIDED = {
    Action.MERGE: marked("The same as %(others)s"),
    Action.OUTLET: marked("Called %(named)s"),
    Action.SPLIT: marked("Not to be called %(named)s"),
    Action.RENAME: marked("Shown as %(named)s"),
    Action.DISTINCT: marked("Not the same as %(others)s"),
    Action.KIND: marked("Is of the kind %(named)s"),
    Action.HIDE: marked("Left out of facets and pages"),
    Action.ALIAS: marked("Also written %(named)s"),
    Action.WIKIDATA: marked("Linked to %(named)s of Wikidata"),
    Action.NOTE: marked("Remarked upon"),
    Action.UNDO: marked("%(named)s taken back"),
}
_MOST_NAMES = 3
