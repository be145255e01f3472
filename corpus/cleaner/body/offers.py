"""Offers: which lines and boxes in a story sell a subscription, an account, or what is linked?

A box is told by how it begins and by what all its lines speak of, whatever a page calls it.
"""

from __future__ import annotations

import re
from itertools import islice

from corpus.cleaner.same_words import SENTENCE_END, Caseless
from corpus.cleaner.tree.blocks import HEADINGS, Block, kind_of

_MOST = 200  # offers in one page: each looks at its siblings
_LINE, _BOX = 300, 1500  # characters of a line that offers, and of the box around it
_SHARE = 0.5  # of the story's prose: a box that holds more is the story
_SHORT = 60  # characters of a line that says nothing by itself
_EMPHASIZED, _LINKED = 0.8, 0.1
_PLEADED = 0.5  # of a line that asks for money, and has a link, is in bold

ASKS = Caseless(
    r"(?:subscribe|subscription|sign in|log in|register|become a (?:member|subscriber)|"
    r"start (?:your|a) (?:free )?trial)\b[^.]{0,60}\bto (?:continue|read|keep|unlock|access|finish)\b|"
    r"to (?:continue|keep|finish) reading\b[^.]{0,60}\b(?:subscribe|sign|log|register|account|member)|"
    r"(?:logga in|bli prenumerant|prenumerera)\b[^.]{0,60}\b(?:läsa|fortsätta)|läsa (?:hela|resten av) artikeln|"
    r"(?:log ind|bliv abonnent|køb adgang)[^.]{0,60}\blæse|læse? (?:hele|resten af) artiklen|les (?:hele|resten av) (?:saken|artikkelen)|"
    r"lue koko (?:juttu|artikkeli)|(?:pouze|jen) (?:pro )?předplatitel|pro pokračování ve čtení|chcete číst dál|"
    r"len pre predplatiteľov|csak előfizető|doar pentru abonaț|pentru a citi (?:mai departe|tot articolul)|samo za pretplatnike|"
    r"(?:artikeln|texten) är (?:bara |endast )?(?:för|låst)[^.]{0,30}\bprenumerant|för dig som är prenumerant|bara för prenumeranter|"
    r"(?:saken|artikkelen) er (?:kun |bare |forbeholdt )[^.]{0,20}abonnent|forbeholdt (?:våre |vores )?abonnenter|kun for abonnenter|med abonnement$|"
    r"(?:juttu|artikkeli) on (?:vain |luettavissa )?[^.]{0,20}tilaaj|vain tilaajille|tilaa ja (?:lue|jatka)|"
    r"zbývá vám \d+ ?% (?:článku|textu)|předplaťte si [^.]{0,30}(?:čtěte|číst)|predplaťte si [^.]{0,30}(?:čítajte|čítať)|(?:článek|článok|text) je (?:pouze |len )?pro předplatitel|"
    r"(?:disponibil|accesibil|rezervat|exclusiv)\w* (?:doar |numai |exclusiv )?(?:pentru )?abona(?:ț|t|ţ)i|abonea\w+-te (?:pentru|ca să) (?:a )?citi|"
    r"само за абонат|достъпн[оа] (?:само )?за абонат|само за претплатнике|samo za (?:pretplatnik|naročnik)|"
    r"(?:hanya|khusus) untuk pelanggan|berlangganan (?:untuk|agar) (?:membaca|melanjutkan)|केवल (?:सदस्यों|सब्सक्राइबर)|dành (?:riêng )?cho (?:thuê bao|độc giả trả phí)|"
    r"yalnız abunə|միայն բաժանորդների|tik prenumeratoriams|tikai abonentiem|ainult tellijatele|"
    r"already a subscriber|(?:continue|keep|finish) reading this (?:post|article|story) for free|claim my free (?:post|article)|this post is for (?:paid|paying|free)|unlock this (?:article|story)|for (?:paying )?subscribers only|"
    r"(?:this|the rest of (?:this|the)) (?:article|content|story|report) is (?:for|only|reserved|exclusive|"
    r"available (?:only |exclusively )?(?:to|for))|(?:subscribers?|members?)[ -]only (?:content|article|story)|"
    r"you(?:['’]ve| have) (?:reached|read|used) (?:your|all|the|(\d+)(?: out)? of (?:your |the )?\1\b) ?[^.]{0,30}\b(?:free )?(?:articles?|limit)|"
    r"(?:testen|abonnieren|registrieren|holen|melden) sie\b[^.]{0,60}\b(?:lesen sie(?: (?:jetzt|sofort|gleich))? weiter|lesen sie (?:den|diesen) (?:\w+en )?(?:artikel|text|beitrag)|weiter(?:zu)?lesen)|"
    r"доступн\w+ (?:лише|тільки|виключно) (?:передпла|підпис)\w+|доступ\w+ (?:только|лишь|исключительно) подпис\w+|(?:فقط|تنها|ویژه(?:‌ی)?) (?:برای )?(?:مشترک|اعضا)\w*|"
    r"(?:hazte|hágase) (?:soci|suscriptor|miembro)\w*[^.]{0,50}\b(?:leer|seguir|acceder)|deven(?:ez|ir) (?:abonné|membre)\w*[^.]{0,50}\b(?:lire|suite|accéder)|"
    r"(?:diese[rn]?|der|den) (?:artikel|beitrag|text|inhalt)\b[^.]{0,60}\b(?:abonnent\w*|abo\b|exklusiv)|"
    r"weiterlesen (?:mit|als|nach)\b|(?:exklusiv|nur) für (?:unsere )?(?:abonnent|mitglieder|registrierte)|"
    r"(?:jetzt|hier|bitte)(?: [\w,]+){0,4}? (?:abonnieren|anmelden|registrieren|testen)[^.]{0,50}\b(?:weiter\w*|lesen)|"
    r"(?:mit|als) [^.]{0,30}\b(?:abo|abonnent\w*)\b[^.]{0,40}\b(?:weiter)?lesen|sie möchten weiterlesen|"
    r"um (?:weiterzulesen|(?:den|diesen) (?:ganzen |vollständigen )?(?:artikel|beitrag)[^.]{0,20} lesen)|"
    r"réservée?s? (?:à nos |aux |à ses )?abonnés|lire la suite|lire l['’]article en|pour lire la suite|"
    r"(?:abonnez|connectez|inscrivez)-vous\b(?! (?:gratuitement )?à (?:notre|nos|la|l['’]) ?(?:lettre|newsletter|infolettre))[^.]{0,50}\b(?:lire|suite|continuer|poursuivre|accéder à (?:cet|l[’']|la suite))|"
    r"il (?:vous )?reste \d+ ?% de (?:cet|l['’])|(?:suscríbe|inicia sesión|regístra)\w*[^.]{0,50}\b(?:seguir|continuar|"
    r"leer)|(?:contenido|artículo) (?:exclusivo|s[oó]lo) [^.]{0,20}\bsuscriptores|para (?:seguir|continuar) leyendo|"
    r"(?:abbonati|accedi|registrati)\b[^.]{0,50}\b(?:continuare|leggere|proseguire)|riservato agli abbonati|"
    r"(?:assine|cadastre-se|faça login)\b[^.]{0,50}\b(?:continuar|ler)|exclusivo para assinantes|"
    r"(?:wykup|kup|zaloguj się|uzyskaj)\b[^.]{0,50}\b(?:czytać|czytania|dostęp)|tylko dla (?:prenumerator|subskrybent)|"
    r"(?:оформите|купите|активируйте|оплатите) (?:\w+ )?подписку|подпишитесь\b[^.]{0,40}\b(?:читать|дочитать|продолж\w+|"
    r"прочитать)|чтобы (?:читать|дочитать|прочитать|продолжить)\b|(?:доступ\w*|материал|статья|текст)\b[^.]{0,40}\b"
    r"(?:для|по) подпис\w+|(?:полн\w+|повн\w+) (?:верс|текст)\w*[^.]{0,20} (?:для|за|по) (?:подпис|підпис|передпла|участник|учасник|член|друз)\w+|(?:haberin|yazının|içeriğin|makalenin) (?:devamı|tamamı)[^.]{0,30}(?:abone|üye)|(?:sadece|yalnızca) (?:aboneler|üyeler)|devamını okumak için|המשך (?:ה)?קריא(?:ה|ת ה\w+)[^.]{0,30}(?:מנוי|רשומים|התחבר|הירשמ)|ادامه (?:مطلب|این گزارش)[^.]{0,30}(?:مشترک|اشتراک)|читать (?:дальше|полностью)[^.]{0,30}(?:подпис|регистр|войд)|"
    r"(?:оформ[іи]ть|придбайте|купіть) (?:\w+ )?(?:передплату|підписку)|(?:передплатіть|підпишіться)\b[^.]{0,40}\b"
    r"(?:читати|дочитати|продовж\w+|прочитати)|(?:щоб|аби) (?:читати|дочитати|прочитати|продовжити)\b|"
    r"(?:доступн\w*|матеріал|стаття|текст)\b[^.]{0,40}\b(?:для|за) (?:передпла|підпис)\w+|"
    r"(?:اشترك|اشتركوا|سجل|سجّل|قم بالاشتراك|قم بتسجيل)\w*[^.]{0,40}(?:لمتابعة|لقراءة|للقراءة|لمواصلة|لإكمال|للاطلاع)|"
    r"(?:هذا|هذه) (?:المقال|المحتوى|المادة|المقالة)\w*[^.]{0,30}(?:للمشتركين|مخصص|حصري)|للمشتركين فقط|"
    r"(?:للمتابعة|لمتابعة القراءة|لإكمال القراءة)[^.]{0,30}(?:تسجيل|سج[ّ]?ل|اشترك|الاشتراك)|"
    r"لقراءة (?:المزيد|بقية|المقال)[^.]{0,30}(?:اشترك|سجل|سجّل)|"
    r"(?:dalsza część|reszta|pełna treść|cały (?:artykuł|tekst))[^.]{0,40}(?:prenumerat|subskry)|"
    r"会員(?:限定|専用)(?!の(?:有料)?記事も)|会員登録[^。]{0,20}(?:続き|読め|閲覧)|続きを?(?:読む|ご覧)[^。]{0,20}(?:ログイン|登録|購読)|残り\d+文字|"
    r"유료\s?(?:회원|구독)[^.]{0,6}(?:전용|만|에게)|(?:로그인|구독) ?(?:후|하시면|하고)[^.]{0,15}(?:이용|열람|읽|보실)|전문을? (?:보|읽)[^.]{0,20}(?:구독|로그인|회원)|"
    r"(?:订阅|訂閱|登录|登錄|登入|付费|付費|加入会员|加入會員)[后後]?[^。]{0,12}(?:阅读|閱讀|查看)(?:全文|完整|更多(?!评论|評論|回复))|(?:会员|會員|订户|訂戶)(?:专享|專享|专属|專屬|限定)(?:内容|內容|文章)|"
    r"برای (?:خواندن|مطالعه|ادامه)[^.]{0,40}(?:مشترک|اشتراک|وارد شوید|ثبت[\u200c ]?نام)|สมัครสมาชิก[^.]{0,30}อ่าน|המלאה? למנויים|למנויים בלבד",
)
"""What asks readers to pay, or to say who they are, for the rest."""

