"""Byline words: what do bylines say beside names, in the languages of the corpus?

Data: patterns, and nothing else.
"""

from __future__ import annotations

_WRITTEN = (
    "written|writing|posted|reported|reporting|published|submitted|contributed|filed|authored|story|words|text|article|analysis|opinion|review|"
    "comment|interview|pressemitteilung|im wortlaut|view all posts|more from|veröffentlicht|"
    "eingestellt|erstellt|verfasst|"
    "geschrieben|gepostet|artikel|beitrag|ein(?:e|en)? (?:gastbeitrag|gastkommentar|kommentar|"
    "analyse|interview|bericht|reportage|essay)|propos recueillis|publié|écrit|rédigé|une analyse|"
    "escrito|publicado|redactado|entrevista|una crónica|scritto|a cura"
)
_TASKS = (  # with a colon behind them
    "interview|protokoll|reportage|analyse|words|reporter|journalist(?:in)?|redakteur(?:in)?|korrespondent(?:in)?|journaliste|periodista|giornalista|"
    "dziennikar(?:z|ka)|újságíró|muhabir|корреспондент|кореспондент(?:ка)?|журналист(?:ка)?|журналіст(?:ка)?|מראיינ(?:ת)?|ראיי(?:ן|נה)|כתב(?:ת|ה)?|כותב(?:ת)?|"
    r"حاور(?:ه|ها|ته|تها)|أجر(?:ى|ت) (?:الحوار|المقابلة)|مراسل(?:ة|نا|تنا)?(?: \S+)?|الصحفي(?:ة)?|röportaj|söyleşi|نوشته|기자명|texte?s?|texto|reportaje|entretien|entrevista|haber|"
    "گزارش|گزارشگر|خبرنگار|интервью|беседу вел[аи]?|інтерв['’]ю|розмову (?:вів|вела)|rozmowa"
)
_DID = (  # in languages whose verbs say so without a "by"
    "беседовал[аи]?|спілкувал(?:ася|ися)|спілкувався|подготовил[аи]?|записал[аи]?|написал[аи]?|підготував|підготувала|записала?|написала?|"
    "przygotowała?|opracowała?|opracowali|napisała?|rozmawiała?|hazırlayan|yazanlar"
)
_CASED = r"(?-i:[A-ZÀ-ÞĀ-ŽȘȚΑ-ΩΆ-Ώ][^\W\d_]+(?:[-'’][^\W\d_]+)?)"
_CASED_NAME = (
    rf"{_CASED}(?:\s{_CASED}){{1,2}}\s*(?:$|,\s[^.]{{0,40}}(?:correspondent|reporter|editor))"
)
"""All the rest of a line: what is a preposition elsewhere ("de", "na") says "by" before it."""
BY = (
    r"by|von|par|por|di|da|door|av|przez|author|autor(?:in|en|innen)?(?=\s*:)|author|autor|auteur|автор(?:ы|и|ка)?(?: статьи)?|от|від|"
    r"текст|oprac|opracowanie|tekst|yazan|yazar(?:ı|lar)?(?=\s*:)|מאת|נכתב על ידי|نویسنده|به قلم|گزارش از(?=\s*:)|"
    rf"(?:{_TASKS})(?=\s*:)|(?:{_DID})|作者|撰文|采写|采寫|取材・文|文(?=\s*[/／|｜:：・])|글(?=\s*:|\s[가-힣]{{2,4}}(?:\s|$))|"
    r"tác giả|phóng viên|लेखक|রচনা|প্রতিবেদক|تحریر|رپورٹ|пише|пишува|аутор|piše|autorica|γράφ(?:ει (?:ο|η)|ουν (?:οι)?)|"
    r"συντάκτ(?:ης|ρια)|ρεπορτάζ|af|teksti|kirjoittaja|nga|oleh|penulis|müəllif|muallif|հեղինակ|scris de|text de|skrifað af|"
    r"toimittaja|redaktor(?:ka)?(?=\s*:)|reportér(?:ka)?(?=\s*:)|autor(?:ka|ul|ică|i|y)(?=\s*:)|redactor(?=\s*:)|аўтар(?:ка)?|autori(?:us|ė)|autors|autore|"
    r"লেখক|লিখেছেন|द्वारा|लेखिका|संवाददाता(?=\s*:)|խմբագիր(?=\s*[:՝])|"
    rf"(?:(?-i:de)|του|της|from)(?=\s+{_CASED_NAME})|"
    r"ጸሐፊ|ፀሐፊ|ዘጋቢ|አዘጋጅ|írta|szerző|ავტორი|โดย|ผู้เขียน|بقلم|كتب(?:ه|ت)?|كتابة|إعداد|أعد[هت]?|تقرير|حوار"
)
LEAD = rf"^\W*(?:(?:{_WRITTEN})\s+)?(?:{BY})(?:\b|(?<=ा))\s*[:：፦՝/／|｜・–—-]?\s*(?:unsere[mrn]?\s+\w+\s+)?"
"""What a byline begins with: "By", "Ein Gastbeitrag von", "Автор:"."""
FROM_WHERE = r"^\W*(?:aus|depuis|desde|from|из|з|من)\s+[\w-]+\s+(?:berichtet|kommentiert)\s+"

