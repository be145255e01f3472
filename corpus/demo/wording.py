"""How does a page write a date, and the few words around an article, in its own language?"""

from __future__ import annotations

from datetime import datetime

from corpus.dates import PartialDate, Precision

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
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
    month = MONTHS[language].split()[date.earliest.month - 1]
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
