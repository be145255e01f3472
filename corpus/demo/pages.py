"""Pages: how does an article become the saved page of its outlet?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from corpus import months
from corpus.dates import PartialDate, Precision
from corpus.demo.outlets import OUTLETS, Outlet
from corpus.demo.sidecar import DemoArticle

MONTHS = {"en": "en", "fr": "fr", "ru": "ru-of", "uk": "uk-of", "ar": "ar"}
"""Language → the form of a month's name inside a date, see `corpus.months`."""
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
BY = {"en": "By", "fr": "Par", "ru": "Автор:", "uk": "Автор:", "ar": "بقلم"}
AND = {"en": " and ", "fr": " et ", "ru": " и ", "uk": " і ", "ar": " و"}
DESK = {"en": "the foreign desk", "fr": "le service étranger", "ru": "редакция", "uk": "редакція"}


def written(date: PartialDate, *, language: str, order: str) -> str:
    """A date as its page shows it, never more precise than it is.

    Args:
        order: `day month`, `month day` or `weekday month day`; in languages other than English
            the day comes first.
    """
    month = months.NAMES[MONTHS[language]][date.earliest.month - 1]
    year = date.earliest.year
    if date.precision is Precision.YEAR:
        return str(year)
    if date.precision is Precision.MONTH:
        return f"{month} {year}"
    day = date.earliest.day
    text = (
        f"{day} {month} {year}"
        if order == "day month" or language != "en"
        else (f"{month} {day}, {year}")
    )
    if order.startswith("weekday") and language == "en":
        text = f"{WEEKDAYS[date.earliest.weekday()]}, {text}"
    if date.precision is Precision.MINUTE:
        moment = datetime.fromisoformat(date.iso)
        text = f"{text}, {moment:%H:%M} {moment.tzname() or ''}".strip()
    return text


TEMPLATES = Path(__file__).parent / "templates"
RELATED = 3
MOST_READ = 5
CONFLICTS = {
    "ukraine": "War in Ukraine",
    "gaza": "Israel and Gaza",
    "lebanon": "Lebanon",
    "sudan": "War in Sudan",
    "myanmar": "Myanmar",
    "ethiopia": "Ethiopia",
    "karabakh": "Nagorno-Karabakh",
    "syria": "Syria",
    "yemen": "Yemen and the Red Sea",
    "congo": "Eastern Congo",
    "haiti": "Haiti",
    "sahel": "The Sahel",
}
_LOCALES = {"en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "uk": "uk_UA", "ar": "ar_AR"}


def page(article: DemoArticle, articles: Sequence[DemoArticle]) -> str:
    """The whole HTML page of an article, furniture and all.

    Args:
        articles: the whole corpus, from which its lists of other articles are chosen.
    """
    outlet = OUTLETS[article.outlet]
    others = [
        other for other in articles if other.outlet == article.outlet and other.slug != article.slug
    ]
    names = AND[article.language].join(article.bylines)
    template = Template((TEMPLATES / f"{outlet.key}.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(article.title),
        slug=article.slug,
        url=outlet.url(article),
        lang=article.language,
        dir="rtl" if article.language == "ar" else "ltr",
        locale=_LOCALES[article.language],
        section=escape(article.section),
        conflict=article.conflict,
        conflict_name=CONFLICTS[article.conflict],
        description=escape(article.paragraphs[0]),
        desk=escape(names or DESK.get(article.language, DESK["en"])),
        byline=_byline(article, outlet),
        time=_date(article, outlet, pattern=outlet.time),
        modified=_date(article, outlet, pattern=outlet.modified, modified=True),
        json_ld=_json_ld(article, outlet),
        body=body(article, articles),
        correction=outlet.correction.format(text=escape(article.correction, quote=False))
        if article.correction
        else "",
        related=_links(_related(article, others), outlet),
        most_read=_links(_most_read(article, others), outlet),
    )


def saved_page(article: DemoArticle, articles: Sequence[DemoArticle]) -> str:
    """The page as a browser saved it.

    Pages of an outlet that names no address of its own carry the comment that browsers write.
    """
    outlet = OUTLETS[article.outlet]
    html = page(article, articles)
    if not outlet.marked_when_saved:
        return html
    url = outlet.url(article)
    return html.replace("<html>", f"<!-- saved from url=({len(url):04d}){url} -->\n<html>", 1)


def body(article: DemoArticle, articles: Sequence[DemoArticle]) -> str:
    """The pieces of the body in order: captions, paragraphs and promotional lines."""
    outlet = OUTLETS[article.outlet]
    by_slug = {other.slug: other for other in articles}
    pieces: list[str] = []
    for position in range(len(article.paragraphs) + 1):
        if position:
            text = escape(article.paragraphs[position - 1], quote=False)
            pieces.append(outlet.paragraph.format(text=text))
        pieces += [
            outlet.caption.format(
                slug=article.slug,
                after=position,
                text=escape(caption.text, quote=False),
                credit=escape(caption.credit, quote=False),
            )
            for caption in article.captions
            if caption.after == position
        ]
        pieces += [
            outlet.link.format(
                url=OUTLETS[by_slug[link.slug].outlet].url(by_slug[link.slug]),
                title=escape(by_slug[link.slug].title, quote=False),
            )
            for link in article.links
            if link.after == position
        ]
    return "\n".join(pieces)


def _byline(article: DemoArticle, outlet: Outlet) -> str:
    if not article.bylines:
        return ""
    names = (outlet.author.format(name=escape(name)) for name in article.bylines)
    return outlet.byline.format(by=BY[article.language], names=AND[article.language].join(names))


def _date(article: DemoArticle, outlet: Outlet, *, pattern: str, modified: bool = False) -> str:
    date = article.modified if modified else article.published
    if date is None:
        return ""
    text = written(date, language=article.language, order=outlet.date_order)
    return pattern.format(iso=date.iso, text=text)


def _json_ld(article: DemoArticle, outlet: Outlet) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.paragraphs[0],
        "datePublished": article.published and article.published.iso,
        "dateModified": article.modified and article.modified.iso,
        "author": [{"@type": "Person", "name": name} for name in article.bylines],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "articleSection": article.section,
        "inLanguage": article.language,
        "mainEntityOfPage": outlet.url(article),
    }
    said = {key: value for key, value in record.items() if value}
    return json.dumps(said, ensure_ascii=False).replace("</", "<\\/")


def _related(article: DemoArticle, others: Sequence[DemoArticle]) -> Sequence[DemoArticle]:
    """Others of the same war first, as an editor would choose them."""
    return sorted(others, key=lambda other: (other.conflict != article.conflict, other.slug))[
        :RELATED
    ]


def _most_read(article: DemoArticle, others: Sequence[DemoArticle]) -> Sequence[DemoArticle]:
    """A list that differs from page to page, and is the same at every build."""
    start = sum(article.slug.encode()) % max(1, len(others))
    return [*others[start:], *others[:start]][:MOST_READ]


def _links(others: Sequence[DemoArticle], outlet: Outlet) -> str:
    return "\n".join(
        outlet.related.format(url=outlet.url(other), title=escape(other.title, quote=False))
        for other in others
    )
