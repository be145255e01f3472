"""Phrases: the words that give a promo, a credit or a list of links away, whatever a page calls it.

Data only. Each pattern is tried against the start of a short block, or against the whole of it.
"""

from __future__ import annotations

import re


def _starts(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,8}}(?:{'|'.join(phrases)})", re.IGNORECASE)


def _whole(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,8}}(?:{'|'.join(phrases)})[\W_]{{0,8}}", re.IGNORECASE)


RELATED_LABEL = _starts(
    r"(?:read|see|watch|listen|learn|find out|view) (?:more|also|next|now|the full|here|it|our)\b",
    r"also (?:read|see|watch|on)\b", r"related (?:stories|articles|reading|coverage|news|topics|links)\b(?!\s\w+ed\b)", r"related\b(?! to\b)",
    r"recommended (?:stories|articles|reading|videos?|for you|by our \w+)\b", r"recommended\b", r"(?-i:MORE)\s*[:|]", r"more (?:on|from|about|like|"
    r"stories|news|reading|coverage|information|in)\b[^.]{0,80}$", r"don['’]t miss\b", r"must read\b",
    r"editor['’]?s['’]? (?:picks?|choice)", r"(?:most|top) (?:read|popular|viewed|stories)\b",
    r"you (?:may|might) (?:also )?(?:like|be interested)", r"if you (?:like|liked|enjoyed) (?:this|our)",
    r"trending\b", r"up next\b", r"explore more", r"go deeper\s*[:|]", r"keep reading", r"continue reading",
    r"further reading", r"in case you missed", r"from the archives?\b", r"what to read next",
    r"(?:click|tap) (?:here|to)\b",
    r"(?:read|see|watch|listen)\s*[:|]",
    r"see also", r"for more (?:on|about|news|stories|information)\b", r"go here\b",
    r"lesen sie (?:auch|hier|mehr|dazu|weiter)", r"mehr (?:zum thema|dazu|lesen|infos?)\b",
    r"auch interessant", r"siehe auch", r"das könnte sie", r"weitere (?:artikel|themen|informationen|"
    r"nachrichten|infos)\b", r"zum thema\b", r"hier geht es", r"weiterlesen",
    r"lire aussi", r"à lire(?: aussi| également)?", r"lire la suite", r"voir aussi", r"sur le même (?:sujet|thème)",
    r"(?:zobacz|czytaj|przeczytaj|obejrzyj|sprawdź) (?:też|także|również|więcej)", r"(?:ayrıca|bunu da|şunu da) (?:oku|izle)\w*",
    r"ilgili haber(?:ler)?\b", r"(?:קראו|קרא|צפו|לקריאה) (?:גם|עוד|נוספת)", r"עוד בנושא", r"(?:بیشتر|همچنین) (?:بخوانید|ببینید)",
    r"مطالب مرتبط", r"(?:olvassa el|olvasd el|kapcsolódó|lásd még)\b", r"(?:čtěte|přečtěte|viz) (?:také|též)", r"leggi (?:anche|pure)",
    r"pour aller plus loin", r"à (?:voir|écouter|découvrir) (?:aussi|également)", r"en savoir plus",
    r"lea? (?:también|tambien|más)", r"le(?:e|er) más", r"te puede interesar", r"ver también",
    r"más información", r"noticias? relacionadas?", r"también te puede", r"vea también",
    r"leia (?:também|mais)", r"veja (?:também|mais)", r"saiba mais", r"leggi anche", r"lees ook",
    r"читайте (?:также|далее|ещ[её]|подробнее)", r"(?:смотрите|см\.) (?:также|ещ[её])", r"по теме\b",
    r"подробнее(?: о|:|$)", r"ещ[её] (?:по теме|новости)", r"материалы по теме", r"главное за",
    r"читайте (?:також|ще|більше)", r"дивіться також", r"(?:за|по) темою", r"більше (?:по|за) темі?",
    r"(?:اقرأ|إقرأ|اقرأي|اقرؤوا|شاهد|طالع) (?:أيض\w*|المزيد)", r"مواضيع (?:ذات صلة|متعلقة)", r"ذات صلة",
    r"المزيد (?:من|حول|عن)", r"قد يهمك",
    r"läs (?:också|även|mer|vidare)", r"les (?:også|mer|videre)", r"læs (?:også|mere|videre)", r"lue (?:myös|lisää)",
    r"(?:čítajte|prečítajte si|pozrite|prečtěte si|podívejte se) (?:aj|tiež|také|i)", r"cite(?:ș|s|ş)te (?:și|si|şi|mai mult)", r"vezi (?:și|si|şi)",
    r"citi(?:ț|t|ţ)i (?:și|si|şi)", r"прочетете (?:още|също)", r"вижте (?:още|също)", r"(?:прочитајте|читајте|погледајте) (?:и|још)", r"pročita(?:j|jte) (?:i|još)",
    r"čitajte (?:i|još)", r"pogledajte (?:i|još)", r"preberite (?:še|tudi)", r"διαβάστε (?:επίσης|ακόμη|ακόμα|περισσότερα|και)", r"δείτε (?:επίσης|ακόμη|ακόμα)",
    r"baca (?:juga|selengkapnya|lebih lanjut)", r"lihat juga", r"simak (?:juga|video)", r"(?:यह|ये) (?:भी|ख़बर|खबर) (?:भी )?(?:पढ़ें|पढ़ें|देखें)", r"(?:और|इसे भी) (?:पढ़ें|पढ़ें)",
    r"مزید (?:پڑھیں|پڑھیے|جانیے)", r"یہ بھی (?:پڑھیں|دیکھیں)", r"আরও? পড়ুন", r"আরো পড়ুন", r"xem (?:thêm|tiếp)", r"đọc (?:thêm|tiếp)", r"soma (?:pia|zaidi)",
    r"(?:чытайце|глядзіце) (?:таксама|яшчэ)", r"(?:həmçinin|daha ətraflı) oxu\w*", r"կարդացեք (?:նաև|ավելին)", r"(?:taip pat )?skaitykite(?: (?:taip pat|daugiau))?", r"lasi(?:et)? (?:arī|vairāk)",
    r"loe (?:ka|lisaks|edasi)", r"lexoni (?:edhe|më shumë)", r"llegeix també", r"نور (?:ولولئ|ولولی)", r"هەروەها بخوێن\w+", r"bixwîne", r"ဆက်စပ်သတင်း",
    r"(?:read|see|watch)(?: this)?\s*[:|]",
)  # fmt: skip
"""A label before a link to something else."""

