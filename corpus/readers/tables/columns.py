"""Columns: which key of a record does a column, or a key that is called otherwise, hold?

One table for CSV, JSON and `--map`. Names are compared by their letters and digits alone:
`publishedAt`, `published_at` and `Published at` are one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "article id", "guid", "doc id", "document id", "story id", "stories id", "uuid"),
    "title": (
        "title", "headline", "heading", "web title", "article title", "story title", "subject",
        "titel", "überschrift", "schlagzeile", "titre", "título", "titular", "titolo", "заголовок",
        "название", "назва", "العنوان", "tytuł", "başlık",
        "عنوان", "تیتر", "כותרת", "제목", "タイトル", "見出し", "标题", "標題", "naslov", "otsikko",
    ),
    "text": (
        "text", "body", "content", "article", "full text", "article text", "article body",
        "raw content", "main text", "body text", "plain text", "story text", "content text",
        "text content", "self text", "hlead", "tweet text", "post text", "message text",
        "cleaned text", "raw text", "story", "document", "message", "description", "summary",
        "notes", "abstract", "abstract note", "snippet",
        "volltext", "artikeltext", "inhalt", "texte", "contenu",
        "texto", "contenido", "testo", "contenuto", "текст", "полный текст", "содержание",
        "повний текст", "зміст", "النص", "المحتوى", "tekst", "treść", "metin", "içerik",
        "متن", "متن خبر", "محتوا", "טקסט", "תוכן", "نص الخبر", "본문", "내용", "本文", "正文", "内容", "內容",
        "текст статьи", "текст статті", "corps du texte", "texte de l'article",
        "incident description", "event description", "narrative", "assessment",
        "details", "cuerpo", "corpo", "beschreibung", "описание", "опис", "descripción",
        "descrição", "descrizione", "opis", "açıklama", "الوصف", "وصف", "شرح", "תיאור", "corps",
        "texte intégral", "artikel",
    ),
    "html": ("html", "page", "content html", "body html", "raw html"),
    "date": (
        "date", "published", "published at", "publish date", "pub date", "published date",
        "publication date", "published on", "date published", "date publish", "publish time",
        "web publication date", "post created", "post created date", "datetime", "timestamp",
        "created at", "created", "posted at", "created utc",
        "datum", "veröffentlicht", "erscheinungsdatum", "date de publication", "publié le",
        "fecha", "fecha de publicación", "data pubblicazione", "data de publicação", "дата",
        "дата публикации", "дата публікації", "التاريخ", "تاريخ النشر", "data publikacji", "tarih",
        "yayın tarihi", "upload date", "post date", "date utc",
        "date de parution", "date parution", "data di pubblicazione", "data wydania", "تاریخ",
        "تاریخ انتشار", "תאריך", "날짜", "日付", "日期", "fecha y hora", "дата и время",
    ),
    "url": (
        "url", "link", "address", "permalink", "article url", "story url", "web url", "source url",
        "canonical url", "page url", "main entity of page",
        "source urls", "mention identifier", "document identifier",
        "v2 document identifier", "href", "uri", "lien", "enlace", "ссылка", "посилання",
        "الرابط", "bağlantı", "لینک", "קישור", "링크", "链接", "連結", "webpage url", "tweet url", "post url", "message url",
    ),
    "outlet": (
        "outlet", "source", "publication", "publication title",
        "container title", "publisher", "source name", "media name", "site name",
        "newspaper", "page name", "site", "source domain", "domain", "channel", "quelle",
        "zeitung", "média",
        "journal", "fuente", "medio", "testata", "источник", "издание", "джерело", "видання",
        "المصدر", "źródło", "kaynak", "veículo", "jornal", "giornale", "periódico", "منبع", "خبرگزاری",
        "מקור", "channel name", "channel title", "chat title", "언론사", "媒体", "媒體", "газета",
        "gazete", "gazeta", "الصحيفة", "account", "username", "screen name", "handle",
    ),
    "language": (
        "language", "lang", "sprache", "langue", "idioma", "lingua", "язык", "мова", "اللغة",
        "język", "dil",
    ),
    "bylines": (
        "bylines", "byline", "author name", "author", "authors", "creator", "writer", "autor",
        "autoren", "auteur", "auteurs", "autores", "autore", "автор", "авторы", "автори", "الكاتب",
        "autorzy", "yazar", "نویسنده", "نویسندگان", "מחבר", "المؤلف", "기자", "作者", "著者", "журналист",
        "журналіст", "giornalista", "periodista", "journaliste", "verfasser", "user", "published by", "full name", "display name", "uploader",
    ),
    "modified": (
        "modified", "updated", "date modified", "date modify", "modified at", "modified date",
        "updated at", "date updated", "update date", "last modified", "last updated", "lastmod",
        "modification date", "modified gmt",
    ),
    "section": (
        "section", "category", "rubric", "section name", "rubrik", "ressort", "rubrique",
        "sección", "раздел", "рубрика", "розділ", "القسم",
    ),
}  # fmt: skip
"""The keys of a record, and what columns are called that hold them, in the order of preference."""


def keys_of(names: Iterable[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """The key that each name holds, for those that hold one; of two for one key the better named.

    Args:
        mapped: what a person said: which name holds which key.
    """
    names = list(names)
    by_letters: dict[str, str] = {}
    for name in names:
        by_letters.setdefault(_letters(name), name)
    found = {name: key for key, name in mapped.items() if name in names}
    taken = set(found.values())
    for key, known in _KNOWN.items():
        best = next((by_letters[one] for one in known if one in by_letters), None)
        if best is not None and key not in taken:
            found.setdefault(best, key)
    if (
        "date" not in (*taken, *found.values())
        and _DATED_SO & by_letters.keys()
        and "data" in by_letters
    ):
        found.setdefault(by_letters["data"], "date")
    return found


_DATED_SO = frozenset(
    "titolo testo testata autore titulo título texto corpo veículo autor tytuł treść tekst źródło".split()
)
"""Columns beside which one called "data" holds days, in Italian, Portuguese and Polish."""


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


_KNOWN = {key: tuple(map(_letters, names)) for key, names in KEYS.items()}
