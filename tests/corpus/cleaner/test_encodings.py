"""Encodings: a text is read as it was written, whatever is declared, or nothing."""

from __future__ import annotations

import pytest

from corpus.cleaner.tree.decoding import decode, looks_binary
from corpus.cleaner.tree.encodings import likeliest
from tests.corpus.cleaner.pages import clean_page

HE = (
    "ראש הממשלה אמר אתמול בירושלים כי הכוחות ימשיכו לפעול בצפון הרצועה, וכי המשא ומתן על שחרור החטופים נמשך "
    "בקהיר בתיווך מצרי. מספר ההרוגים עלה לשבעים."
)  # fmt: skip
RU = (
    "Президент подписал указ о призыве граждан запаса, передаёт агентство. Минобороны сообщило, что "
    "беспилотники сбиты над Белгородом; жители слышали взрывы около полуночи."
)  # fmt: skip
UK = (
    "Генштаб повідомив про сімдесят боєзіткнень за добу. Її мешканців евакуюють до Дніпра, заявив очільник "
    "військової адміністрації, а ґанок залишився."
)  # fmt: skip
AR = (
    "أعلنت وزارة الصحة في غزة ارتفاع عدد الشهداء إلى أكثر من ثلاثين ألفا منذ بدء الحرب، فيما واصلت الطائرات "
    "غاراتها على رفح وخان يونس."
)  # fmt: skip
ZH = "据新华社报道，外交部长周一在基辅会见了来访的代表团。双方讨论了停火谈判和粮食出口问题，没有人员伤亡。"
ZH_2 = "市议会表示，周五晚间的炮击破坏了韦列斯克的供水管道，到早上左岸四十条街道断水。工程师直到下午才到达泵站，因为砖厂旁的道路布满地雷。"
ZH_TW = "據中央社報導，外交部長週一在基輔會見了來訪的代表團。雙方討論了停火談判和糧食出口問題，沒有人員傷亡。"
JA = "ロシア軍のミサイルがキーウ中心部の病院に着弾し、少なくとも二十人が死亡した。国連安保理は緊急会合を開く方針だ。"
KO = "우크라이나 군은 러시아의 미사일 열두 발을 요격했다고 발표했다. 시내 아파트에서 화재가 발생해 주민들이 대피했다."
KO_2 = "항만청은 새벽에 박격포탄이 곡물 터미널에 떨어져 창고 두 동이 불타고 도선선 한 척이 가라앉았다고 밝혔다. 부두에서 다친 사람은 없다."
EL = "Ο πρωθυπουργός δήλωσε ότι η χώρα θα στείλει ανθρωπιστική βοήθεια. Οι συγκρούσεις συνεχίζονται στα ανατολικά."
FR = "L’état d’urgence a été décrété près de Kherson. « Nous résisterons », a déclaré à Genève le ministre de la Défense."
PL = "Prezydent złożył wizytę w Kijowie, gdzie spotkał się z żołnierzami. Rzecznik dodał, że przekazano następne czołgi."
TR = "Görüşmelerin ardından ateşkesin önümüzdeki günlerde açıklanacağını söyledi. Şehirde güvenlik önlemleri artırıldı."

TH = "ทีมกู้ภัยทำงานตลอดเช้าเพื่อเข้าถึงผู้อยู่อาศัยที่ติดอยู่ในห้องใต้ดินของอาคารห้าชั้นริมแม่น้ำ ผู้ว่าการกล่าวกับนักข่าว"

WRITTEN = [
    (HE, "cp1255"), (RU, "cp1251"), (RU, "koi8_r"), (RU, "cp866"), (RU, "iso8859_5"), (UK, "cp1251"),
    (UK, "koi8_u"), (AR, "cp1256"), (ZH, "gb18030"), (ZH_TW, "big5"), (JA, "euc_jp"), (JA, "shift_jis"),
    (JA, "iso2022_jp"), (KO, "euc_kr"), (EL, "cp1253"), (FR, "cp1252"), (PL, "cp1250"), (TR, "cp1254"),
    (TH, "cp874"), (ZH_2, "gb18030"), (KO_2, "euc_kr"),
]  # fmt: skip
SAID = [
    "",
    "utf-8",
    "iso-8859-1",
    "windows-1251",
    "windows-1252",
    "gb2312",
    "big5",
    "shift_jis",
    "koi8-r",
]