OTHER_WORK = (
    r"^\W*(?:edit(?:ing|ed)|photo\w*|fotos?|foto\w*|bild(?:er)?|illustrat\w*|translat\w*|graphics?|"
    r"video|camera|additional|übersetz\w*|traduc\w*|tradui\w*|фото|перевод|переклад|ترجمة|تصوير)\b"
    r"(?:\s+\w+){0,2}?\s*(?:by\b|von\b|par\b|por\b|:)|"
    r"\((?:photos?|fotos?|photographie|bilder|illustration|фото|تصوير)\)|"
    r"^\W*(?:사진|写真|撮影|摄影|攝影|图|圖|责编|責編|편집)\s*[:：/／・=]?\s*[가-힣一-龥]"
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
    r"корреспондент\w*|журналист\w*|обозреватель|редактор\w*|כתב(?:ת|נו|תנו)?|специальный|собственный|спецкор|"
    r"кореспондент\w*|журналістк?\w*|оглядач\w*|مراسل\w*|صحفي\w*|كاتب\w*|محرر\w*|خاص"
)
AGENCIES = (
    r"reuters|associated|interfax|(?-i:AFP|AP|DPA|TASS|UPI|BBC|CNN|EFE|ANSA|SID|KNA|EPD|dpa|afp|sid)|"
    r"agence|agencia|agency|agencies|agencias?|тасс|риа|интерфакс|укрінформ|уніан|агентство|"
    r"jazeera|الجزيرة|رويترز|فرانس برس|برس|الأناضول|وكالات|وكالة"
)
WHEN = (
    r"january|february|march|july|october|november|december|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|updated|published|posted|last modified|im gespräch|follow|likes?|(?-i:read|min)"
)
PROFESSIONS = (
    r"(?:co-?)?(?:correspondents?|reporters?|editors?|editor-in-chief|writers?|columnists?|journalists?)|(?:\w+-?)?(?:redakteur|korrespondent|journalist|reporter)(?:in)?|"
    r"journaliste|envoyée? spéciale?|correspondante?|grande? reporter|corresponsal|enviad[oa] especial|periodista|redactora?|giornalista|inviat[oa]|"
    r"корреспондент(?:ка)?|журналист(?:ка)?|обозреватель(?:ница)?|редактор(?:ка)?|спецкор|кореспондент(?:ка)?|журналіст(?:ка)?|оглядач(?:ка)?|"
    r"מראיינ(?:ת)?|כתב(?:ת|נו|תנו)?|פרשנ(?:ית)?|مراسل(?:ة|نا|تنا)?|صحفي(?:ة)?|صحافي(?:ة)?|محرر(?:ة)?|muhabiri?|gazeteci|dziennikar(?:z|ka)|korespondent(?:ka)?|"
    r"reporter(?:ka)?|redaktor(?:ka)?|reportér(?:ka)?|novinár(?:ka)?|novinář(?:ka)?|novinar(?:ka)?|новинар(?:ка)?|репортер(?:ка)?|ziarist[ăa]?|jurnalist[ăa]?|toimittaja|"
    r"kirjeenvaihtaja|δημοσιογράφος|wartawan|publicyst(?:a|ka)|újságíró|خبرنگار|jornalista|repórter"
)
"""What people are who sign: a name before one signs, whatever its language."""
RANK = (
    r"^\s*(?:(?:Staff|Tech\.|Technical|Master|Senior|Chief|Command|Lance|Gunnery|Petty|Warrant|Rear|Vice|Brig\.|Brigadier|Lt\.|Lieutenant|"
    r"Maj\.|Major|First|Second|1st|2nd|Mass Communication)\s+)*"
    r"(?:Sgt\.|Sergeant|Cpl\.|Corporal|Spc\.|Specialist|Pfc\.|Pvt\.|Private|Airman|Seaman|Lt\.|Lieutenant|Capt\.|Captain|Maj\.|Major|"
    r"Col\.|Colonel|Gen\.|General|Adm\.|Admiral|Cmdr\.|Commander|Officer)\s+(?:(?:1st|2nd|3rd|First|Second|Third) Class\s+)?"
    r"(?=[^\W\d_][\w.'’-]*\s+[^\W\d_])"
)
"""Of soldiers who write for an army, before a name in full; left out where a word of it is nobody."""
NOBODY = (
    r"team|desk|courtesy|editorial|newsroom|admin(?:istrator)?|super user|news|press|media|times|post|"
    r"guardian|magazine|journal|radio|tv|online|web|guest|wire|services?|redaktion\w*|rédaction|"
    r"redacción|redazione|редакция|редакція|вечрот|photos?|фото|fotos?|instagram|facebook|unknown|anonymous|author|user|"
    r"webmaster|group|network|company|inc|ltd|gmbh|ag|solutions|department|university|institute|"
    r"foundation|organization|copyright|share|follow|sign|subscribe|am|pm|utc|gmt|http|com|org|"
    r"images|council|ministry|police|freedom|радио|радіо|правда|новости|новини|"
    r"project|program(?:me)?s?|cent(?:er|re)|school|college|academy|association|committee|society|"
    r"engineers?|developers?|managers?|directors?|officers?|"
    r"nations|rights watch|command|brigade|battalion|army|navy|armed forces|embassy|parliament|federation|republic|"
    r"red cross|crescent|amnesty|unicef|order of|"
    r"monitor|watch|rights|alliance|union|movement|international|gazette|chronicle|tribune|herald|observer|bulletin|"
    r"commission|authority|administration|assembly|defen[cs]e|studies|research|affairs|independent|telegraph|courier|"
    r"collectif|comité|ministère|institut|fondation|observatoire|verein|verband|stiftung|ministerium|zeitung|"
    r"asociación|fundación|instituto|ministerio|colectivo|fundacja|stowarzyszenie|instytut|ministerstwo|redakcja|"
    r"министерство|комитет|институт|фонд|центр|служба|издание|газета|міністерство|комітет|інститут|видання|"
    r"وزارة|منظمة|مركز|مؤسسة|هيئة|معهد|مرصد|شبكة|قناة|صحيفة|جريدة|bakanlığı|derneği|vakfı|ajansı|gazetesi|"
    r"initiative|forum|laborator(?:y|io)|observatory|observatorio|coalition|campaign|"
    r"coast guard|border guard|national guard|coastguard|militia|forces|nightfall|dawn|dusk|noon|midnight|daybreak|sunset|sunrise|evening|morning|then|early|late|"
    r"\w*studio|nostr[oa] inviat[oa]|nostr[oa] corrispondente|기자 ?페이지|페이지|envoyée? spécial|notre|nuestr[oa]|merkezi|servisi|editörü|haberler|отдел|відділ|отдела|відділу|szerkesztőség|რედაქცია|σύνταξη|ομάδα|redactie|redaktionen|toimitus|"
    r"sagt|schreibt|says|meint|escribe|dit|name|artikel|article|autor|beitrag|gespräch"
)
NOBODY_AT_ALL = (
    r"^\W*기자\W*$|"
    r"(?:هيئة|فريق|أسرة|قسم|طاقم) (?:ال)?(?:تحرير|أخبار|اخبار|موقع|عمل|إعداد)|(?:گروه|سرویس|دفتر|تحریریه|هیئت تحریریه)\s|מערכת|דסק|חדשות|"
    r"وكالات|الجزيرة|بي بي سي|뉴스|신문|방송|통신|일보|편집|디지털|온라인|취재|[编編]辑?輯?部|[记記]者|"
    r"নিজস্ব|প্রতিবেদক|প্রতিনিধি|ডেস্ক|संवाददाता|डेस्क|ब्यूरो|ویب ڈیسک|نمائندہ|نامہ نگار|ڈیسک|"
    r"综合|綜合|新[闻聞]|[报報]道|[网網]|本[报報]"
)
PARTICLES = frozenset(
    "de da di del della dos van von der den ter bin bint ibn ben abu al el la le du y e i das do dello degli dei des "
    "zu zum zur af av bat ould mint ap och und ul ur uz san santa st mac mc lo li".split()
)
COUNTRIES = frozenset(
    "afghanistan albania algeria armenia australia austria azerbaijan bahrain bangladesh belarus belgium "
    "bolivia bosnia brazil britain bulgaria burundi cambodia cameroon canada chad chile china colombia "
    "congo croatia cuba cyprus denmark egypt england eritrea estonia ethiopia finland france gaza germany "
    "ghana greece haiti hungary iceland india indonesia iran iraq ireland israel italy japan kazakhstan "
    "kenya kosovo kuwait kyrgyzstan laos latvia lebanon libya lithuania malaysia mali malta mexico moldova "
    "mongolia montenegro morocco mozambique myanmar nepal netherlands nicaragua niger nigeria norway oman "
    "pakistan palestine panama peru philippines poland portugal qatar romania russia rwanda scotland "
    "senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan "
    "tajikistan tanzania texas thailand tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan "
    "venezuela vietnam wales yemen zambia zimbabwe california florida virginia украина россия україна росія".split()
)
PLACES = (
    r"(?:south|north|west|east) (?:sudan|korea|africa|asia|america|europe)|saudi arabia|new (?:zealand|york|delhi)|sri lanka|"
    r"united (?:kingdom|states|arab emirates)|costa rica|el salvador|sierra leone|burkina faso|ivory coast|hong kong|west bank|"
    r"gaza strip|middle east|latin america|(?:northern|southern|eastern|western) (?:ireland|ukraine|syria|iraq|gaza|israel|sahara|europe)|"
    r"tel aviv|abu dhabi|kuala lumpur|addis ababa|port sudan|cape town|buenos aires|los angeles|san francisco|white house|"
    r"european union|papua new guinea|(?:dominican|czech|central african) republic|puerto rico|bosnia and herzegovina|cox['’]s bazar|"
    r"(?:deir|dayr|beit|bayt|kafr|ras|wadi|port|fort|saint|mount|lake|cape|camp|velyka|velykyi|stara|staryi|nizhny|veliky|puerto) [\w-]+|"
    r"khan (?:younis|yunis|younes)|el (?:fasher|obeid|geneina|alamein)|rio (?:de janeiro|grande)|novi [\w-]+|nov[ay] (?:kakhovka|gorica|bug)|banja luka|kryvyi rih|bila tserkva|"
    r"diego garcia|marina bay|phnom penh|ho chi minh|san (?:salvador|antonio|diego)"
)
_CAPITAL = r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
CAPITALS = rf"{_CAPITAL}(?: (?:{'|'.join(sorted(PARTICLES))}|[A-Z]\.))*(?: {_CAPITAL}){{1,2}}"
"""Two or three words with capitals."""
_LETTERS = r"(?!(?:في|من|إلى|عن|على|لدى|عند|של|על|עם)\s)[א-ת\u0621-\u064a'\"]{2,}(?: [א-ת\u0621-\u064a'\"]{2,}){1,2}"
NAME_REPORTS = rf"\W*(?P<name>{CAPITALS}) (?:reports|reporting|writes|berichtet|schreibt) (?:from|for|in|aus|für)\b"
ROLE_THEN_NAME = (
    r"\W*(?:(?:[Нн]аш|[Сс]обственный|[Сс]пециальный|[Сс]пеціальний|[Вв]ласний|[Вв]оенный|[Вв]оєнний|[Гг]лавный|[Гг]оловний)\w*\s)?"
    r"(?:[Оо]бозреватель|[Оо]глядач|[Кк]орреспондент|[Кк]ореспондент|[Жж]урнал[иі]ст|[Рр]епорт[её]р|[Сс]пецкор|"
    r"[Rr]eporter|[Kk]orrespondent|[Rr]edakteur|[Kk]orespondent|[Dd]ziennikarz|[Dd]ziennikarka)"
    rf"(?:ка|ница|in)?\s(?P<name>{CAPITALS})(?:\s?[,–—|-].{{0,40}})?"
    r"|\W*(?:ה?כתב(?:ת|נו|תנו)?|פרשנ(?:ית|נו)|مراسل(?:ة|نا|تنا)|موفد(?:ة|نا|تنا)|الصحفي(?:ة)?|الصحافي(?:ة)?)"
    rf"(?: ה\S+)?,?\s(?P<other>{_LETTERS})(?:\s?[,،–—|-].{{0,40}})?"
    r"|\W*(?:[Dd]e (?:notre|nos) (?:envoyée?s?|correspondante?s?)(?: (?:spécia(?:le?s?|ux)|permanente?s?))?|[Dd]e nuestr[oa] (?:enviad[oa] especial|corresponsal)|"
    r"[Dd]al(?:la)? nostr[oa] (?:inviat[oa]|corrispondente)|[Vv]on unsere[rmn] (?:Korrespondent(?:en|in)|Reporter(?:in)?))"
    rf"(?: (?:à|en|au|aux|dans|a|in|da|aus) [^,]{{2,30}})?,?\s(?P<sent>{CAPITALS})"
)
_INITIAL = rf"(?:[A-ZА-ЯЁІЇЄҐ]\.\s?){{1,2}}{_CAPITAL}"
INITIALS = rf"{_INITIAL}(?:(?:,| and| und| et| y| и| та| і)\s{_INITIAL}){{0,3}}"
ROLE_ALONE = (
    rf"\W*(?:(?:[\w-]+\s){{0,3}})(?:{PROFESSIONS})"
    r"(?:\s*[,|–—]\s*.{1,40}|\s(?:at|for|of|from|in|von|bei|de|du|del|di)\s.{1,40})?\W*"
)
BIO = (
    rf"(?P<name>{CAPITALS}) is (?:an? |the |our )(?:[\w'’-]+ ){{0,4}}"
    r"(?:reporter|correspondent|journalist|staff writer|bureau chief|columnist)\b"
)
SHOUTED = rf"\W*(?P<name>{_CAPITAL} [A-ZÀ-ÞА-ЯЁІЇЄҐ]{{4,}})\W*"
"""Lines that sign: what stands in them beside a name, and how they end a story."""