LINK_LABEL = _starts(
    r"(?:photos?|pictures|video|gallery|opinion|analysis|explainer|review|interactive|timeline|quiz|podcast|live|"
    r"fotos?|bilder|vidéo|vídeo|видео|фото|відео|صور|فيديو)\s*[:|]",
)
"""A label that is one only before a link: the same words head parts of a story."""

PROMO = _starts(
    r"join (?:the |over |more than )?(?:[\d,.]+|thousands|millions)", r"never miss\b", r"(?:enjoy(?:ed|ing)?|lik(?:e|ed)) (?:this|what|the|our)\b",
    r"(?:sign|signing) up (?:for|to|here|now|today)\b", r"subscribe\b", r"join (?:our|us|the conversation|"
    r"now)\b", r"(?:follow|like|find|add|connect with) (?:us|me|@|the author|\w+(?: \w+){0,3}) "
    r"(?:on (?:twitter|facebook|instagram|x\b|telegram|google|linkedin|whatsapp|tiktok|youtube)|@)",
    r"(?:get|download|try) (?:our|the) (?:free |new |mobile )*apps?\b", r"follow (?:us|@|live|our)\b", r"(?:get|receive|want) (?:the |our |all )?(?:latest|best|more|"
    r"daily|top|breaking|today|unlimited|news|alerts|stories|updates)[^.]{0,80}"
    r"(?:inbox|newsletter|email|e-mail|app|delivered|alerts|here)", r"download (?:the|our) [\w ]{0,30}app",
    r"support (?:our|independent|quality|local) (?:work|journalism|reporting)", r"become a (?:member|"
    r"subscriber|patron|supporter)", r"(?:make a )?donat(?:e|ion) (?:now|today|here|to)", r"share this\b",
    r"share (?:on|via|your|article|story)\b", r"tweet this", r"(?:please )?enable (?:javascript|cookies)",
    r"this (?:content|video|audio|page|article) (?:is not|isn['’]t|cannot|could not|requires|was "
    r"(?:created|originally)|is (?:only )?available|can ?not)\b[^.]{0,60}(?:javascript|browser|"
    r"subscriber|region|device|play|load|cookies)", r"your browser (?:does not|doesn['’]t)",
    r"(?:advertisement|sponsored(?: content)?|ad|story continues (?:below|after)|article continues "
    r"(?:below|after)|continue reading (?:below|the main story)|scroll (?:down )?(?:to|for)|skip "
    r"(?:advert|to|past|promotion)|loading|promoted|anzeige|werbung|publicité|publicidad|реклама|"
    r"إعلان|reklam|reklama|reklame|advertorial|pubblicità|publicidade|annons|annonce|advertentie|hirdetés|διαφήμιση|פרסומת|آگهی|تبلیغات)\b[^.]{0,40}$",
    r"реклама\.\s[^\n]{0,80}$", r"(?:広告|広告|광고|广告|廣告|โฆษณา)$", r"[\d.,\s]{1,9}\s(?:votes?|голос\w{0,3}|stimmen|votos|oy)$",
    r"this (?:is a )?(?:story|article|post) (?:is|was|has been) (?:developing|being updated|will be "
    r"updated)", r"this is a (?:developing|breaking)(?: news)? (?:story|news)", r"(?:more|updates) to "
    r"(?:come|follow)\b", r"check back (?:for|later|soon)", r"refresh (?:this|the) page",
    r"(?:all rights reserved|copyright|\(c\)|©|\(?ap\)? ?© )", r"©", r"[^.]{0,60}all rights reserved",
    r"copy (?:the )?link$", r"(?:följ|prenumerera på) (?:oss|vårt nyhetsbrev)\b", r"(?:følg|abonner på) (?:os|oss|vores|vårt)\b", r"seuraa meitä\b",
    r"(?:sledujte|odebírejte|odoberajte) (?:nás|náš)\b", r"(?:urmăriți-ne|urmărește-ne|abonați-vă|abonează-te)\b", r"(?:последвайте ни|абонирайте се)", r"(?:пратите|pratite) (?:нас|nas)\b",
    r"ακολουθήστε\b[^.]{0,60}\b(?:google|facebook|instagram|viber)", r"(?:dapatkan|ikuti) (?:update|berita|kami|informasi)\b[^.]{0,80}", r"mari bergabung di\b", r"theo dõi (?:chúng tôi|kênh)",
    r"(?:abonnieren|newsletter)\b", r"(?:jetzt|hier) (?:abonnieren|anmelden|registrieren)",
    r"(?:folg|lik)(?:e|en|t)(?: sie)? uns\b", r"seguici (?:su|anche)", r"siga-nos", r"volg ons",
    r"kommentieren ist (?:momentan |derzeit )?nicht möglich", r"inscrivez-vous", r"abonnez-vous", r"recevez (?:notre|nos|chaque|toute)", r"suivez[- ]nous",
    r"suscr[ií]b[ae]te", r"síguenos", r"recibe (?:nuestr|todas|las)", r"подпи(?:сывайтесь|шитесь)",
    r"підпи(?:суйтесь|шіться)", r"(?:اشترك|تابعنا|تابعونا)",
    r"(?:читай(?:те)?|смотрите|слушайте|следите) (?:за )?(?:нас|нами|наш\w*) (?:в|на|у)\b", r"(?:читай(?:те)?|дивіться|слухайте|слідкуйте|стежте) (?:за )?(?:нас|нами|наш\w*) (?:в|у|на)\b",
    r"(?:следите|слідкуйте|стежте) за (?:нами|нашими?|новинами|новостями)\b", r"(?:присоединяйтесь|приєднуйтесь|приєднуйтеся|долучайтеся|долучайтесь) (?:к|до) (?:нам|нас|наш\w*)\b",
    r"(?:больше|более|самые|все) [^.]{0,40}(?:в|на) нашем\b", r"(?:більше|усі|всі|найважливіші|найсвіжіші) [^.]{0,40}(?:в|у|на) нашому\b", r"(?:наш|мы в|ми в|ми у) (?:telegram|телеграм|канал|facebook|фейсбу)",
    r"(?:если вы )?(?:нашли|заметили|увидели) (?:ошибку|опечатку|помилку)", r"(?:якщо ви )?(?:знайшли|помітили|побачили) помилку",
    r"(?:whatsapp|telegram|youtube|instagram) (?:kanalımız|sayfamız)\w*\b", r"(?:chcesz|chcecie) [^.!?]{2,50}\? (?:zapisz|dołącz|śledź|zaprenumeruj)", r"zapisz się (?:na|do) (?:nasz\w*|newsletter\w*)\b",
    r"profitez de (?:notre|nos|l['’])(?: ?offre)?\b[^.]{0,80}(?:€|euro|mois|abonn|engagement)",
    r"bizi (?:[\w’']+ ){0,3}takip ed\w+", r"(?:śledź|obserwuj|polub) nas\b", r"dołącz do (?:nas|naszej|naszego)", r"retrouvez-nous\b", r"rejoignez-nous\b", r"(?:siga|sigue|únete|unite)(?:nos)? (?:a|en|con)? ?(?:nuestr[oa]s?|nosotros)",
    r"(?:للاشتراك|للانضمام|لمتابعة (?:آخر|أحدث|أخبار\w*|قناتنا)|لمتابعتنا)[^.]{0,60}(?:قنا\w+|واتساب|تيليجرام|تلغرام|تيليغرام|هنا|عبر|على)", r"تابع(?:وا)? (?:آخر|أحدث|كل|جميع|أهم) (?:ال)?(?:أخبار|اخبار|مستجدات|تطورات)[^.]{0,40} (?:عبر|على)\b", r"(?:انضم|انضموا|تابع(?:وا)?) (?:إلى|إلينا|على|لقناتنا|قناتنا|حسابنا)", r"(?:ما را|کانال ما را?) (?:در )?[^.]{0,40}دنبال کنید", r"(?:הצטרפו|עקבו אחרינו|הירשמו)\b", r"(?:ติดตาม(?:เรา|ข่าว)|กดติดตาม)",
    r"(?:la )?suite (?:de l['’]article )?après (?:cette|la) (?:publicité|pub)\b", r"(?:weiter|artikel geht weiter|lesen sie weiter) nach (?:der|dieser) (?:werbung|anzeige)", r"(?:sigue|continúa) (?:leyendo )?(?:después|tras) (?:de )?(?:la|esta) publicidad",
    r"(?:dalsz[ay] (?:część|ciąg)|ciąg dalszy)[^.]{0,30} (?:pod|poniżej)\b[^.]{0,30}$", r"článek pokračuje (?:pod|po)\b", r"a cikk (?:a hirdetés|folytatódik)[^.]{0,30}$",
    r"artik(?:keln?|kelen|len|eln) fort(?:sætter|setter|sätter)\b[^.]{0,30}$", r"(?:artikel gaat|lees) verder (?:onder|na)\b[^.]{0,30}$",
    r"(?:laden sie|lade dir|hol dir) (?:jetzt )?(?:unsere|die) [\w -]{0,20}app\b", r"téléchargez (?:l['’]|notre )appli", r"descarg(?:a|ue) (?:nuestra|la) (?:app|aplicación)",
    r"(?:скача(?:йте|ть)|установите) (?:наше |мобильное )*приложение", r"(?:завантаж(?:уйте|те|ити)|встановіть) (?:наш |мобільний )*(?:застосунок|додаток)",
    r"(?:حم[ّ]?ل|نز[ّ]?ل)(?:وا)? (?:الآن )?تطبيق\w*", r"(?:mobil )?uygulamamızı indir", r"pobierz (?:naszą |bezpłatną )?aplikację", r"הורידו (?:את|עכשיו) [^.]{0,20}(?:אפליקצי|יישומון)",
    r"(?:اپلیکیشن|برنامه) [^.]{0,20}(?:دانلود|نصب) کنید", r"ל(?:הצטרפות|הרשמה|קבלת עדכונים|עדכונים)(?=[^.]{0,60}(?:לחצו|וואטסאפ|טלגרם|לערוץ|לקבוצ))",
    r"(?:continua|segue) dopo la pubblicità", r"(?:продолжение|материал продолжается|статья продолжается) (?:после|ниже) реклам\w+", r"продовження (?:після|нижче) реклами", r"(?:reklam(?:dan)? sonra|haberin devamı) [^.]{0,30}$", r"got a (?:tip|story|question)\b",
    r"have (?:a|you got a) (?:tip|news tip|story)\b", r"(?:email|e-mail|contact) (?:us|the (?:author|"
    r"writer|reporter|editor)|this (?:author|writer))\b", r"(?:do you have|tell us|let us know|what do "
    r"you think)\b[^.]{0,100}(?:comments?|below|email|story\?|think\?)", r"leave a (?:comment|reply)",
    r"(?:view|read|post|add|show|hide|load) (?:all )?(?:\d+ )?comments?", r"comments? (?:are )?(?:closed|"
    r"off)", r"(?:this|our) (?:web)?site (?:uses|sets)\b[^.]{0,40}\bcookies?\b", r"(?:enjoyed|liked) this"
    r"(?: (?:story|article|report|post))?\?", r"\d+ comments?$", r"not a (?:subscriber|member)\b", r"already a (?:subscriber|member)\b",
    r"(?:sign|log) in (?:to|or)\b", r"(?:click|tap) here (?:to|for)\b", r"listen to (?:this|the) "
    r"(?:article|story|podcast|episode)", r"(?:scan|use) the qr code", r"if you have been affected by",
    r"(?:топ|подпис)", r"(?:report|suggest) (?:a|an) (?:typo|error|correction)", r"send (?:us|your) "
    r"(?:tips|feedback|letters)", r"to (?:subscribe|sign up|unsubscribe)\b", r"print this\b",
    r"email this\b", r"(?:image|photo|picture|video|foto|bild|photograph|фото|صورة)"
    r"(?:(?: credits?| source| caption| by| courtesy)\s*[:/|]| (?:source|caption),\s)", r"(?:foto|photo|bild|фото|image)\s*:\s",
    r"(?:bild|foto|text|video)quelle\s*:", r"crédits? photos?\s*:", r"\w{0,20}bild\s*:\s*©",
    r"(?:a (?:post|photo|video|reel) shared by|ein beitrag geteilt von|une publication partagée par|una "
    r"publicación compartida (?:de|por)|um post compartilhado por|un post condiviso da) .{1,120}$",
    r"(?:getty images|reuters|afp|ap photo|epa|dpa)(?:\s*/[\w\s]+)?$", r"file photo\b[^.]{0,60}$",
    r"sponsor(?:ed)? message$", r"embed(?:ded)? from getty images", r"(?:vote|take part) in (?:our|the|this) (?:poll|survey)\b",
    r"skip (?:advertisement|(?:past )?(?:newsletter )?promotion|ad\b|to (?:main )?content)", r"after newsletter promotion$", r"add (?:\w+ ){1,5}as a (?:preferred|trusted) source\b",
    r"(?:this|the) (?:\w+ ){0,2}(?:summary|audio|translation|version|bullets?) (?:was|is|were) (?:\w+ )?(?:generated|created|produced|written|read) (?:by|with|using) (?:an? )?(?:ai\b|artificial|automated|machine)",
    r"keep up (?:to date )?with (?:all )?(?:of )?(?:the |our )?latest\b[^.]{0,90}$", r"you(?:['’]re| are) (?:a|one of our) (?:dedicated|loyal|regular|valued|most loyal) readers?\b", r"if you (?:appreciate|value|enjoy|like|find) (?:our|this) (?:work|journalism|reporting)\b",
    r"(?:更多[^。！]{1,8}[！，]?)?(?:欢迎|歡迎|请|請)?(?:扫描|掃描|扫一扫)[^。]{0,16}(?:二维码|二維碼)", r"(?:欢迎|歡迎)?(?:关注|關注)[^。]{0,16}(?:公众号|公眾號|微信|微博)", r"[^\s。，]{2,10}(?:公众号|公眾號)$",
    r"(?:自动播放|自動播放|正在播放|点击播放|點擊播放)[^。]{0,14}$", r"(?:[<>‹›]\s?){1,4}$", r"thanks for (?:reading|watching|listening)\b", r"thank you for (?:reading|subscribing|being a)\b", r"follow (?:[\w.]+['’]s |our |the [\w.]+['’]s )(?:full |complete |live |latest )?coverage\b",
    r"(?:просмотр(?:ов|ы)?|перегляд(?:ів|и)?|прочитано|(?:page )?views?|hits|reads?|aufrufe|vues|visitas|lecturas|odsłon(?:y)?|okunma|(?:عدد )?(?:ال)?(?:مشاهدات|قراءات|زيارات)|تعداد بازدید|بازدید|צפיות)\s*[:：]?\s*\d[\d\s.,kKмтыс]*$",
    r"(?:нравится|подобається|мне нравится)\s*[+:]?\s*\d+$", r"انتهای پیام\b.{0,12}$", r"sent from my \w+(?: \w+)?$", r"get outlook for \w+$", r"von meinem \w+ gesendet$", r"gesendet von meinem \w+$", r"envoyé de mon \w+$",
    r"enviado desde mi \w+$", r"отправлено с \w+$", r"надіслано з \w+$", r"أرسلت من\b.{0,20}$",
)  # fmt: skip
"""A short block that asks the reader for something, or belongs to the page, not to the story."""