_ACCOUNT = Caseless(
    r"subscri\w+|sign(?:ing)?[ -]?(?:in|up)\b|log(?:ging)?[ -]?in\b|regist(?:er|ration)\w*|\baccounts?\b|\bmembers?(?:hip)?\b|"
    r"\bpremium\b|\btrial\b|\bplans\b|\babo(?:s|nnement)?\b|\w*abo\b|\babonn\w+|anmeld\w+|einlogg\w+|registrier\w+|\bplus\b|"
    r"(?:jetzt|tage|wochen) .{0,20}test\w+|\bkonto\b|freischalt\w+|подпис\w+|войд\w+|\bвойти\b|(?:за)?регистр\w+|авториз\w+|"
    r"передпла\w+|підпис\w+|увійд\w+|увійти|(?:за)?реєстр\w+|اشترك\w*|(?:ال)?اشتراك\w*|\w*مشترك\w*|سج[ّ]?ل\b|تسجيل|\bحساب\b|"
    r"connectez|se connecter|inscri\w+|\bcompte\b|identifi\w+-vous|suscri\w+|suscríb\w+|inici[ae]r? sesión|regístr\w+|\bsocios\b|"
    r"abbon\w+|\baccedi\b|registrat\w+|assin(?:e|ante|atura)\w*|cadastr\w+|prenumerat\w+|subskryp\w+|zaloguj\w*|\babone\w*|üye\w*|"
    r"giriş yap\w*|ל?מי?נוי\w*|הצטרפ\w*|התחבר\w*|הירשמ\w*|اشتراک\w*|وارد شوید|inloggen|abonnee\w*",
)
_THE_REST = Caseless(
    r"\b(?:read(?:ing)?|continue|unlock|rest of|full|whole|entire|free) ?(?:on\b|the\b|th(?:is|e) |articles?\b|stor(?:y|ies)\b|reports?\b|text\b|reading\b|$|[.!?,])|"
    r"\b(?:keep|continue|finish) reading|\bread (?:it|more|in full)|\b(?:see|read|get) the (?:whole|full|rest)|in full\b|"
    r"weiter(?:lesen|zulesen)\b|\bweiter (?:geht|lesen)|(?:artikel|beitrag|text|bericht)\b.{0,30}\bles\w+|les\w+ .{0,30}(?:artikel|beitrag|text)\b|"
    r"(?:ganze|komplette|vollständige)\w* (?:artikel|beitrag|text|bericht)|"
    r"(?:про|до)чит\w+|читать (?:далее|дальше|полностью|материал|стать\w+)|читати (?:далі|повністю|матеріал|статт\w+)|продолж\w+|продовж\w+|"
    r"полн(?:ый|ого|ую) (?:текст|верси|статью)\w*|повн(?:ий|ого|у) (?:текст|верс|статтю)\w*|(?:материал|статья|текст|матеріал|стаття)\b|"
    r"(?:ال|لل)?قراءة|بقية|(?:ال)?مقال\w*|المحتوى|lire (?:la suite|cet|l['’]|plus|en)|\bla suite\b|(?:cet |l['’])article|"
    r"(?:seguir|continuar) leyendo|leer (?:más|el|este|la)|(?:este|el) (?:artículo|contenido)|esta nota|continua(?:re)? a leggere|(?:questo )?articolo|"
    r"continuar lendo|(?:esta|esse|este) (?:matéria|texto|conteúdo)|(?:czytać|czytaj) dalej|cały (?:artykuł|tekst)|(?:okumaya devam|devamını|haberin tamam)\w*|"
    r"להמשך קריאה|להמשיך לקרוא|הכתבה המלאה|ادامه (?:مطلب|خواندن)|verder (?:te )?lezen|dit artikel",
)
_OF_OTHER_THINGS = Caseless(
    r"newsletter|comment|podcast|inbox|whatsapp|youtube|facebook|twitter|канал|telegram|телеграм|рассылк|розсилк|"
    r"комментар|коментар|تيليغرام|تلغرام|القناة|النشرة|تعليق|rundbrief|kommentar|infolettre|boletín|comentar",
)
WALL = re.compile("paywall|regwall")
"""How pages call what stands before the rest of a story."""
_METER = Caseless(  # which lets readers on
    r"you(?:['’]ve| have) (?:read|used|viewed) (\d+|one|two|three|four)(?: out)? of (?:your |the )?(?!\1\b)\w+|"
    r"this is your last free|\d+ free (?:articles?|stories) (?:left|remaining)"
)
_GATE = 160  # characters of a line that closes a story to others
_ENTRY = 60  # characters of a line below it that says how to come in


