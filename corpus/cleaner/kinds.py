"""Kinds: is this page an article?

Or a live blog, gallery, video, list of others, paywall's stub?
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from corpus.article import Kind
from corpus.cleaner.body.furniture import rest_is_there
from corpus.cleaner.body.offers import ASKS, WALL, is_gate, leads_on
from corpus.cleaner.declared.structured import Declared, types_of
from corpus.cleaner.same_words import Caseless, count_words
from corpus.cleaner.tree.blocks import HEADINGS, Block, kind_of

_LIVE = re.compile(
    r"(?:^|[\W_])(?:as it happened|^updates?(?=\s*[:–—|-])|latest updates?(?=\s*(?:[:–—|-]|$))|latest(?=\s*[:–—|-])|live(?=\s*[:|])|(?:news)?ticker|live[- ]?(?:blog|updates?|ticker|coverage|news|reporting|text)|liveticker|"
    r"newsblog|nieuwsblog|minute by minute|minuto a minuto|минута за минутой|хвилина за хвилиною|"
    r"en[- ]direct|en[- ]vivo|en directo|in diretta|ao vivo|na żywo|canlı (?:anlatım|blog|yayın)|"
    r"dakika dakika|(?:текстовая |онлайн[- ]?)?трансляция|онлайн-(?:репортаж|хроника|хроніка)|наживо(?=\s*[:|–—-])|le direct(?=\W*$)|diretta(?=\s*[:|])|(?:текстова |онлайн[- ])?трансляці[яї]|"
    r"прямой эфир|прямая трансляция|прямий ефір|пряма трансляція|"
    r"(?:עדכונים|דיווחים|עדכוני) (?:חיים|שוטפים|בזמן אמת)|בזמן אמת|שידור ישיר|דיווח חי|דקה אחר דקה|שידור חי|پوشش (?:زنده|لحظه ?به ?لحظه)|لحظه ?به ?لحظه|"
    r"percről percre|élő (?:közvetítés|tudósítás)|(?:la|in) diretta|minute par minute|minuut tot minuut|"
    r"relacja (?:live|minuta po minucie)|minuta po minucie|minut[ua] po minut[ěeiu]|minut cu minut|minuto per minuto|minutt for minutt|minut för minut|"
    r"(?:direktrapport|direktesending|direkterapport|livetext|live text|livestudio|seuranta|hetki hetkeltä|λεπτό προς λεπτό|минута по минута|минут за минут|из минуте у минут|iz minute u minut|dəqiqəbədəqiqə|պահ առ պահ)|an be an|в (?:режиме )?реально(?:го|м) времени|(?:у|в) (?:режимі )?реально(?:го|му) час[іу]|en tiempo real|última hora|"
    r"لحظة بلحظة|تغطية (?:مباشرة|مستمرة|حية)|بث مباشر|أول[اً]{1,2} بأول)(?:$|[\W_])",
    re.IGNORECASE,
)
_LIVE_WORD = re.compile(
    r"^\W*(?:online|živě|naživo|uživo|уживо|suoraan|ζωντανά|на живо|canlı yayım|ուղիղ)\s*[:|]|"
    r"^\W*хрон(?:ика|іка|ология|ологія)\s+\S|^\W*(?:live|direct|directo|diretta|ticker|онлайн|наживо|хроника|хроніка|مباشر|canlı|ao vivo|direto|élő|"
    r"زنده|לייב)\s*[:|.–—-]|(?:^|\s)\+{2,3}\s.*\s\+{2,3}|"
    r"[:|.,(–—-]\s*(?:live|directo?|ticker|онлайн|наживо|(?:новость )?(?:обновляется|дополняется)|(?:новина )?(?:оновлюється|доповнюється)|хроника(?: (?:дня|событий))?|хроніка(?: (?:дня|подій))?|"
    r"مباشر|canlı|direto|диретта|en continu|der ticker)\W*$|\s(?:онлайн|наживо)\W*$",
    re.IGNORECASE,
)
_LIVE_WIDE = re.compile(  # in scripts whose words stand without spaces, and those they may follow
    "실시간|생중계|라이브|ライブ(?:更新|中継|ブログ)?|速報中|リアルタイム|随時更新|直播|[实實][时時]更新|[滚滾]动?動?更新|"
    r"อัปเดตสด|ถ่ายทอดสด|trực tiếp|(?:^|\W)uživo(?:\W|$)|[:–—-]\s*(?:online|on-line)\W*$",
    re.IGNORECASE,
)
_LIVE_PARTS = re.compile(
    r"(?:^| )(?:live-?blog|live-?ticker|ticker|live|liveblog)-?(?:entry|post|update|item|event|eintrag)(?:-\w+)*(?= |$)"
)
_CLOCK_FIRST = re.compile(
    r"\W*(?:(?:[Oo]re|[Hh]oras?|às|[Aa]t|[Uu]m|[Kk]l\.?|[Gg]odz\.?|[Cc]a\.?|[Ss]aat|[Вв]|[Оо]б?|الساعة|שעה)\s+)?(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d\b"
)
_LIVE_TIMES = 4  # times of day, with which a page that is called live is
_LIVE_PATH = re.compile(
    r"/live(?:blog|ticker|-news|-updates?)?/|[-/]live-(?:updates?|blog)", re.IGNORECASE
)
_GALLERY_PATH = re.compile(
    r"/(?:gallery|galleries|pictures|photos?|photo-?gallery|slideshow|bildergalerie|fotostrecke|"
    r"diaporama|fotogaleria|in-pictures)/",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|av|tv|mediathek)/", re.IGNORECASE)
_SHOWN_ELSEWHERE = frozenset(("footer", "navigation", "masthead", "comments", "teasers"))
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|[^\W_]|,|-|–)\s*$")
_BROKEN_OFF = ("…", "...", "[…]", "[...]")
_ASKING = 400  # characters of what asks for something
_GOES_ON = 2  # paragraphs below it, with which the story goes on
_STUB_WORDS = 220
_GATED_WORDS, _BELOW = 120, 3  # of a story that a line in any words closes; lines it may be among
_VIDEO_WORDS = 130
_GALLERY_WORDS = 90
_INDEX_LINKED = 0.45
_STORY_WORDS = 90
_STORY_LINKED = 0.2
_LISTING = Caseless(  # what a page is called that only leads to others
    r"\W*(?:(?:category|tag|author|topic|section|browsing)(?: archives?)?\s*:|(?:archives?|posts? tagged|(?:articles|stories|posts) by|all posts (?:by|in|from)|results for|search results)\b|"
    r"(?:kategorie|schlagwort|autor|archiv|catégorie|étiquette|mot-clé|auteur|archives?|categoría|etiqueta|autor|archivo|categoria|tag|autore|archivio|arquivo|"
    r"kategoria|archiwum|kategori|etiket|arşiv|рубрика|метка|тег|архив|автор|категория|позначка|архів|категорія|التصنيف|الوسم|وسم|أرشيف|קטגוריה|תגית|ارشیف|برچسب|دسته)\s*:|"
    r"(?:suchergebnisse|résultats de (?:la )?recherche|resultados (?:de (?:la )?búsqueda|da busca|para)|risultati (?:della )?ricerca|wyniki wyszukiwania|arama sonuçları|"
    r"результаты поиска|результати пошуку|نتائج البحث|תוצאות חיפוש|نتایج جستجو|搜索结果|搜尋結果|検索結果|검색 ?결과))|"
    r"^[^|–—-]{2,40} archives?\s*(?:$|[|–—-])",
)
_WHOLLY = 0.8
_FRONT = 6  # the same of a site's first page
_BEGUN, _MOSTLY, _EXCERPT = 4, 0.6, 40  # lines that end in the middle, their share and length
_LISTED = 3  # headings on it, each of which is a link
_PICTURED = Caseless(  # what a page is called whose story is told by pictures
    r"(?:^|[:|–—-]\s*)(?:in (?:pictures|photos|images)|(?:photos?|pictures) of the (?:day|week)|photo (?:gallery|essay)|en (?:images|imágenes|fotos)|in bildern|bildergalerie|"
    r"fotostrecke|em (?:imagens|fotos)|(?:las |die )?(?:fotos|bilder)|(?:le )?foto(?:galleria|gallery|galería|galeria|reportage|reportaje)?|fotoğraflarla|w obiektywie|na zdjęciach|(?:в )?фотографиях|"
    r"фоторепортаж|фотогалерея|фотолента|(?:у )?фото|بالصور|صور|בתמונות|در تصاویر|به روایت تصویر)\s*(?:$|[:|.–—-])",
)
_MOST_PICTURED, _CAPTIONS = 60, 4  # words beside them; captions


def kind_of_page(top: Block, declared: Declared, *, url: str | None, title: str, text: str) -> Kind:
    """What a page is, from its declared type, its address, and the shape of what was found.

    Args:
        top: the page's outline before anything was dropped counts in `size` and `linked`.
        text: the article text that was extracted.
    """
    types = {kind for node in declared.nodes for kind in types_of(node)}
    path = urlsplit(url).path.lower() or "/" if url else ""
    words = count_words(text)
    checks = (
        (Kind.LIVE_BLOG, _is_live(top, declared, types, path, title, text)),
        (Kind.PAYWALL_STUB, _is_stub(top, declared, words, text)),
        (Kind.GALLERY, _is_gallery(top, types, path, title, words)),
        (Kind.VIDEO, _is_video(types, path, declared, words)),
        (Kind.INDEX_PAGE, _is_index(top, types, path, declared, words, title, text)),
    )
    return next((kind for kind, holds in checks if holds), Kind.ARTICLE)


def _is_live(
    top: Block, declared: Declared, types: set[str], path: str, title: str, text: str
) -> bool:
    """Declared, or called live, with entries that tell the time of day."""
    if "liveblogposting" in types or _LIVE_PATH.search(path):
        return True
    called = bool(_LIVE.search(title))
    named = called or bool(_LIVE_WORD.search(title) or _LIVE_WIDE.search(title))
    if called and "live" in path:
        return True
    if not named:
        marks = {block.marks for block in top.everything() if block.marks}
        called_so = set(filter(_LIVE_PARTS.search, marks))
        everything = top.everything() if called_so else ()
        parts = (block for block in everything if block.marks in called_so)
        return sum(
            any(run.prose and run.text in text for run in part.runs()) for part in parts
        ) >= (_LIVE_TIMES)
    told = sum(bool(_CLOCK_FIRST.match(run.text)) for run in top.all_runs())
    return max(told, len(declared.times)) >= _LIVE_TIMES


def _is_stub(top: Block, declared: Declared, words: int, text: str) -> bool:
    """A short text, and a sign that it is cut: the page asks to subscribe or log in for the rest.

    A text that breaks off is such a sign only where the page says that it is not free: a short
    story may be whole.
    """
    free = str(declared.article.get("isAccessibleForFree")).lower()
    if words >= _STUB_WORDS or free == "true":
        return False
    if free == "false" or "locked" in declared.meta.get("article:content_tier", ()):
        walls = [block for block in top.everything() if WALL.search(block.marks)]
        shown = any(run.prose and run.text in text for wall in walls for run in wall.runs())
        if (walls and not shown) or _CUT.search(text):
            return True
    short = words < _GATED_WORDS
    asked = _is_asked_for_the_rest(top, text) or (short and _is_gated(top, text))
    return asked and not rest_is_there(top, text, least=_GOES_ON)


def _is_gated(top: Block, text: str) -> bool:
    """Whether one of the lines right below a very short story closes the rest of it, or, where that
    breaks off, leads on.
    """
    below, gated = -1, False
    last = text.split("\n")[-_BELOW:]  # what leads on may stand there itself
    cut = any(line.rstrip().endswith(_BROKEN_OFF) for line in last)
    for run in top.all_runs():
        if run.dropped != "offer" and run.text in text and run.prose:
            below, gated = 0, False
        elif 0 <= below < _BELOW and not _is_shown_elsewhere(run):
            below += 1
            gated = gated or is_gate(run.text) or (cut and leads_on(run.text))
    return gated


def _is_shown_elsewhere(run: Block) -> bool:
    return run.dropped in _SHOWN_ELSEWHERE or any(
        block.dropped in _SHOWN_ELSEWHERE for block in run.ancestors()
    )


def _is_asked_for_the_rest(top: Block, text: str) -> bool:
    """Whether the page asks to subscribe or log in, and does not go on with its story all the same."""
    asks = cache(ASKS.search)  # pages say the same many times over, and this takes a while
    before, asked, after = 0, False, 0
    for run in top.all_runs():
        if run.prose and not asks(run.text) and run.text in text:
            after += asked
            before += not asked
        elif run.size < _ASKING and asks(run.text) and not _is_shown_elsewhere(run):
            asked = True
            before += bool(run.prose and run.text in text)  # a sentence of the story may say so
    return asked and not (before and after >= _GOES_ON)


def _is_gallery(top: Block, types: set[str], path: str, title: str, words: int) -> bool:
    if words >= 3 * _GALLERY_WORDS:
        return False
    if words < _MOST_PICTURED and _PICTURED.search(title):
        shown = (block for block in top.everything() if block.dropped == "caption")
        captions = sum(block.parent is None or not block.parent.dropped for block in shown)
        return captions >= _CAPTIONS
    named = "imagegallery" in types or "mediagallery" in types or bool(_GALLERY_PATH.search(path))
    return named and (words < _GALLERY_WORDS or "newsarticle" not in types)


def _is_video(types: set[str], path: str, declared: Declared, words: int) -> bool:
    if words >= _VIDEO_WORDS:
        return False
    kind = next(iter(declared.meta.get("og:type", ())), "").lower()
    return (
        kind.startswith("video")
        or bool(_VIDEO_PATH.search(path))
        or ("videoobject" in types and "newsarticle" not in types)
    )


def _is_index(
    top: Block, types: set[str], path: str, declared: Declared, words: int, title: str, text: str
) -> bool:
    if {"newsarticle", "article", "blogposting", "reportagenewsarticle"} & types:
        return False
    kind = next(iter(declared.meta.get("og:type", ())), "").lower()
    if kind == "article":
        return False
    everything = top.all_runs()
    if _is_called_a_list(everything, declared, title) or _is_broken_off(text):
        return True
    size = sum(run.size for run in everything) or 1
    linked = sum(run.linked for run in everything)
    front = path in ("", "/") and kind in ("website", "")
    if front and path and words < _STUB_WORDS and _count_leading(everything) >= _FRONT:
        return True
    if linked / size <= _INDEX_LINKED:
        return False
    return front or words < _STORY_WORDS or (words < _STUB_WORDS and _is_linked(top))


def _is_called_a_list(runs: list[Block], declared: Declared, title: str) -> bool:
    """Whether a page is called a category, an archive or a search, and holds headings that lead to
    stories.
    """
    called = [title, *(tag.get_text(" ", strip=True) for tag in declared.headings[:1])]
    if not any(map(_LISTING.search, called)):
        return False
    return _count_leading(runs) >= _LISTED


def _count_leading(runs: list[Block]) -> int:
    """How many headings are links."""
    return sum(run.link_density > _WHOLLY and kind_of(run) in HEADINGS for run in runs)


def _is_broken_off(text: str) -> bool:
    """Whether most lines of any length end in the middle, as what only begins stories does."""
    parts = [line for line in text.split("\n") if len(line) >= _EXCERPT]
    broken = sum(part.endswith(_BROKEN_OFF) for part in parts)
    return broken >= _BEGUN and broken >= _MOSTLY * len(parts)


def _is_linked(top: Block) -> bool:
    """Whether what was kept is itself full of links; a short story under long menus is not."""
    kept = list(top.runs())
    linked = sum(run.linked for run in kept)
    return linked > _STORY_LINKED * sum(run.size for run in kept)