PLEA_WITHIN = re.compile(
    r"\b(?:(?:kanalımıza|sayfamıza|bültenimize|grubumuza) (?:abone|katıl|üye)|(?:подпи(?:сывайтесь|шитесь)|"
    r"підпи(?:суйтесь|шіться|суйтеся)) на на[шс]|(?:join|subscribe to) our (?:whatsapp|telegram|youtube|channel|newsletter)|"
    r"(?:abonnieren|folgen) sie unser)",
    re.IGNORECASE,
)
"""What a short block asks that says first what for; sought in those only that lead somewhere."""

CREDIT = re.compile(
    r"(?:[(\[](?:file )?(?:ap |afp |epa )?(?:photo(?:graph)?|image|picture|foto|bild|credit|фото)s?\b"
    r"[^()\[\]]{0,80}[)\]]|(?:\b(?:photo(?:graph)?|picture|image|foto|bild|credit|фото|фотография)"
    r"(?: credit| courtesy| by)?\s*[:/©]|©)\s*(?:[^.:!?]|(?<=\b\w)\.){2,60}|(?:/\s?|\bvia |[|–—]\s)(?:getty images|afp|reuters|"
    r"ap|epa|dpa|shutterstock|alamy|istock|imago|picture alliance)\b[^.!?]{0,40})[\W_]*$",
    re.IGNORECASE,
)  # fmt: skip
"""The end of a caption: whose picture it is."""

