"""Encodings: in which of several do bytes spell words?

Each is tried, and the letters that come out are weighed by how often the languages of the news use
them, by where in a word they stand, and by what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

_SAMPLE = 24_576
_LEAST = 4  # characters that are no ASCII; fewer say nothing
_MARGIN = 0.2  # by which a better reading must beat the declared one
_GOOD = 0.25  # a reading that spells words
_TRIED = (
    "cp1252", "cp1251", "koi8_r", "koi8_u", "cp866", "cp1125", "iso8859_5", "cp1255", "cp1256",
    "iso8859_6", "cp1253", "cp1250", "iso8859_2", "cp1254", "gb18030", "big5hkscs", "euc_jp",
    "cp932", "cp949", "cp874", "mac_cyrillic",
)  # fmt: skip
"""The first of equals is taken."""
_WIDER = {"koi8-r": "koi8_u", "cp866": "cp1125"}
"""The same with Ukrainian letters, which pages seldom declare."""
_CHINESE = frozenset(("gb18030", "big5hkscs", "big5", "gbk"))
_UNREAD, _CONTROL, _ODD, _MIXED = -4.0, -3.0, -1.0, -1.5

_TIERS = {
    1.0: (
        "оеаинтсріיוהלארתשבמاليمونرتαοιετσνηυρπκ"
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
        "這來國個說們為時會過對裡後從動學開長東當電間員發無實現軍戰擊亡傷兵城市部队隊三次造成两兩死另九受方声聲明救援整夜工作民被求留"
        "日本月火水木金十二五四六七八百万者分行見前北襲知事述助午続新政府党首相議年目内外回最"
        "이다는을의에가은고하도로지사한기서시대해자리어아인나그라정일수원장있전주부보동구제상"
        "스들와과만여세으오게면요할조관된비당화까선회국방안소반공교성경신치통우미계물생연위모되니합했것년월러개때문군북남명양용무발표"
        "민재외중유내트론두말같없또더데쟁격핵포탄병력투입협작부터야간벽란터널항창떨져불타척앉밝혔새날며를운임현활물처직접려습니까달개령통"
        "ąćęłńóśźżğşıéèàçüöäßáíúñõãâêôîëïåæøčšžřůěýőűțăășđ"
    ),
    0.7: "влкмдпуяыנםחדעפקبعدسفهقةكμλςόάίέήώύθδγ“”‘’«»–—…„",
    0.3: "ьгзбчйхжכטצגסזןךףץحجشطصخأإىئءآχβφωξζψ№°€§·",
    -0.2: "шюцщэфъёїєґذضزثظغؤ،؟؛ϊϋΐΰðþ",
}  # fmt: skip
_WEIGHTS = {sign: weight for weight, signs in _TIERS.items() for sign in signs}
_THAI_COMMON = frozenset("านรกอเงมยลวดทสตะปบคหพชจขผ่้ัีิืุูแใไโ็ำถซฟภธณศ")
_THAI_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_FINAL, _NOT_FINAL = frozenset("םןץףךς"), frozenset("מנצפכσ")

_SCRIPTS = re.compile(
    "(?P<latin>[A-Za-z\u00c0-\u024f]+)|(?P<greek>[\u0370-\u03ff]+)|(?P<cyrillic>[\u0400-\u052f]+)|"
    "(?P<hebrew>[\u0590-\u05ff]+)|(?P<arabic>[\u0600-\u06ff]+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<kana>[\u3040-\u30ff]+)|"
    "(?P<half>[\uff61-\uff9f]+)|(?P<han>[\u3400-\u9fff]+)|(?P<hangul>[\uac00-\ud7af]+)|"
    "(?P<wide>[\u3000-\u303f\uff01-\uff60]+)|(?P<control>[\x80-\x9f]+)|(?P<unread>\ufffd+)|"
    "(?P<other>[^\x00-\x7f])"
)
_FOREIGN = re.compile(rb"[\x21-\x7e]*[\x80-\xff][\x21-\xff]*")
"""Words with a sign that is no ASCII: the others speak for no encoding."""
_USUAL, _RARE = 0.1, -0.3
_CASED = frozenset(("latin", "greek", "cyrillic"))
_LETTERS = _CASED | {"hebrew", "arabic"}


def likeliest(content: bytes, declared: Iterable[str]) -> str:
    """The encoding that the bytes are most likely in; "" where none spells words.

    Args:
        declared: what is declared and could be, the most trusted first.
    """
    named = list(declared)
    sample = b" ".join(_FOREIGN.findall(content[:_SAMPLE]))
    scores: dict[str, float] = {}
    for encoding in (*named, *_TRIED):
        if encoding not in scores:
            found = _score(sample, encoding)
            if found is None:
                return named[0] if named else ""
            scores[encoding] = found
    best = max(scores, key=lambda encoding: scores[encoding])
    for encoding in named:
        if scores[encoding] >= scores[best] - _MARGIN:
            wider = _WIDER.get(encoding, encoding)
            return wider if scores[wider] > scores[encoding] else encoding
    if scores[best] >= _GOOD:
        return best
    return named[0] if named else ""


def _score(sample: bytes, encoding: str) -> float | None:
    """How much a character outside ASCII speaks for an encoding; None where there are too few."""
    text = sample.decode(encoding, "replace")
    if text.endswith("\ufffd"):
        text = text[:-1]  # a character that the sample cut
    foreign = sum(not sign.isascii() for sign in text)
    if foreign < _LEAST:
        return None if sum(byte > 127 for byte in sample) < _LEAST else _UNREAD
    total = 0.0
    before, end = "", -1
    for match in _SCRIPTS.finditer(text):
        kind, run = str(match.lastgroup), match[0]
        total += _weighed(kind, run, chinese=encoding in _CHINESE)
        touching = match.start() == end and kind in _LETTERS and before in _LETTERS
        if touching and kind != before:
            total += _MIXED * len(run)
        before, end = kind, match.end()
    return total / foreign


def _weighed(kind: str, run: str, *, chinese: bool) -> float:
    if kind == "unread":
        return _UNREAD * len(run)
    if kind == "control":
        return _CONTROL * len(run)
    if kind == "half":
        return _ODD * len(run)
    if kind == "kana":
        return (-0.5 if chinese else 0.9) * len(run)
    if kind == "wide":
        return 0.5 * len(run)
    if kind == "han":
        usual = _usual_han()
        return sum(_WEIGHTS.get(sign, _USUAL if sign in usual else _RARE) for sign in run)
    if kind == "hangul":
        return sum(_WEIGHTS.get(sign, -0.1) for sign in run)
    if kind == "thai":
        return _in_thai(run)
    if kind == "other":
        return _WEIGHTS.get(run, _ODD)
    return _in_word(kind, run)


@cache
def _usual_han() -> frozenset[str]:
    """The signs that the makers of GB 2312 and Big5 put first, as those that people write: of text
    that was read in a wrong encoding more than half are others.
    """
    gb = bytes(byte for lead in range(0xB0, 0xD8) for t in range(0xA1, 0xFF) for byte in (lead, t))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = bytes(byte for lead in range(0xA4, 0xC7) for trail in trails for byte in (lead, trail))
    return frozenset(gb.decode("gb2312", "ignore") + big5.decode("big5", "ignore"))


def _in_thai(run: str) -> float:
    """The weight of Thai letters: marks above and below stand on a consonant or on another mark."""
    total = 0.0
    before = ""
    for sign in run:
        total += 0.8 if sign in _THAI_COMMON else -0.3
        if sign in _THAI_MARKS and not ("ก" <= before <= "ฮ" or before in _THAI_MARKS):
            total -= 2.0
        before = sign or before
    return total


def _in_word(kind: str, run: str) -> float:
    """The weight of a word's letters that are no ASCII."""
    signs = [sign for sign in run if not sign.isascii()]
    if not signs:
        return 0.0
    total = sum(_WEIGHTS.get(sign.lower(), -0.5 if kind != "latin" else 0.0) for sign in signs)
    if kind in _CASED:
        inner = sum(sign.isupper() for sign in run[1:])
        if inner and not run.isupper():
            total -= 1.5 * inner
        elif inner:
            total -= 0.15 * len(signs)  # somebody shouts
    if kind == "latin":
        pairs = sum(not a.isascii() and not b.isascii() for a, b in pairwise(run))
        total -= 0.9 * pairs
    total -= 1.5 * sum(sign in _FINAL for sign in run[:-1])
    total -= 1.0 * (run[-1] in _NOT_FINAL and len(run) > 1)
    return total
