"""Walls: does a page stand in for the one that was wanted?

Consent to be given, a human to be proven, a login, or "page not found" sent as if all were well: the
text on such a page is no article. Told by what it is called and what it asks, and only of pages
with little other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

from corpus.cleaner.declared.structured import Declared
from corpus.cleaner.tree.blocks import RUN, Block

_MOST_WORDS = 160  # of a wall; a story under such a headline is longer
_MOST_CONSENT = 500  # words of a notice
_ASKED = 0.6  # of the prose is about consent

_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|verif(?:y|ying) (?:that )?you are (?:a )?human|access denied|"
    r"checking your browser|are you (?:a robot|human)|security check|pardon our interruption|"
    r"request (?:rejected|blocked)|(?:403 )?forbidden|ddos.guard|human verification|captcha|"
    r"один момент|einen moment|un instant|un momento|bir dakika|please wait|robot check|blocked",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"\bray id\b|cloudflare|captcha|(?:you are|you're|you aren['’]t|not) (?:a )?(?:human|robot)|ddos|"
    r"security of your connection|unusual (?:traffic|activity)|automated (?:requests|access)|"
    r"enable (?:javascript and )?cookies|security (?:service|solution)|permission to access|"
    r"reference #|request (?:id|blocked)|не робот|kein roboter|pas un robot|no eres un robot|"
    r"перевіряємо|проверяем|запрос\w* (?:заблокирован|отклонен)",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"[\W_]*(?:(?:error|erreur|fehler|ошибка|помилка|خطأ)?\W*404\W*)?(?:error\W*)?"
    r"(?:(?:sorry|oops|uh.?oh)\W+)?(?:(?:the|this|that|your|requested|we could(?:n['’]t| not) find (?:the|that)|"
    r"we can['’]?t find (?:the|that)) )*"
    r"(?:page|article|story|content|file|url|страниц\w+|сторінк\w+|seite|artikel|page|página|pagina|strona|"
    r"sayfa|الصفحة|статья|стаття|материал)?\W*"
    r"(?:(?:was |is |has |can(?:no|')t be |could not be |wurde |ist |est |n['’]a pas été |no |non |nie |не |غير )*"
    r"(?:not found|found|moved|removed|deleted|(?:no longer|not) available|does(?:n['’]t| not) exist|"
    r"nicht (?:gefunden|mehr verfügbar)|existiert nicht|introuvable|n['’]existe (?:pas|plus)|trouvée|"
    r"no encontrada|encontrada|existe|non trovata|trovata|não encontrada|znaleziono|została znaleziona|"
    r"bulunamadı|найден[ао]?|существует|знайдено|існує|موجودة|متوفرة))\b[\W_]*"
    r"(?:[|–—·»-].{0,60})?|[\W_]*404[\W_]*(?:[|–—·»-].{0,60}|error|not found)?[\W_]*",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"[\W_]*(?:please )?(?:(?:user |member |subscriber )?(?:log|sign)[ -]?(?:in|on|up)|create (?:an |your )?account|"
    r"register|anmeld(?:en|ung)|einloggen|login|connexion|se connecter|identification|iniciar sesión|acceder|"
    r"entrar|accedi|logowanie|zaloguj się|giriş(?: yap)?|вход|войти|авторизация|вхід|увійти|авторизація|"
    r"تسجيل الدخول|כניסה|ورود)\b(?:\W+.{0,60})?",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookies?\b|\bpartner\w*\b|consent|privacy|personali[sz]\w+|advertis\w+|tracking|zustimm\w+|einwillig\w+|"
    r"datenschutz|werbung|akzeptier\w+|nutzungs\w+|vie privée|consentement|publicit\w+|traceurs?|"
    r"privacidad|consentimiento|publicidad|aceptar|riservatezza|pubblicità|consenso|tracciament\w+|"
    r"конфиденциальност\w+|файл\w* cookie|согласи\w+|персонализ\w+|конфіденційн\w+|згод[ауи]|реклам\w+|"
    r"الخصوصية|ملفات تعريف|الموافقة|toestemming|zgod[aąęy]\b|prywatnoś\w+",
    re.IGNORECASE,
)
_ACCEPT = re.compile(
    r"accept (?:all|cookies|and)|agree and|i agree\b|allow all|alle[sn]? (?:cookies )?(?:akzeptieren|zulassen)|"
    r"(?:akzeptieren|zustimmen) und|einverstanden|tout accepter|accepter et|j['’]accepte|aceptar (?:todo|y|todas)|"
    r"accetta (?:tutt|e )|aceitar (?:todos|e)|принять (?:все|и)|прийняти (?:все|всі|та)|согласен|погоджуюсь|"
    r"قبول (?:الكل|جميع)|أوافق|alles accepteren|akceptuj|zaakceptuj|kabul et|manage (?:options|preferences)",
    re.IGNORECASE,
)


def wall(
    soup: BeautifulSoup, top: Block, declared: Declared, *, titles: Iterable[str], text: str
) -> str:
    """What a page stands there for instead of a story, for a person; "" where it is none.

    Args:
        top: the outline of the whole page.
        titles: what it is called: its headline, its `<title>`.
        text: what was found as its story.
    """
    words = len(text.split())
    if words > _MOST_CONSENT or declared.first(
        "json-ld:datePublished", "meta:article:published_time"
    ):
        return ""
    if _asks_consent(top, text):
        return "the page asks for consent before it shows anything"
    if words > _MOST_WORDS:
        return ""
    named = [title.strip() for title in titles if title.strip()]
    said = "\n".join(run.text for run in top.everything() if run.tag == RUN)
    if any(map(_CHALLENGE_TITLE.match, named)) and _CHALLENGE.search(said):
        return "the page checks whether a person asks for it"
    if any(map(_NOT_FOUND.fullmatch, named)):
        return "the page says that what was asked for is not there"
    if any(map(_LOGIN.fullmatch, named)) and soup.find("input", type="password") is not None:
        return "the page asks for a login"
    return ""


def _asks_consent(top: Block, text: str) -> bool:
    """Whether most of what was found is about consent, and there is something to accept."""
    parts = [part for part in text.split("\n") if part]
    about = sum(len(part) for part in parts if len(set(_CONSENT.findall(part.casefold()))) > 1)
    if not parts or about < _ASKED * len(text):
        return False
    return any(run.tag == RUN and _ACCEPT.search(run.text) for run in top.everything())