CONSENT = _starts(
    r"this (?:content|article|post|video|embed|media)[^.]{0,60} (?:provided|hosted|published) by (?:a )?(?:third|twitter|x\b|"
    r"facebook|instagram|youtube|google|tiktok|telegram)", r"to (?:display|view|see|show|watch|load) this (?:content|video|post|tweet|"
    r"embed|media)[^.]{0,60}(?:cookie|enable|accept|consent|allow)", r"(?:allow|accept|show) [\w ]{1,20} content\?",
    r"we (?:need|ask for|require) your (?:consent|permission) (?:to|before)", r"by (?:clicking|signing up|submitting|"
    r"subscribing|registering|continuing|pressing|(?:entering|providing) your)\b[^.]{0,80}\b(?:i|you|we)\b[^.]{0,30}\b(?:agree|consent|accept|"
    r"acknowledge|may)\b", r"(?:this|our) (?:site|form|page) is protected by recaptcha", r"an dieser stelle (?:findest|finden|befindet|"
    r"steht|ist|wird)\b[^.]{0,80}\b(?:extern\w*|inhalt\w*)", r"empfohlener (?:redaktioneller |externer )?inhalt", r"externe[rn]? inhalte? (?:von|anzeigen|"
    r"erlauben|laden)", r"ich (?:bin damit einverstanden|willige (?:darin )?ein)\b", r"mit (?:dem (?:klick|laden|aufruf|abspielen|absenden)|"
    r"(?:ihrer|deiner|der) anmeldung)\b[^.]{0,120}\b(?:akzeptier|einverstanden|stimm|erklär|übermittelt|daten)",
    r"um (?:diesen inhalt|dieses video|den inhalt|diesen beitrag)\b[^.]{0,80}\b(?:sehen|anzeigen|anzuzeigen|nutzen|laden)", r"wir (?:benötigen|brauchen) "
    r"(?:deine|ihre|eure) (?:zustimmung|einwilligung)", r"wir respektieren (?:deine|ihre|eure) privatsphäre", r"pour (?:afficher|voir|visualiser) "
    r"ce(?:tte)? (?:contenu|vidéo|tweet|publication)", r"ce contenu (?:est|a été|n['’]est pas)[^.]{0,60}(?:cookie|bloqué|tiers|accept)",
    r"en vous (?:inscrivant|abonnant)[^.]{0,60}accept", r"para (?:ver|visualizar|mostrar) (?:este|esta|o) (?:contenido|vídeo|video|conteúdo|"
    r"publicación)", r"este contenido[^.]{0,60}(?:cookie|terceros)", r"al (?:suscribirte|registrarte|hacer clic)[^.]{0,60}acept",
    r"per (?:visualizzare|vedere) questo (?:contenuto|video)",
)  # fmt: skip
"""What stands where another site's post would be shown, or beside a form, until the reader agrees."""