def is_gate(text: str) -> bool:
    """Whether a short line ties the rest of a story to a subscription or an account, in any words.

    Such words stand in stories and in other boxes too: it is asked of what follows a story only.
    """
    if len(text) > _GATE or _METER.search(text):
        return False
    tied = (_ACCOUNT.search(text) and _THE_REST.search(text)) or ASKS.search(text)
    return bool(tied) and not _OF_OTHER_THINGS.search(text)


_LEADS_ON = Caseless(
    r"\W*(?:jetzt )?(?:(?:continue|keep) reading|read (?:more|on|the (?:full|rest))|weiter(?:lesen| lesen)|zum (?:abo|artikel)|mehr lesen|читать (?:далее|дальше|полностью)|читати (?:далі|більше|повністю)|"
    r"lire (?:la suite|plus)|(?:leer|seguir leyendo|sigue leyendo)(?: más)?|continua a leggere|leggi (?:tutto|di più)|ler mais|continuar lendo|devamını oku|czytaj (?:dalej|więcej)|"
    r"(?:ל)?המשך (?:ה)?קריאה|קרא עוד|ادامه مطلب|ادامه خبر|اقرأ المزيد|أكمل القراءة|متابعة القراءة|続きを読む|더 ?보기|阅读全文|閱讀全文)\b",
)


