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
    ),
    "url": (
        "url", "link", "address", "permalink", "article url", "story url", "web url", "source url",
        "canonical url", "page url", "main entity of page",
        "source urls", "mention identifier", "document identifier",
        "v2 document identifier", "href", "uri", "lien", "enlace", "ссылка", "посилання",
        "الرابط", "bağlantı", "webpage url", "tweet url", "post url", "message url",
    ),
    "outlet": (
        "outlet", "source", "publication", "publication title",
        "container title", "publisher", "source name", "media name", "site name",
        "newspaper", "page name", "site", "source domain", "domain", "channel", "quelle",
        "zeitung", "média",
        "journal", "fuente", "medio", "testata", "источник", "издание", "джерело", "видання",
        "المصدر", "źródło", "kaynak", "account", "username", "screen name", "handle",
    ),
    "language": (
        "language", "lang", "sprache", "langue", "idioma", "lingua", "язык", "мова", "اللغة",
        "język", "dil",
    ),
    "bylines": (
        "bylines", "byline", "author name", "author", "authors", "creator", "writer", "autor",
        "autoren", "auteur", "auteurs", "autores", "autore", "автор", "авторы", "автори", "الكاتب",
        "autorzy", "yazar", "user", "published by", "full name", "display name", "uploader",
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
    return found


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


_KNOWN = {key: tuple(map(_letters, names)) for key, names in KEYS.items()}
