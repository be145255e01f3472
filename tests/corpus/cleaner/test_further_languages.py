"""Days, bylines, promos, walls and live blogs in languages whose pages were read as if in none."""

from __future__ import annotations

import pytest

from corpus.article import Article, Kind
from corpus.cleaner import clean
from corpus.cleaner.dates.reading import parse_date
from indexer.articles.mentioned_dates import mentioned_dates
from tests.corpus.cleaner.pages import clean_page, page, raw

_WRITTEN = {
    "sv": """
Bron över ån sprängdes strax före midnatt, sade länsstyrelsen, och två vakter fördes
till sjukhuset i den gamla staden på andra sidan.

Trafiken leds nu om över dammen, där soldater söker igenom varje bil innan den får köra
vidare mot kusten och hamnen.
""",
    "ro": """
Podul peste râu a fost aruncat în aer cu puțin înainte de miezul nopții, a spus
prefectura, iar doi paznici au fost duși la spital.

Circulația este deviată acum peste baraj, unde soldații verifică fiecare mașină înainte
de a o lăsa să meargă mai departe spre coastă.
""",
    "bg": """
Мостът над реката беше взривен малко преди полунощ, съобщи областната управа, а двама
пазачи бяха откарани в болницата на другия бряг.

Движението се отклонява през язовирната стена, където войници претърсват всяка кола,
преди да я пуснат към брега и пристанището.
""",
    "id": """
Jembatan di atas sungai itu diledakkan sesaat sebelum tengah malam, kata pemerintah
kabupaten, dan dua penjaga dibawa ke rumah sakit.

Lalu lintas kini dialihkan melewati bendungan, tempat tentara menggeledah setiap mobil
sebelum membiarkannya melanjutkan perjalanan ke pantai.
""",
}
STORIES = {
    language: [" ".join(part.split()) for part in text.split("\n\n")]
    for language, text in _WRITTEN.items()
}


def clean_text(text: str) -> Article:
    return clean(raw(text, media_type="text/plain"))


def _story(language: str, between: str = "") -> str:
    first, last = STORIES[language]
    return f"<article><h1>{first[:24]}</h1><p>{first}</p>{between}<p>{last}</p></article>"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15. 8. 2021 09:10", "2021-08-15T09:10"),
        ("15. kolovoza 2021. u 09:10", "2021-08-15T09:10"),
        ("15.08.2021. u 9:10", "2021-08-15T09:10"),
        ("15 жніўня 2021, 09:10", "2021-08-15T09:10"),
        ("15 Αυγ 2021", "2021-08-15"),
        ("১৫ আগস্ট ২০২১, ০৯:১০", "2021-08-15T09:10"),
        ("१५ अगस्त २०२१", "2021-08-15"),
        ("၁၅ ဩဂုတ် ၂၀၂၁", "2021-08-15"),
        ("ဩဂုတ် ၁၅၊ ၂၀၂၁", "2021-08-15"),
        ("15 Agosti 2021", "2021-08-15"),
        ("15 Agoosto 2021", "2021-08-15"),
        ("١٥ی ئابی ٢٠٢١", "2021-08-15"),
        ("2021 m. rugpjūčio 15 d. 09:10", "2021-08-15T09:10"),
        ("2021. gada 15. augusts", "2021-08-15"),
        ("1400/05/24 - 09:10", "2021-08-15T09:10"),
        ("24-05-1400", "2021-08-15"),
        ("1443/01/06", None),
        ("۱۴۰۰ زمری ۲۴", "2021-08-15"),
    ],
)
def test_a_pages_day_in_further_languages_and_digits(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text")
    assert (date and date.iso) == iso


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("cs", "Most padl 5. října 2021, od roku 2014 trvá válka.", ["2021-10-05", "2014"]),
        ("sk", "Most padol 5. októbra 2021, v máji sa začala vojna.", ["2021-10-05", "--05"]),
        ("sv", "Bron föll den 5 oktober 2021, i mars började kriget.", ["2021-10-05", "--03"]),
        ("no", "Broen falt 5. oktober 2021, i mars begynte krigen.", ["2021-10-05", "--03"]),
        ("da", "Broen faldt den 5. oktober 2021 efter krigen i 2018.", ["2021-10-05", "2018"]),
        (
            "fi",
            "Silta tuhoutui 5. lokakuuta 2021, sota alkoi maaliskuussa.",
            ["2021-10-05", "--03"],
        ),
        ("ro", "Podul a căzut la 5 octombrie 2021, din 2014.", ["2021-10-05", "2014"]),
        ("bg", "Мостът падна на 5 октомври 2021 г., през март.", ["2021-10-05", "--03"]),
        ("hr", "Most je pao 5. listopada 2021., u ožujku.", ["2021-10-05", "--03"]),
        ("sr", "Мост је пао 5. октобра 2021. године, у марту.", ["2021-10-05", "--03"]),
        ("el", "Η γέφυρα έπεσε στις 5 Οκτωβρίου 2021, τον Μάρτιο.", ["2021-10-05", "--03"]),
        ("id", "Jembatan runtuh pada 5 Oktober 2021, sejak tahun 2014.", ["2021-10-05", "2014"]),
        ("vi", "Cầu sập ngày 5 tháng 10 năm 2021.", ["2021-10-05"]),
        ("hi", "पुल 5 अक्टूबर 2021 को गिरा।", ["2021-10-05"]),
        ("ur", "پل 5 اکتوبر 2021 کو گرا۔", ["2021-10-05"]),
        ("bn", "সেতুটি ৫ অক্টোবর ২০২১ ভেঙে পড়ে।", ["2021-10-05"]),
        ("az", "Körpü 5 oktyabr 2021-ci ildə dağılıb.", ["2021-10-05"]),
        ("hy", "Կամուրջը փլվել է 2021 թվականի հոկտեմբերի 5-ին։", ["2021-10-05"]),
        ("lt", "Tiltas sugriuvo 2021 m. spalio 5 d.", ["2021-10-05"]),
        ("sw", "Daraja lilianguka tarehe 5 Oktoba 2021.", ["2021-10-05"]),
        ("be", "Мост упаў 5 кастрычніка 2021 года.", ["2021-10-05"]),
        ("cs", "Nikde nic, jen 2000 mužů a 5 aut.", []),
        ("sv", "Marsvin och 2000 man, maj med dig.", []),
    ],
)
def test_the_days_that_a_story_speaks_of(language: str, text: str, days: list[str]) -> None:
    assert [date.iso for date in mentioned_dates(text, language)] == days


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("de Ioana Dumbrava", ("Ioana Dumbrava",)),
        ("Redactor: Ioana Dumbrava", ("Ioana Dumbrava",)),
        ("Toimittaja Aino Kallas", ("Aino Kallas",)),
        ("Zuzana Hrubá, redaktorka", ("Zuzana Hrubá",)),
        ("Autorka: Zuzana Hrubá", ("Zuzana Hrubá",)),
        ("Της Ελένης Σταύρου", ("Ελένης Σταύρου",)),
        ("Հեղինակ՝ Անի Պետրոսյան", ("Անի Պետրոսյան",)),
        ("Аўтар: Алеся Вольская", ("Алеся Вольская",)),
        ("From Moira Kell, Defence Correspondent, Velna", ("Moira Kell",)),
        ("From late spring the road was closed", ()),
    ],
)
def test_who_signed_in_further_languages(line: str, names: tuple[str, ...]) -> None:
    first, last = STORIES["ro"]
    signed = f"<p class='byline'>{line}</p>"
    body = f"<article><h1>{first[:24]}</h1>{signed}<p>{first}</p><p>{last}</p></article>"
    assert clean_page(page(body=body)).bylines == names