def leads_on(text: str) -> bool:
    """Whether a short line leads to the rest of a story, or to an account; asked where it breaks
    off.
    """
    if len(text) > _ENTRY or _OF_OTHER_THINGS.search(text):
        return False
    return bool(_LEADS_ON.match(text) or _ACCOUNT.search(text))


def drop_gate(body: Block) -> None:
    """Marks the lines at the end of a body that close the rest of the story."""
    last: list[Block] = []
    gated = False
    runs = body.all_runs()
    for run in reversed(runs[-_LAST_RUNS:]):
        if len(last) == _GATE_LINES:
            break
        gate = is_gate(run.text)
        gated = gated or gate
        if any(block.dropped for block in (run, *run.ancestors())):
            continue
        if not gate and not (run.size <= _ENTRY and _names_a_way_in(run)):
            break
        last.append(run)
    for run in last if gated else ():
        run.dropped = "offer"
    _drop_what_a_wall_says(body)


def _drop_what_a_wall_says(body: Block) -> None:
    """Marks what follows a line that closes the rest, in a small box that is called a paywall."""
    for box in list(body.walk()):
        if box.dropped or box is body or not WALL.search(box.marks):
            continue
        runs = list(box.runs())
        gate = next((index for index, run in enumerate(runs) if is_gate(run.text)), None)
        if gate is not None and sum(run.prose for run in runs[gate:]) <= _WALL_SAYS:
            for run in runs[gate:]:
                run.dropped = "offer"


