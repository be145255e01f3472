"""Kinds: is this page an article?

Or a live blog, gallery, video, list of others, paywall's stub?
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from corpus.article import Kind
from corpus.cleaner.declared.structured import Declared, types_of
from corpus.cleaner.tree.blocks import RUN, Block

_LIVE = re.compile(
    r"(?:^|[\W_])(?:live[- ]?(?:blog|updates?|ticker|coverage|news|reporting|text)|liveticker|"
    r"newsblog|nieuwsblog|minute by minute|minuto a minuto|минута за минутой|хвилина за хвилиною|"
    r"en[- ]direct|en[- ]vivo|en directo|in diretta|ao vivo|na żywo|canlı (?:anlatım|blog|yayın)|"
    r"dakika dakika|(?:текстовая |текстова |онлайн[- ]?)трансляция|онлайн[- ]трансляці[яї]|"
    r"لحظة بلحظة|تغطية (?:مباشرة|مستمرة|حية))(?:$|[\W_])",
    re.IGNORECASE,
)
_LIVE_WORD = re.compile(
    r"^\W*(?:live|direct|diretta|ticker|онлайн|наживо|хроника|хроніка|مباشر|canlı|ao vivo|direto)\s*[:|–—-]|"
    r"[:|.,–—-]\s*(?:live|ticker|онлайн|наживо|хроника(?: (?:дня|событий))?|хроніка(?: (?:дня|подій))?|"
    r"مباشر|canlı|direto|диретта|en continu|der ticker)\W*$",
    re.IGNORECASE,
)
_LIVE_PARTS = re.compile(
    r"(?:^| )(?:live-?blog|live-?ticker|ticker|live|liveblog)-?(?:entry|post|update|item|event|eintrag)(?:-\w+)*(?= |$)"
)
_CLOCK_FIRST = re.compile(r"\W*(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d\b")
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
_PAYWALL = re.compile(
    r"(?:subscribe|subscription|sign in|log in|register|become a (?:member|subscriber)|"
    r"start (?:your|a) (?:free )?trial)\b[^.]{0,60}\bto (?:continue|read|keep|unlock|access|finish)\b|"
    r"to (?:continue|keep|finish) reading\b[^.]{0,60}\b(?:subscribe|sign|log|register|account|member)|"
    r"already a subscriber|unlock this (?:article|story)|for (?:paying )?subscribers only|"
    r"(?:this|the rest of (?:this|the)) (?:article|content|story|report) is (?:for|only|reserved|exclusive|"
    r"available (?:only |exclusively )?(?:to|for))|(?:subscribers?|members?)[ -]only (?:content|article|story)|"
    r"you(?:['’]ve| have) (?:reached|read|used) (?:your|all|the) [^.]{0,30}\b(?:free )?(?:articles?|limit)|"
    r"(?:diese[rn]?|der|den) (?:artikel|beitrag|text|inhalt)\b[^.]{0,60}\b(?:abonnent\w*|abo\b|exklusiv)|"
    r"weiterlesen (?:mit|als|nach)\b|(?:exklusiv|nur) für (?:unsere )?(?:abonnent|mitglieder|registrierte)|"
    r"(?:jetzt|hier|bitte) (?:abonnieren|anmelden|registrieren|testen)[^.]{0,50}\b(?:weiter\w*|lesen)|"
    r"(?:mit|als) [^.]{0,30}\b(?:abo|abonnent\w*)\b[^.]{0,40}\b(?:weiter)?lesen|sie möchten weiterlesen|"
    r"um (?:weiterzulesen|(?:den|diesen) (?:ganzen |vollständigen )?(?:artikel|beitrag)[^.]{0,20} lesen)|"
    r"réservée?s? (?:à nos |aux |à ses )?abonnés|lire la suite|lire l['’]article en|pour lire la suite|"
    r"(?:abonnez|connectez|inscrivez)-vous\b[^.]{0,50}\b(?:lire|suite|continuer|poursuivre|accéder à (?:cet|l[’']|la suite))|"
    r"il (?:vous )?reste \d+ ?% de (?:cet|l['’])|(?:suscríbe|inicia sesión|regístra)\w*[^.]{0,50}\b(?:seguir|continuar|"
    r"leer)|(?:contenido|artículo) (?:exclusivo|s[oó]lo) [^.]{0,20}\bsuscriptores|para (?:seguir|continuar) leyendo|"
    r"(?:abbonati|accedi|registrati)\b[^.]{0,50}\b(?:continuare|leggere|proseguire)|riservato agli abbonati|"
    r"(?:assine|cadastre-se|faça login)\b[^.]{0,50}\b(?:continuar|ler)|exclusivo para assinantes|"
    r"(?:wykup|kup|zaloguj się|uzyskaj)\b[^.]{0,50}\b(?:czytać|czytania|dostęp)|tylko dla (?:prenumerator|subskrybent)|"
    r"(?:оформите|купите|активируйте|оплатите) (?:\w+ )?подписку|подпишитесь\b[^.]{0,40}\b(?:читать|дочитать|продолж\w+|"
    r"прочитать)|чтобы (?:читать|дочитать|прочитать|продолжить)\b|(?:доступ\w*|материал|статья|текст)\b[^.]{0,40}\b"
    r"(?:для|по) подпис\w+|читать (?:дальше|полностью)[^.]{0,30}(?:подпис|регистр|войд)|"
    r"(?:оформ[іи]ть|придбайте|купіть) (?:\w+ )?(?:передплату|підписку)|(?:передплатіть|підпишіться)\b[^.]{0,40}\b"
    r"(?:читати|дочитати|продовж\w+|прочитати)|(?:щоб|аби) (?:читати|дочитати|прочитати|продовжити)\b|"
    r"(?:доступн\w*|матеріал|стаття|текст)\b[^.]{0,40}\b(?:для|за) (?:передпла|підпис)\w+|"
    r"(?:اشترك|اشتركوا|سجل|سجّل|قم بالاشتراك|قم بتسجيل)\w*[^.]{0,40}(?:لمتابعة|لقراءة|للقراءة|لمواصلة|لإكمال|للاطلاع)|"
    r"(?:هذا|هذه) (?:المقال|المحتوى|المادة|المقالة)\w*[^.]{0,30}(?:للمشتركين|مخصص|حصري)|للمشتركين فقط|"
    r"لقراءة (?:المزيد|بقية|المقال)[^.]{0,30}(?:اشترك|سجل|سجّل)",
    re.IGNORECASE,
)
_SHOWN_ELSEWHERE = frozenset(("footer", "navigation", "masthead", "comments", "teasers"))
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|[^\W_]|,|-|–)\s*$")
_STUB_WORDS = 220
_VIDEO_WORDS = 130
_GALLERY_WORDS = 90
_INDEX_LINKED = 0.45
_STORY_WORDS = 90
_STORY_LINKED = 0.2


def kind_of_page(top: Block, declared: Declared, *, url: str | None, title: str, text: str) -> Kind:
    """What a page is, from its declared type, its address, and the shape of what was found.

    Args:
        top: the page's outline before anything was dropped counts in `size` and `linked`.
        text: the article text that was extracted.
    """
    types = {kind for node in declared.nodes for kind in types_of(node)}
    path = urlsplit(url).path.lower() if url else ""
    words = len(text.split())
    checks = (
        (Kind.LIVE_BLOG, _is_live(top, declared, types, path, title, text)),
        (Kind.PAYWALL_STUB, _is_stub(top, declared, words, text)),
        (Kind.GALLERY, _is_gallery(types, path, words)),
        (Kind.VIDEO, _is_video(types, path, declared, words)),
        (Kind.INDEX_PAGE, _is_index(top, types, path, declared, words)),
    )
    return next((kind for kind, holds in checks if holds), Kind.ARTICLE)


def _is_live(
    top: Block, declared: Declared, types: set[str], path: str, title: str, text: str
) -> bool:
    """Declared, or called live, with entries that tell the time of day."""
    if "liveblogposting" in types or _LIVE_PATH.search(path):
        return True
    called = bool(_LIVE.search(title))
    if called and "live" in path:
        return True
    if not called and not _LIVE_WORD.search(title):
        parts = (block for block in top.everything() if _LIVE_PARTS.search(block.marks))
        return sum(
            any(run.prose and run.text in text for run in part.runs()) for part in parts
        ) >= (_LIVE_TIMES)
    told = sum(bool(_CLOCK_FIRST.match(run.text)) for run in top.everything() if run.tag == RUN)
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
        walled = any(
            "paywall" in block.marks or "regwall" in block.marks for block in top.everything()
        )
        if walled or _CUT.search(text):
            return True
    asks = cache(_PAYWALL.search)  # pages say the same many times over, and this takes a while
    return any(
        run.tag == RUN
        and run.size < 400
        and run.dropped not in _SHOWN_ELSEWHERE
        and asks(run.text)
        and not any(block.dropped in _SHOWN_ELSEWHERE for block in run.ancestors())
        for run in top.everything()
    )


def _is_gallery(types: set[str], path: str, words: int) -> bool:
    if words >= 3 * _GALLERY_WORDS:
        return False
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


def _is_index(top: Block, types: set[str], path: str, declared: Declared, words: int) -> bool:
    if {"newsarticle", "article", "blogposting", "reportagenewsarticle"} & types:
        return False
    kind = next(iter(declared.meta.get("og:type", ())), "").lower()
    if kind == "article":
        return False
    everything = [block for block in top.everything() if block.tag == RUN]
    size = sum(run.size for run in everything) or 1
    linked = sum(run.linked for run in everything)
    front = path in ("", "/") and kind in ("website", "")
    if linked / size <= _INDEX_LINKED:
        return False
    return front or words < _STORY_WORDS or (words < _STUB_WORDS and _is_linked(top))


def _is_linked(top: Block) -> bool:
    """Whether what was kept is itself full of links; a short story under long menus is not."""
    kept = [run for run in top.runs() if run.tag == RUN]
    linked = sum(run.linked for run in kept)
    return linked > _STORY_LINKED * sum(run.size for run in kept)