NOTICE = _starts(
    r"a version of this (?:article|story|essay|column|review|report) (?:appears|appeared|was (?:first |originally )?published|ran)\b", r"our standards:\s", r"dieses thema im programm\b",
    r"(?:this|the) (?:story|article) was (?:produced|automatically generated|auto-generated) (?:by|from) (?:an? )?(?:automated|syndicated|ai\b)",
    r"dziękujemy, że przeczyta\w+", r"[\w ]{0,20}ajansı web sitesinde\b[^.]{0,80}abonelere sunulan", r"das ist eine nachricht, die im dpa-newskanal\b", r"© dpa\b", r"dieser (?:artikel|text|beitrag) wurde (?:automatisch|aus dem)[^.]{0,40}(?:dpa|nachrichtenagentur|newsfeed)\b",
    r"мы (?:работаем|существуем|жив[её]м) (?:только )?благодаря (?:вам|вашей|читател)", r"ми (?:працюємо|існуємо) (?:лише )?завдяки (?:вам|вашій|читач)", r"посетители, находящиеся в группе\b", r"відвідувачі, які знаходяться в групі\b",
    r"이 기사는 언론사에서 .{1,12} 섹션으로 분류", r"(?:이 )?기사 ?제보(?:는|하기)?\b", r"following (?:is|are) (?:the )?(?:author|reporter)s?['’]? (?:details|contacts?)\b",
    r"(?:если вы|якщо ви) [^.]{0,40}(?:ошибку|опечатку|помилку|неточность)[^.]{0,60}ctrl\s?\+\s?enter", r"(?:к|с)опирайт|копирование материалов", r"bu haber (?:ajans|anadolu|dha|iha)[^.]{0,80}(?:editör|otomatik|müdahale)",
    r"این (?:خبر|مطلب) (?:به صورت )?خودکار\b",
)  # fmt: skip
"""A sentence or two of the house's, none of the story, wherever they stand."""