def _names_a_way_in(run: Block) -> bool:
    said = (_ACCOUNT.search(run.text), _PRICE.search(run.text), ASKS.search(run.text))
    return any(said) or (run.text.rstrip().endswith(("?", "؟")))


_PRICE = Caseless(
    r"[€$£₽₴]\s?\d|\d\s?[€$£₽₴]|\beuro\b|\bfree articles?\b|"
    r"kostenlos|gratuit|gratis|бесплатн|безкоштовн|مجان",
)
_GATE_LINES = 4
_WALL_SAYS = 600  # characters of prose in such a box; more than that is the rest
_LAST_RUNS = 10  # of a body, with those that went for another reason
_OFFER = Caseless(
    r"[\W_]{0,8}(?:"
    r"(?:this |the )?(?:article|content|story|page|report|feature) (?:is )?(?:reserved|exclusive(?:ly)?|only|available only)\b|"
    r"you(?:['’]ve| have) (?:(?:read|used|viewed|reached) [^.]{0,40}|\w+ )(?:free |complimentary )(?:articles?|stories|limit)\b|"
    r"(?:jetzt|hier|noch heute|nur)\b[^.]{0,40}\b(?:angebot|probe\w*|vorteils\w*)\b|\d+ (?:monate?|wochen?|tage)\b[^.]{0,30}(?:€|euro|kostenlos|gratis|testen)|"
    r"(?:(?:get|try|enjoy|start with|read) )?(?:your first |the first )?\d+ (?:months?|weeks?|days?) (?:for|free)\b|\d+ mois (?:à|pour|offerts)|\d+ mes(?:es)? (?:por|gratis)|\d+ (?:месяц\w*|недел\w*|дней|місяц\w*|тижн\w*) (?:за|бесплатно|безкоштовно)|"
    r"(?:subscribers?|members?|premium)[ -](?:only|exclusive|content)\b|(?:subscribe|register|join|log ?in|sign[ -]?(?:in|up))(?: now| today|"
    r" here)?\s*(?:/|or|and|,|$|!|\.|to (?:unlock|read|continue|get|keep|access|enjoy|see|support))|"
    r"(?:unlimited|full|complete) (?:digital |online )?access\b|(?:already|not yet) a (?:subscriber|member)|"
    r"(?:start|begin|try|get|choose|see) (?:your |our |a |the )?(?:free |\d+[- ](?:day|week|month) )?(?:trial|subscription|plan)s?\b|"
    r"create (?:an |your |a free )?account\b|(?:special|limited|exclusive|introductory|best|black friday|summer|winter) (?:time )?(?:offer|deal|"
    r"discount)s?\b|(?:only |just |for |from )?[€$£]\s?\d+(?:[.,]\d+)? ?(?:for|a|per|/)|cancel (?:any ?time|at any time|online)|"
    r"(?:jetzt|hier|noch heute)(?: [\w,]+){0,4}? (?:abonnieren|testen|bestellen|kostenlos|registrieren|freischalten)|(?:exklusiv|nur) für (?:unsere )?"
    r"(?:abonnent|mitglieder|leser|registrierte|plus)|(?:diese[rn]?|der|den) (?:artikel|beitrag|text|inhalt) (?:ist|lesen|mit)\b[^.]{0,40}\b(?:abo|abonn|plus|"
    r"exklusiv|registr)|(?:unbegrenzt|uneingeschränkt|voll)\w* zug(?:ang|riff)|(?:schon|bereits|noch kein\w*) (?:abonnent|kunde|abo|"
    r"registriert|mitglied)|(?:jederzeit|monatlich) kündbar|(?:probe|test|digital|jahres|monats)-?abo\b|(?:article|contenu|texte) "
    r"(?:réservé|exclusif)|(?:réservé|exclusif)s? (?:aux|à nos|pour (?:les|nos)) (?:abonnés|membres)|(?:abonnez|connectez|inscrivez|identifiez)-vous\b|"
    r"(?:déjà|pas encore) (?:abonné|inscrit|membre)|accès (?:illimité|complet|intégral)|sans engagement|offre (?:spéciale|limitée|numérique|d['’]abonnement)|"
    r"(?:contenido|artículo|nota) (?:exclusiv|reservad|solo|sólo)|(?:exclusiv[oa]|sólo|solo|reservad[oa]) (?:para|a) (?:suscriptores|socios|abonados)|"
    r"(?:suscríb(?:ete|ase)|inicia(?:r)? sesión|regístr(?:ate|ese))\b|¿?(?:ya|aún no) (?:eres|es) (?:suscriptor|socio)|acceso (?:ilimitado|completo|total)|"
    r"(?:contenuto|articolo) (?:riservat|esclusiv)|(?:abbonati|accedi|registrati)\b|(?:sei già|già) abbonat|accesso (?:illimitato|completo)|"
    r"(?:conteúdo|matéria|reportagem) (?:exclusiv|restrit)|(?:assine|cadastre-se|faça login)\b|já é assinante|acesso (?:ilimitado|completo)|"
    r"(?:этот |данный )?(?:материал|текст|статья|контент) (?:доступ|только для|для) ?(?:\w+ )?(?:подписчик|подписк)|только для подписчиков|"
    r"(?:оформите|купите|активируйте|оплатите) (?:\w+ )?подписку|(?:уже|ещ[её] не) (?:подписаны|подписчик|зарегистрированы)|(?:полный|неограниченный) доступ|"
    r"(?:войдите|зарегистрируйтесь|авторизуйтесь)\b|(?:цей |)(?:матеріал|текст|стаття|контент) (?:доступ|лише для|тільки для|для) ?(?:\w+ )?(?:передплат|підписник|підписк)|"
    r"(?:лише|тільки) для (?:передплатник|підписник)|(?:оформ[іи]ть|придбайте|купіть) (?:\w+ )?(?:передплату|підписку)|(?:повний|необмежений) доступ|"
    r"(?:увійдіть|зареєструйтесь|зареєструйтеся)\b|(?:treść|artykuł|materiał) (?:dostępn|tylko|wyłącznie)|(?:wykup|kup) (?:dostęp|subskrypcj|prenumerat)|"
    r"(?:nieograniczony|pełny) dostęp|(?:هذا|هذه) (?:المقال|المحتوى|المادة)\w* (?:مخصص|حصري|متاح)|(?:للمشتركين|حصري)|(?:اشترك|سجل|سجّل) (?:الآن|الدخول|دخول)|"
    r"(?:deze?|dit) (?:artikel|inhoud) is (?:alleen|exclusief)|(?:bu )?(?:içerik|haber|makale) (?:abonelere|yalnızca|sadece)|abone (?:ol|girişi))",
)  # fmt: skip
"""How a box begins that offers readers a subscription or an account."""