@pytest.mark.parametrize(
    ("language", "promo"),
    [
        ("sv", "LÄS MER: Ny färja över sundet"),
        ("ro", "Citește și: Un feribot nou peste strâmtoare"),
        ("bg", "Прочетете още: Нов ферибот през пролива"),
        ("id", "Baca juga: Feri baru melintasi selat"),
    ],
)
def test_promos_leave_pages_and_pasted_texts(language: str, promo: str) -> None:
    article = clean_page(page(body=_story(language, f'<p><a href="/x">{promo}</a></p>')))
    assert article.text == "\n\n".join(STORIES[language])
    first, last = STORIES[language]
    pasted = clean_text(f"{first}\n\n{promo}\n\n{last}")
    assert pasted.text == f"{first}\n\n{last}"
    assert promo in [part.text for part in pasted.removed]


def test_a_promo_in_the_middle_of_a_line_leaves_its_sentences() -> None:
    one, two = "The bridge fell before midnight, the council said.", "Nobody was hurt there."
    article = clean_text(f"{one} READ MORE: New ferry crosses the straitThe guards had left. {two}")
    assert article.text == f"{one} The guards had left. {two}"
    kept = clean_text(f"{one} RELATED families met there, and sang until dark. {two}")
    assert "RELATED families met there" in kept.text


@pytest.mark.parametrize(
    ("language", "gate"),
    [
        ("sv", "Den här artikeln är för dig som är prenumerant."),
        ("ro", "Acest articol este disponibil doar abonaților."),
        ("bg", "Този материал е достъпен само за абонати."),
    ],
)
def test_what_a_subscription_closes_is_a_stub(language: str, gate: str) -> None:
    first, _ = STORIES[language]
    body = f"<article><h1>{first[:24]}</h1><p>{first}</p><div><p>{gate}</p></div></article>"
    assert clean_page(page(body=body)).kind is Kind.PAYWALL_STUB


def test_an_address_above_a_pasted_text_is_its_own() -> None:
    first, last = STORIES["sv"]
    article = clean_text(f"https://tidning.example/bron\n\nBron sprängd\n\n{first}\n\n{last}")
    assert (article.url, article.title) == ("https://tidning.example/bron", "Bron sprängd")


def test_lines_that_are_set_in_begin_paragraphs() -> None:
    first, last = STORIES["sv"]
    assert clean_text(f"    {first}\n    {last}\n").text == f"{first}\n\n{last}"
    assert clean_text(f"\t{first}\n\t{last}\n").text == f"{first}\n\n{last}"


def test_days_of_other_stories_in_a_list_below_are_not_the_pages() -> None:
    links = "".join(
        f'<li><a href="/{day}">En annan bro</a> {day} maj 2024</li>' for day in (19, 20)
    )
    body = _story("sv") + f"<aside class='last'><ul>{links}</ul></aside>"
    assert clean_page(page(body=body)).published is None