COPYRIGHT = _starts(
    r"(?:all rights reserved|copyright\b|\(c\)|©|tous droits réservés|alle rechte vorbehalten|todos los derechos "
    r"reservados|tutti i diritti riservati|все права защищены|всі права захищені|جميع الحقوق محفوظة)",
)  # fmt: skip
"""Tried against the last lines only."""

RELATED_HEADING = _whole(
    r"related(?: \w+){0,3}", r"recommended(?: \w+){0,4}", r"more (?:on|from|about|in|like|for) .{1,60}",
    r"more (?:stories|news|reading|coverage|articles|to read|headlines|top stories|links|posts)",
    r"(?:most|top) (?:read|popular|viewed|shared|stories|news|headlines|comments)(?: .{0,30})?",
    r"(?:latest|recent|other|popular|trending|featured|similar|latest breaking)(?: \w+){0,2}",
    r"you (?:may|might) (?:also )?(?:like|be interested in)(?: .{0,20})?", r"also (?:read|on .{1,30}|in .{1,30})",
    r"(?:see|read|watch) (?:also|more|next)(?: .{0,30})?", r"editor['’]?s['’]? (?:picks?|choice)",
    r"trending(?: .{0,20})?", r"what to (?:read|watch) next", r"(?:up )?next(?: up| article| story)?",
    r"don['’]t miss", r"further reading", r"(?:external |useful )?links", r"around the web",
    r"from (?:around|across|our) .{1,40}", r"sponsored (?:content|links|stories)", r"promoted .{0,30}",
    r"(?:leave|post|write|add) a? ?(?:reply|comments?)(?: .{0,30})?", r"(?:\d+ )?(?:comments?|responses?|replies)"
    r"(?: \(?\d*\)?)?", r"join the (?:conversation|discussion)", r"share (?:this|on|via)(?: .{0,30})?", r"share",
    r"tags?", r"topics?(?: in this .{0,20})?", r"about the (?:authors?|writer)", r"newsletters?(?: .{0,30})?",
    r"(?:sign up|subscribe)(?: .{0,60})?", r"follow us(?: .{0,40})?", r"categories", r"archives?",
    r"mehr (?:zum thema|über .{1,60}|aus .{1,40})", r"weitere (?:artikel|themen|nachrichten|meldungen|news)(?: .{0,30})?", r"das könnte .{0,50}",
    r"auch interessant", r"(?:schon|auch) gelesen", r"(?:weitere|mein aktuelles) videos?", r"leser(?:meinungen|kommentare)",
    r"(?:ähnliche|verwandte) (?:artikel|themen|beiträge)", r"meistgelesen.{0,30}",
    r"kommentare?(?: .{0,20})?", r"schlagw(?:orte|örter)", r"themen", r"artikel teilen", r"lesen sie auch",
    r"(?:lire|voir) aussi", r"à lire (?:aussi|également)(?: .{0,20})?", r"sur le même (?:sujet|thème)",
    r"les plus lus", r"articles? (?:liés|similaires|recommandés)", r"commentaires?(?: .{0,20})?", r"partager .{0,30}",
    r"noticias? relacionadas?", r"(?:lo )?más (?:leído|visto|noticias|información|en .{1,30})s?(?: .{0,20})?",
    r"te puede interesar", r"(?:lea|ver) también", r"comentarios?(?: .{0,20})?", r"artículos? relacionados?",
    r"etiquetas", r"temas(?: relacionados)?", r"leia (?:também|mais)", r"comentários?",
    r"(?:читайте|смотрите) (?:также|ещ[её]).{0,20}", r"(?:материалы |новости |ещ[её] )?по теме", r"комментарии.{0,10}",
    r"(?:другие|последние|похожие|главные) (?:новости|материалы|статьи)(?: по теме)?", r"теги", r"популярное", r"рекомендуем",
    r"(?:bunlar da |bu haberler? de |bu da )?ilginizi çekebilir.{0,10}", r"читайте також.{0,20}", r"(?:матеріали )?(?:за|по) темою", r"коментарі.{0,10}", r"(?:інші|останні) новини",
    r"(?:مواضيع|أخبار|مقالات|موضوعات) (?:ذات صلة|متعلقة|مشابهة)", r"(?:اقرأ|إقرأ) أيض[اً]+", r"التعليقات", r"الأكثر قراءة",
)  # fmt: skip
"""A heading under which nothing belongs to the story."""

