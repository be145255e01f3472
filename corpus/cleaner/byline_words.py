"""What do bylines say beside names, in the languages of the corpus? Patterns, and nothing else."""

from __future__ import annotations

_WRITTEN = (
    "written|posted|reported|reporting|published|story|words|text|article|analysis|opinion|review|"
    "comment|interview|pressemitteilung|im wortlaut|view all posts|more from|veröffentlicht|"
    "eingestellt|erstellt|verfasst|"
    "geschrieben|gepostet|artikel|beitrag|ein(?:e|en)? (?:gastbeitrag|gastkommentar|kommentar|"
    "analyse|interview|bericht|reportage|essay)|propos recueillis|publié|écrit|rédigé|une analyse|"
    "escrito|publicado|redactado|entrevista|una crónica|scritto|a cura"
)
BY = (
    r"by|von|par|por|di|da|door|av|przez|author|autor|auteur|автор(?:ы|и|ка)?(?: статьи)?|от|від|"
    r"текст|بقلم|كتب(?:ه|ت)?|كتابة|إعداد|أعد[هت]?|تقرير|حوار"
)
LEAD = rf"^\W*(?:(?:{_WRITTEN})\s+)?(?:{BY})\b\s*:?\s*(?:unsere[mrn]?\s+\w+\s+)?"
"""What a byline begins with: "By", "Ein Gastbeitrag von", "Автор:"."""
FROM_WHERE = r"^\W*(?:aus|depuis|desde|from|из|з|من)\s+[\w-]+\s+(?:berichtet|kommentiert)\s+"

OTHER_WORK = (
    r"^\W*(?:edit(?:ing|ed)|photo\w*|fotos?|foto\w*|bild(?:er)?|illustrat\w*|translat\w*|graphics?|"
    r"video|camera|additional|übersetz\w*|traduc\w*|tradui\w*|фото|перевод|переклад|ترجمة|تصوير)\b"
    r"(?:\s+\w+){0,2}?\s*(?:by\b|von\b|par\b|por\b|:)|"
    r"\((?:photos?|fotos?|photographie|bilder|illustration|фото|تصوير)\)"
)
PICTURES = r"\b(?:getty|shutterstock|imago|istock|unsplash|picture alliance|epa-efe)\b"
"""Who took the pictures, edited or translated did not sign; `PICTURES` sell them."""

ROLES = (
    r"correspondents?|reporters?|editors?|editor-in-chief|writers?|columnists?|journalists?|"
    r"producers?|analysts?|contributors?|staff|bureau|chief|senior|political|defen[cs]e|security|"
    r"foreign|diplomatic|world|crime|court|democracy|special|our|local|investigati\w+|freelance|"
    r"redakteur\w*|korrespondent\w*|reporterin|journalistin?\w*|autorin|volontär\w*|"
    r"professor|lecturer|postdoctoral|journaliste|envoyée?s?|correspondante?|grand reporter|"
    r"enviad[oa]s?|corresponsal(?:es)?|periodista|especial(?:es)?|redactora?|"
    r"корреспондент\w*|журналист\w*|обозреватель|редактор\w*|специальный|собственный|спецкор|"
    r"кореспондент\w*|журналістк?\w*|оглядач\w*|مراسل\w*|صحفي\w*|كاتب\w*|محرر\w*|خاص"
)
AGENCIES = (
    r"reuters|associated|interfax|(?-i:AFP|AP|DPA|TASS|UPI|BBC|CNN|EFE|ANSA|SID|KNA|EPD|dpa|afp|sid)|"
    r"agence|agencia|agency|agencies|agencias?|тасс|риа|интерфакс|укрінформ|уніан|агентство|"
    r"jazeera|الجزيرة|رويترز|فرانس برس|برس|الأناضول|وكالات|وكالة"
)
WHEN = (
    r"january|february|march|july|october|november|december|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|updated|published|posted|last modified|im gespräch|(?-i:read|min)"
)
NOBODY = (
    r"team|desk|editorial|newsroom|admin(?:istrator)?|super user|news|press|media|times|post|"
    r"guardian|magazine|journal|radio|tv|online|web|guest|wire|services?|redaktion\w*|rédaction|"
    r"redacción|редакция|редакція|вечрот|photos?|фото|fotos?|instagram|facebook|unknown|anonymous|author|user|"
    r"webmaster|group|network|company|inc|ltd|gmbh|ag|solutions|department|university|institute|"
    r"foundation|organization|copyright|share|follow|sign|subscribe|am|pm|utc|gmt|http|com|org|"
    r"images|council|ministry|police|freedom|радио|радіо|правда|новости|новини|"
    r"sagt|schreibt|says|meint|escribe|dit|name|artikel|article|autor|beitrag|gespräch"
)
NOBODY_AT_ALL = r"هيئة التحرير|وكالات|الجزيرة"
PARTICLES = frozenset(
    "de da di del della dos van von der den ter bin bint ibn ben abu al el la le du y e i".split()
)
