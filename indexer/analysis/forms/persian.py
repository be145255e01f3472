"""Persian verbs: which words are forms of an infinitive, and what is written together with a verb?

What somebody did has the letters of the infinitive without its last; what somebody does has others,
which are listed for the verbs of reports. Many write `می` together with the verb, or leave the half
space out.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.folding import fold

HALF_SPACE = "\u200c"
_INFINITIVE = ("تن", "دن")
_LEAST = 5  # letters of an infinitive that is not listed: بدن is a body
_PRESENT = {
    fold(infinitive): tuple(fold(one) for one in stems.split(","))
    for infinitive, _, stems in (
        pair.partition("=")
        for pair in (
            "کردن=کن رفتن=رو گفتن=گو,گوی زدن=زن شدن=شو دادن=ده گرفتن=گیر آمدن=آ,آی"
            " داشتن=دار خواستن=خواه توانستن=توان دانستن=دان کشتن=کش گریختن=گریز گذاشتن=گذار"
            " گذشتن=گذر ساختن=ساز سوختن=سوز شکستن=شکن بستن=بند نشستن=نشین برخاستن=برخیز"
            " فروختن=فروش پرداختن=پرداز انداختن=انداز ریختن=ریز آموختن=آموز پختن=پز"
            " یافتن=یاب شناختن=شناس نوشتن=نویس شنیدن=شنو دیدن=بین خوردن=خور بردن=بر"
            " آوردن=آور,آر مردن=میر سپردن=سپار فرستادن=فرست ایستادن=ایست افتادن=افت"
            " نهادن=نه گشودن=گشا,گشای ربودن=ربا,ربای پیوستن=پیوند جستن=جو,جوی پذیرفتن=پذیر"
            " کاشتن=کار برداشتن=بردار بازداشتن=بازدار درگذشتن=درگذر شتافتن=شتاب تاختن=تاز"
        ).split()
    )
}
_BEFORE = tuple(map(fold, ("", "ن", "می", "نمی")))
_BEFORE_PRESENT = (*_BEFORE, "ب")
_OF_PAST = tuple(map(fold, ("", "م", "ی", "یم", "ید", "ند", "ه", "گان")))
_OF_PRESENT = tuple(map(fold, ("م", "ی", "د", "ید", "یم", "ند", "نده", "ندگان")))
_CONTINUOUS = tuple(map(fold, ("می", "نمی")))
_LEAST_PART = 3  # letters of a verb behind می


def persian_verb(surface: str) -> Iterator[str]:
    """The words that may be forms of an infinitive."""
    listed = surface in _PRESENT
    if not listed and not (surface.endswith(_INFINITIVE) and len(surface) >= _LEAST):
        return
    past = surface[:-1]
    yield from (before + past + behind for before in _BEFORE for behind in _OF_PAST)
    presents = _PRESENT.get(surface, (past.removesuffix("د").removesuffix("ي"),))
    for present in presents:
        yield from (b + present + behind for b in _BEFORE_PRESENT for behind in _OF_PRESENT)


def apart(surface: str) -> tuple[str, str] | None:
    """The two parts of a verb that is written with what stands before it; None of other words."""
    for first in _CONTINUOUS:
        rest = surface.removeprefix(first)
        if rest != surface and len(rest) >= _LEAST_PART:
            return first, rest
    return None