MASTHEAD_LINE = _whole(
    r"(?:published|posted|updated|last updated|last modified|first published|created|modified|released|"
    r"veröffentlicht|aktualisiert|stand|erstellt|publié|mis à jour|modifié|publicado|actualizado|опубликовано|"
    r"обновлено|оновлено|опубліковано|نشر|تم النشر|آخر تحديث)\b.{0,80}",
    r"(?:by|von|par|por|автор|от|بقلم)\s*:?\s+\S.{0,80}",
    r"(?:agencias?|agencies|efe|europa press|afp|reuters|dpa|ansa|lusa|belga|kyodo|тасс|риа новости|интерфакс|укрінформ|уніан)(?:\s*[|/·•,–—-]\s*\S.{1,30})?", r"(?:jan|febr)uary \d{4}|(?:march|april|may|june|july|august) \d{4}|(?:sept|nov|dec)ember \d{4}|october \d{4}", r"\d+ ?(?:min(?:ute)?s?)\.?(?: read)?", r"(?:reading time|lesezeit|"
    r"temps de lecture|время чтения|час читання)\b.{0,30}", r".{0,40}\b\d+[- ]min(?:ute)?s? read",
    r"share|save|print|email|comments?|facebook|twitter|whatsapp|linkedin|pinterest|telegram|copy link|link copied|"
    r"reddit|tweet|teilen|drucken|partager|imprimer|compartir|imprimir|поделиться|печать|listen|play|pause|"
    r"close|menu|search|home|follow|advertisement|anzeige|image|video|photo|gallery|tags?|topics?|login|"
    r"(?:\d+ )?(?:shares|views|likes|comments)|\d[\d,.]*[km]?|top|back to top|breaking|exclusive|live|opinion|news|world",
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? .{0,12}\d{1,2}.{0,30}",
    r"\d{1,2}[./ -](?:\d{1,2}|\w{3,10})[./ -]\d{2,4}.{0,40}", r"\w{3,10}\.? \d{1,2},? \d{4}.{0,40}",
    r"\d{4}-\d\d-\d\d.{0,30}", r"\w{3,10}\.? \d{4}", r"\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago.{0,20}",
)  # fmt: skip
"""A short line between headline and story."""