def page(text: str, said: str) -> str:
    declaration = f"<meta charset={said}>" if said else ""
    return (
        f"<html><head>{declaration}<title>{text[:25]}</title></head><body><a href='/'>Home</a>"
        f"<p>{text}</p></body></html>"
    )


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=[name for _, name in WRITTEN])
def test_a_page_is_read_as_it_was_written_whatever_it_declares(
    text: str, encoding: str, said: str
) -> None:
    markup = page(text, said)

    assert decode(markup.encode(encoding)).text == markup


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=[name for _, name in WRITTEN])
def test_so_is_a_short_text_whatever_its_server_says(text: str, encoding: str, said: str) -> None:
    short = text[:70]
    headers = {"content-type": f"text/plain; charset={said}"} if said else {}

    assert decode(short.encode(encoding), headers=headers).text == short


@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=[name for _, name in WRITTEN])
def test_what_is_declared_truly_is_believed_and_said_so(text: str, encoding: str) -> None:
    read = decode(page(text, encoding).encode(encoding))

    assert text in read.text
    assert read.basis in ("declared", "guessed")
    assert "bytes_unread" not in read.flags


def test_a_text_in_capitals_and_one_of_few_letters_are_read_as_declared() -> None:
    shouted = RU.upper()
    few = "The café in Orléans was hit."

    assert decode(page(shouted, "windows-1251").encode("cp1251")).text == page(
        shouted, "windows-1251"
    )
    assert decode(page(few, "iso-8859-1").encode("latin-1")).text == page(few, "iso-8859-1")


def test_bytes_that_spell_no_words_are_in_none() -> None:
    noise = bytes(range(128, 256)) * 8

    assert likeliest(noise, []) == ""
    assert likeliest(noise, ["cp1252"]) == "cp1252"
    assert likeliest(b"plain", []) == ""


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
def test_a_page_in_units_of_two_bytes_is_text_in_any_script(mark: bytes) -> None:
    content = mark + page(RU, "utf-8").encode("utf-16-le")
    assert not looks_binary(content)
    assert RU in decode(content).text
    assert looks_binary(bytes(range(32)) * 40)


def test_hungarian_under_a_false_declaration_has_its_own_letters() -> None:
    text = "A mentők egész délelőtt dolgoztak, hogy elérjék a ház pincéjében rekedt lakókat; a tűz szűnt."
    markup = page(text, "iso-8859-1").replace("<html>", "<html lang='hu'>")
    assert text in decode(markup.encode("cp1250")).text


@pytest.mark.parametrize(
    ("text", "encoding"), [(RU, "cp1251"), (UK, "cp1251"), (FR, "cp1252"), (HE, "cp1255")]
)
def test_texts_of_two_encodings_in_one_file_are_both_read(text: str, encoding: str) -> None:
    both = (
        text.encode(encoding)
        + b"\n\n"
        + f"{text} — “ok”".encode()
        + b"\nplain\n"
        + text.encode(encoding)
    )

    assert decode(both).text == f"{text}\n\n{text} — “ok”\nplain\n{text}"


@pytest.mark.parametrize("said", ["", "utf-8", "iso-8859-1", "koi8-r"])
def test_old_files_of_macs_are_read_where_nothing_near_is_declared(said: str) -> None:
    assert decode(page(RU, said).encode("mac_cyrillic")).text == page(RU, said)


def test_a_few_letters_of_an_old_encoding_do_not_spoil_lines_of_utf_8() -> None:
    lines = ["The café stayed open — “quoted”, he said.", "Le café naïf", "Café “Olé” — open."]
    content = b"\n".join((lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()))

    assert decode(content).text == "\n".join(lines)


def test_control_characters_are_gone_before_a_heading_is_compared_with_the_title() -> None:
    story = "".join(f"<p>{FR}</p>" for _ in range(2))
    markup = f"<title>Port burns - Daily</title><h1>Port\x0c bur\x02ns\x08</h1><p>{EL}</p>{story}"
    article = clean_page(f"<html><body>{markup}</body></html>")

    assert article.title == "Port burns"
    assert "controls_removed" in article.quality.flags
    assert "controls_removed" not in decode(b"ISO-2022-JP: \x1b$B" + b"F|").flags
