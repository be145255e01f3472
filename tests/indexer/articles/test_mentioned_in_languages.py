"""Dates that a text speaks of in languages with forms of their own."""

from __future__ import annotations

import pytest

from corpus.dates import PartialDate
from indexer.articles.mentioned_dates import mentioned_dates, with_years


def found(text: str, language: str) -> list[str]:
    return [one.iso for one in mentioned_dates(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("de", "Am 24. Februar 2022 und im März 2023", ["2022-02-24", "2023-03"]),
        ("de", "vom 3. bis 5. Mai, seit Juni", ["--05-03", "--05-05", "--06"]),
        ("de", "am 7.10.2023", ["2023-10-07"]),
        ("de", "vom 30. Mai bis zum 2. Juni 2020", ["2020-05-30", "2020-06-02"]),
        ("de", "Im Jahr 2014, Anfang 2015", ["2014", "2015"]),
        ("es", "el 24 de febrero de 2022, en marzo del 2023, desde 2014",
         ["2022-02-24", "2023-03", "2014"]),
        ("es", "entre el 3 y el 5 de mayo; a finales de junio", ["--05-05", "--06"]),
        ("it", "il 1° maggio 2020 e nel giugno 2021; dal 2014", ["2020-05-01", "2021-06", "2014"]),
        ("pt", "em 24 de fevereiro de 2022 e em março", ["2022-02-24", "--03"]),
        ("nl", "op 24 februari 2022, in mei 2023 en sinds 2014", ["2022-02-24", "2023-05", "2014"]),
        ("pl", "24 lutego 2022 r., w marcu, w 2014 roku", ["2022-02-24", "--03", "2014"]),
        ("tr", "24 Şubat 2022’de, Mart ayında, 2014’te", ["2022-02-24", "--03", "2014"]),
        ("he", "ב-24 בפברואר 2022, במרץ, בשנת 2014", ["2022-02-24", "--03", "2014"]),
        ("he", "מתקפת ה-7 באוקטובר", ["--10-07"]),
        ("fa", "در ۲۴ فوریه ۲۰۲۲ و ۵ اسفند ۱۴۰۰", ["2022-02-24"]),
        ("fa", "۱۶ مهر ۱۴۰۲", ["2023-10-08"]),
        ("hu", "2022. február 24-én, márciusban, 2014-ben", ["2022-02-24", "--03", "2014"]),
        ("ka", "2022 წლის 24 თებერვალს, 2014 წელს", ["2022-02-24", "2014"]),
        ("zh", "2022年2月24日，3月，2014年", ["2022-02-24", "--03", "2014"]),
        ("ja", "2022年2月24日から", ["2022-02-24"]),
        ("ko", "2022년 2월 24일, 2014년", ["2022-02-24", "2014"]),
        ("th", "24 กุมภาพันธ์ 2565", ["2022-02-24"]),
        ("am", "የካቲት 17 ቀን 2014", ["2022-02-24"]),
        ("ar", "بين 3 و5 أيار 2018 وفي تموز", ["2018-05-03", "2018-05-05", "--07"]),
        ("ar", "في ٢٤ فبراير ٢٠٢٢، وفي 7 تشرين الأول/أكتوبر 2023", ["2022-02-24", "2023-10-07"]),
    ],
)  # fmt: skip
def test_dates_are_read(language: str, text: str, dates: list[str]) -> None:
    assert found(text, language) == dates


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der 3. Mann, 2000 Soldaten, 31. Juni 2022"),
        ("es", "en 2000 aldeas, 3.500 personas"),
        ("it", "Di Maggio parlò nel 2000 soldati"),
        ("tr", "Ocak yandı, ekim yapıldı, 2000 asker"),
        ("he", "הבמאי אמר, במאי סרטים, 2000 חיילים"),
        ("fa", "او می گوید، مه غلیظ، ۲۰۰۰ سرباز"),
        ("zh", "3个月, 12 000人"),
        ("ja", "3月間"),
        ("pl", "Maja Nowak, 2000 żołnierzy"),
    ],
)
def test_words_that_are_no_dates_are_none(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("en", "in June last year", "2024-06"),
        ("ru", "в июне прошлого года", "2024-06"),
        ("uk", "у червні минулого року", "2024-06"),
        ("fr", "en juin de l’année dernière", "2024-06"),
        ("ar", "في حزيران من العام الماضي", "2024-06"),
        ("de", "im Juni vergangenen Jahres", "2024-06"),
        ("es", "en junio del año pasado", "2024-06"),
        ("pl", "w czerwcu ubiegłego roku", "2024-06"),
        ("he", "ביוני בשנה שעברה", "2024-06"),
        ("zh", "去年6月", "2024-06"),
        ("ko", "지난해 6월 3일", "2024-06-03"),
        ("ru", "в октябре этого года", "2025-10"),
        ("de", "im Oktober dieses Jahres", "2025-10"),
        ("ja", "今年10月", "2025-10"),
        ("uk", "у березні наступного року", "2026-03"),
    ],
)
def test_the_year_that_is_said_is_that_of_publication_or_beside_it(
    language: str, text: str, iso: str
) -> None:
    told = with_years(mentioned_dates(text, language), PartialDate("2025-09-10", "url"))

    assert [one.iso for one in told] == [iso]