_PLEA = Caseless(
    r"[\W_]{0,8}(?:independent|our|this|quality|free) journalism (?:needs|depends|relies|is (?:only )?possible|costs|runs)\b|[\W_]{0,8}we (?:rely|depend) on (?:our )?(?:readers|you)|"
    r"[\W_]{0,8}(?:support|back|fund|help) (?:our|us|independent|free|quality|the (?:work|reporters?|newsroom))\b|[\W_]{0,8}(?:enjoying|liked|like) (?:this|what)|"
    r"[\W_]{0,8}(?:поддержите|становитесь (?:частью|нашим|патрон)|помогите (?:нам|редакции|проекту)|станьте (?:частью|нашим|подписчик|патрон|соучастник)|сделайте (?:пожертвование|взнос)|"
    r"підтримайте|підтримуйте|допоможіть (?:нам|редакції)|(?:станьте|ставайте) (?:частиною|нашим|патрон|підписник|читач|спільнот)|долучайтеся|зробіть внесок|"
    r"(?:bağımsız|özgür) [^.]{0,40}destek|bize destek|destek olun?|wesprzyj|wspieraj|zostań (?:naszym|patron)|pomóż nam|(?:ihnen|dir|euch) gefällt |gefällt (?:ihnen|dir|euch) |unterstützen? sie (?:uns|unsere)|unterstütze (?:uns|unsere)|"
    r"soutenez|faites un don|aidez-nous|apoya (?:a |el |nuestr)|haz(?:te)? (?:una donación|soci)|colabora con|sostieni|fai una donazione|aiutaci|apoie|faça uma doação|"
    r"ادعم\w*|تبرع\w*|ساهم\w*|תמכו|תרמו|از ما حمایت|steun (?:ons|onze)|podpořte)",
)
"""How a box begins that asks readers for money; a sentence of a story may begin so too."""