COMMENTS_HEADING = _whole(
    r"(?:\d+ |all |reader |readers['’]? |your |view |show |user )?(?:comments?|responses?|replies|letters|views)(?: \(?\d*\)?)?",
    r"(?:letters|comments|responses|replies|discussion) (?:about|on|to|from) .{1,60}", r"(?:leave|post|write|add) a? ?(?:reply|comments?)(?: .{0,30})?",
    r"join the (?:conversation|discussion)", r"(?:\d+ )?kommentare?(?: .{0,20})?", r"(?:\d+ )?commentaires?(?: .{0,20})?",
    r"(?:\d+ )?comentarios?(?: .{0,20})?", r"комментарии.{0,10}", r"коментарі.{0,10}", r"التعليقات.{0,10}",
)  # fmt: skip
"""A heading after which readers speak."""

COUNTED_COMMENTS = _whole(
    r"(?:\d+ |all |reader |leave )?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|"
    r"komentarze|комментари[ий]\w*|коментарі\w*|التعليقات|تعليقات)(?:\s*[:(\[]?\s*\d+\s*[)\]]?)?",
)  # fmt: skip
"""A heading under which readers speak, and nobody else."""

AUTHOR_BIO = re.compile(
    r"[\W_]*(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},? (?:is|was|has been|covers|writes|works|joined|reports|"
    r"edits|teaches|lives)\b(?: (?:a|an|the))?[^.]{0,80}\b(?:reporter|correspondent|journalist|writer|editor|columnist|"
    r"author|professor|fellow|contributor|bureau|freelance|newsroom|staff|covers|covering|blogger|director|"
    r"analyst|lecturer|producer|host|for the|at the)|about the author|(?:e-?mail|contact|reach|write to|follow) "
    r"(?:him|her|them|[A-Z]\w+(?: [A-Z]\w+)?) (?:at|on)\b|(?:reach|contact) [A-Z]\w+ [A-Z]\w+ at )"
)
"""Tried against the last blocks only: the same words may open a profile."""