_GIVEN = Caseless(
    r"(?:unser|freier|unabhängiger) journalismus (?:ist|bleibt|kostet|lebt)\b[^.]{0,60}(?:frei|kostenlos|geld|zugänglich|unterstützung)|freiwillig (?:zahlen|zahlt|unterstütz)|"
    r"(?:оформите|сделайте|отправьте) [^.]{0,20}(?:донат|пожертвовани)\w*|благодаря (?:вашим|вашей) (?:пожертвовани|поддержк|донат)\w*|"
    r"(?:оформіть|зробіть|надішліть) [^.]{0,20}(?:донат|внесок|пожертв)\w*|завдяки (?:вашим|вашій) (?:внеск|пожертв|підтримц|донат)\w*|"
    r"(?:your|a) (?:donation|contribution|gift) (?:today|now|helps|will help|makes)|(?:make|chip in|give) a (?:small )?(?:donation|contribution) (?:today|now|to (?:us|support))|"
    r"(?:votre|vos) dons?\b|faites un don|(?:tu|su) (?:donación|aportación|aporte)\b|(?:twoja|każda) (?:wpłata|darowizna)|bağışın\w* (?:ile|sayesinde)|بتبرعك\w*|תרומתכם"
)
"""What a sentence asks for that stands below a line that begins a plea, in a box without a link."""

_FUNDS = Caseless(
    r"\b(?:patreon|buy ?me ?a ?coffee|boosty|ko-?fi|steady|liberapay|monobank|paypal)\b"
)
"""Where readers are asked to send it."""

_OFFERED = Caseless(
    r"subscri|unlimited|\bcancel\b|\baccounts?\b|sign(?:ed)?[ -]?(?:in|up)\b|log[ -]?in\b|newsletters?|full access|online access|digital access|e-?paper|ad-free|"
    r"puzzles|crossword|per (?:week|month|year)|[€$£]\s?\d|\d\s?(?:€|eur\b|руб|грн|zł)|\babo(?:s|nnement)?\b|abonn|kündbar|zugang|zugriff|werbefrei|im monat|"
    r"illimité|résili|engagement|suscri|suscripc|acceso|ilimitad|illimitat|abbon|assin(?:e|ante|atura)|подписк|подписчик|без рекламы|в месяц|доступ|"
    r"підписк|передплат|без реклами|на місяць|اشتراك|المشترك|subskryp|prenumerat|dostęp|abone|onbeperkt|member(?:s|ship)\b|trial\b|offers?\b|benefits?\b",
)
"""What the lines of such a box speak of."""

_AFFILIATE = Caseless(
    r"\b(?:we|i|us|may|might)\b[^.]{0,25}\b(?:earn|receive|get|make|collect) (?:a |an |some )?(?:small |affiliate )?(?:commission|affiliate|percentage)|affiliate (?:links?|partners?|commission|"
    r"programs?)|(?:amazon|ebay) (?:associates?|affiliate)|if you (?:buy|purchase|click|shop)\b[^.]{0,60}\b(?:commission|paid|compensat|share of)|"
    r"(?:prices?|deals?) (?:are |were |is |may )?(?:correct|accurate|subject to change|vary)[^.]{0,40}(?:time of (?:writing|publication|publishing)|change)|"
    r"(?:affiliate|partner|provisions)-?links?\b[^.]{0,80}(?:kauf|provision|einkauf|stern|gekennzeichnet)|(?:erhalten|bekommen|erhält) (?:wir |der |die )?"
    r"[^.]{0,40}\bprovision|liens? (?:d['’]affiliation|affiliés?|sponsorisés?)|(?:touche|percev|recev)\w+ (?:une )?commission|enlaces? (?:de )?afiliad|"
    r"(?:recib|llev|gan)\w+ una (?:pequeña )?comisión|link (?:di )?affiliazion|commissione (?:sugli|sull)|links? de afiliad|партн[её]рск\w+ ссылк|"
    r"партнерськ\w+ посиланн",
)
"""What says that the outlet earns by what is bought."""


def drop_offers(body: Block) -> None:
    """Marks boxes that offer a subscription or an account, and lines about affiliate links."""
    for run in islice((run for run in list(body.runs()) if offers(run)), _MOST):
        if any(block.dropped for block in (run, *run.ancestors())):
            continue
        box = run
        for block in run.ancestors():
            if block is body or block.size > _BOX or block.prose > _SHARE * body.prose:
                break
            if not all(map(_is_of_offer, block.runs())):
                break
            box = block
        box.dropped = "offer"
        for block in box.following():
            if block.dropped or not block.size:
                continue
            if block.prose > _SHARE * body.prose or not all(map(_goes_on, block.runs())):
                break
            block.dropped = "offer"


_LAST, _BELOW_IT = 5, 3  # lines at the end of a story; of a plea below what heads it


def drop_pleas(body: Block) -> None:
    """Marks a plea for money that ends a body: a line set apart, and below it what is to be given."""
    last = list(body.runs())[-_LAST:]
    for index, run in enumerate(last):
        below = last[index + 1 :]
        heads = kind_of(run) in HEADINGS or run.emphasised > _EMPHASIZED * run.size
        if not heads or run.size > _SHORT or not 0 < len(below) <= _BELOW_IT:
            continue
        pleas = [one for one in below if _GIVEN.search(one.text)]
        if pleas and sum(one.prose for one in below) < _SHARE * body.prose:
            for one in (run, *below):
                one.dropped = "offer"
            return


def offers(run: Block) -> bool:
    """Whether a line offers something: how it begins, unless it is a sentence of the story."""
    if run.size > _LINE:
        return False
    if _AFFILIATE.search(run.text):
        return True
    if _PLEA.match(run.text):
        shouted = bool(run.linked) and run.emphasised > _PLEADED * run.size
        shouted = shouted or _FUNDS.search(run.text)
        return shouted or run.link_density > _LINKED or _has_a_button(run)
    if not _OFFER.match(run.text):
        return False
    return ASKS.search(run.text) or _is_set_apart(run)


def _is_set_apart(run: Block) -> bool:
    return (
        kind_of(run) in HEADINGS
        or run.emphasised > _EMPHASIZED * run.size
        or run.link_density > _LINKED
        or not SENTENCE_END.search(run.text)
        or _has_a_button(run)
    )


def _has_a_button(run: Block) -> bool:
    """Whether a line stands in a small box with a short link to what it offers."""
    holder = next((block for block in run.ancestors() if block.size > run.size), None)
    return (
        holder is not None
        and holder.size <= run.size + _SHORT
        and any(other.linked == other.size <= _SHORT for other in holder.runs() if other is not run)
    )


def _is_of_offer(run: Block) -> bool:
    return not run.prose or kind_of(run) == "li" or _goes_on(run)


def _goes_on(run: Block) -> bool:
    """Whether a line below an offer goes on with it."""
    if run.size > _LINE or kind_of(run) in HEADINGS:
        return offers(run)
    return offers(run) or bool(_OFFERED.search(run.text) and (not run.prose or _is_told(run)))


def _is_told(run: Block) -> bool:
    """Whether a sentence speaks of an offer more than once."""
    return len({word.casefold() for word in _OFFERED.findall(run.text)}) > 1
