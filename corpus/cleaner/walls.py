"""Walls: does a page stand in for the one that was wanted?

Consent to be given, a human to be proven, a login, or "page not found" sent as if all were well: the
text on such a page is no article. Told by what it is called and what it asks, and only of pages
with little other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from bs4 import BeautifulSoup, Tag

from corpus.cleaner.declared.structured import Declared
from corpus.cleaner.same_words import Caseless, count_words
from corpus.cleaner.tree.blocks import Block

_MOST_WORDS = 160  # of a wall; a story under such a headline is longer
_MOST_CONSENT = 500  # words of a notice
_FEW_WORDS = 60  # of a page that has nothing else to say
_MOST_HEADINGS = 3
_FIRST = 6  # lines of a page with little text, one of which may say what it is
_MOST_FIELDS = 40
_MANY_HINTS = 2  # that a machine asks for a person, on a page that is not called so
_ASKED = 0.6  # of the prose is about consent

_CHALLENGE_TITLE = Caseless(
    r"javascript is (?:not available|disabled|required|off)|just a moment|attention required|(?:please )?verif(?:y|ying) (?:that )?you are (?:a )?human|access denied|"
    r"checking (?:your browser|if the site)|access to this (?:page|site) has been|sorry, you have been blocked|are you (?:a robot|human)|security check|pardon our interruption|"
    r"request (?:rejected|blocked)|(?:403 )?forbidden|ddos.guard|human verification|captcha|"
    r"один (?:момент|хвилин)|(?:nur )?einen moment|bestätigen sie, dass sie ein mensch|проверяем|проверка браузера|"
    r"перевірка браузера|доступ (?:ограничен|обмежено|запрещ[её]н|заборонено|заблокирован|заблоковано)|zugriff verweigert|"
    r"accès refusé|acceso denegado|accesso negato|acesso negado|odmowa dostępu|erişim engellendi|подтвердите, что (?:запросы|вы)|підтвердьте, що (?:запити|ви)|un instant|un momento|bir dakika|please wait|robot check|blocked",
)
_CHALLENGE = Caseless(
    r"javascript is (?:disabled|turned off|not enabled)|complete the security check|\bray[ -]id\b|cloudflare|captcha|(?:you are|you're|you aren['’]t|not) (?:a )?(?:human|robot)|ddos|"
    r"security of your connection|unusual (?:traffic|activity)|automated (?:requests|access)|"
    r"enable (?:javascript and )?cookies|enable js\b|disable (?:any |your )?ad ?blocker|supports javascript|"
    r"security (?:service|solution)|permission to access|"
    r"incapsula incident|request unsuccessful|checking your browser|once (?:this|the) check|process is automatic|browser will redirect|open automatically|"
    r"reference #|request (?:id|blocked)|press & hold|you were a bot|automation tools|disabled javascript|sicherheit ihrer verbindung|"
    r"безопасност\w+ (?:вашего )?подключения|безпек\w+ (?:вашого )?з['’]єднання|sécurité de votre connexion|не робот|kein roboter|pas un robot|no eres un robot|"
    r"(?:запит\w*|запрос\w*|request) [^.]{0,30}(?:заблок\w+|відхил\w+|отклон\w+)|систем\w+ (?:захисту|защиты)|похожи на автоматические|схожі на автоматичні|запросы отправляли вы|"
    r"перевіряємо|проверяем|запрос\w* (?:заблокирован|отклонен)|перед переходом на сайт|(?:будет|буде) перенаправлен\w*",
)
_NOT_FOUND = re.compile(
    r"[\W_]*(?:error|erreur|fehler|ошибка|помилка|خطأ|błąd|hata|errore)\W{1,3}4(?:04|10)[\W_]*(?:[|–—·»-].{0,60})?|"
    r"[\W_]*(?:(?:error|erreur|fehler|ошибка|помилка|خطأ)?\W*404\W*)?(?:error\W*)?"
    r"(?:(?:sorry|oops|uh.?oh)\W+)?(?:(?:the|this|that|your|requested|we could(?:n['’]t| not) find (?:the|that)|"
    r"we can['’]?t find (?:the|that)) )*"
    r"(?:page|article|story|content|file|url|страниц\w+|сторінк\w+|seite|artikel|page|página|pagina|strona|"
    r"sayfa|الصفحة|статья|стаття|материал)?\W*"
    r"(?:(?:was |is |has |can(?:no|['’])t be |could not be |wurde |ist |est |n['’]a pas été |no |non |nie |не |غير )*"
    r"(?:not found|found|moved|removed|deleted|(?:no longer|not) available|does(?:n['’]t| not) exist|"
    r"nicht (?:gefunden|mehr verfügbar)|existiert nicht|introuvable|n['’]existe (?:pas|plus)|trouvée|"
    r"no encontrada|encontrada|existe|non trovata|trovata|não encontrada|znaleziono|została znaleziona|"
    r"bulunamadı|найден[ао]?|существует|знайдено|існує|موجودة|متوفرة))\b[\W_]*"
    r"(?:[|–—·»-].{0,60})?|[\W_]*404[\W_]*(?:[|–—·»-].{0,60}|error|not found)?[\W_]*",
    re.IGNORECASE,
)
_NOT_FOUND_ELSEWHERE = re.compile(
    r"[\W_]*(?:4(?:04|10)\W*)?(?:(?:お探しの|ご指定の|指定された|アクセスされた)?(?:ページ|記事|コンテンツ)[がはを]?"
    r"(?:見つかりません(?:でした)?|存在しません|削除されました|ありません)|"
    r"(?:抱歉|对不起|對不起)?\W*(?:您|你)?(?:所?(?:访问|訪問|请求|請求|查找|要找|浏览|瀏覽))?的?(?:页面|頁面|网页|網頁|文章|新闻|新聞|内容|內容)"
    r"(?:不存在|未找到|找不到|已(?:被)?(?:删除|刪除|下架)|(?:无法|無法)(?:找到|显示|顯示)|(?:走丢|丢失)了?)|"
    r"(?:找不到|未找到|没有找到|沒有找到)(?:该|此|您|你|這個|这个|相关)?.{0,6}(?:页面|頁面|网页|網頁|文章|内容|內容)|"
    r"(?:요청하신 |찾으시는 |해당 )?(?:페이지|기사|문서|게시물)(?:를|을|가|이)? ?"
    r"(?:찾을 수 없습니다|존재하지 않습니다|없습니다|삭제되었습니다)|"
    r"(?:صفحه|مطلب|خبر)(?:[\u200c ]?(?:ای|مورد نظر|درخواستی|شما|که)){0,4} ?(?:یافت نشد|پیدا نشد|وجود ندارد|حذف شده است|موجود نیست)|"
    r"(?:ה)?(?:דף|עמוד|כתבה)(?: (?:ה?מבוקש(?:ת)?|שחיפשת(?:ם)?))? (?:לא נמצא(?:ה)?|אינו קיים|אינה קיימת|הוסר(?:ה)?)|"
    r"ไม่พบ(?:หน้า|เนื้อหา|บทความ|ข้อมูล).{0,30}|(?:გვერდი|სტატია) (?:ვერ|არ) (?:მოიძებნა|არსებობს)|ገጹ (?:አልተገኘም|የለም)|"
    r"(?:az? )?(?:keresett )?(?:oldal|cikk) (?:nem található|nem létezik)|(?:požadovaná )?stránka (?:nebyla nalezena|nenalezena|neexistuje|nenájdená)|"
    r"(?:de(?:ze)? )?pagina (?:is )?(?:niet gevonden|bestaat niet)|pagina nu (?:a fost găsită|există)|(?:η )?σελίδα δεν (?:βρέθηκε|υπάρχει)|"
    r"(?:sidan|artikeln|siden|sivua) (?:kunde inte hittas|hittades inte|finns inte|blev ikke fundet|ble ikke funnet|ei löytynyt)|"
    r"(?:извините|к сожалению|ой|упс)?\W*(?:запрошенн\w+ |запрашиваем\w+ |эта |этот |данн\w+ )?(?:страниц\w+|материал|стать\w+|новость|публикация|запись)"
    r"(?:,? котор\w+ вы (?:ищете|искали|запрашиваете),?)? (?:не найден\w*|(?:больше )?не существует|(?:был\w? )?удал[её]н\w*|недоступ\w+)|"
    r"(?:вибачте|на жаль|ой|упс)?\W*(?:запитан\w+ |ця |цей |дан\w+ )?(?:сторінк\w+|матеріал|статт\w+|новин\w+|публікаці\w+|запис)"
    r"(?:,? як\w+ ви шукаєте,?)? (?:не знайден\w*|(?:більше )?не існує|(?:було )?(?:видален|вилучен)\w*|недоступ\w+)|"
    r"(?:leider|hoppla|ups|entschuldigung)?\W*(?:die(?:se[rs]?)?|der)? ?(?:von ihnen )?(?:gesuchte[rn]? |gewünschte[rn]? |angeforderte[rn]? )?(?:seite|artikel|beitrag|inhalt)"
    r" (?:konnte |wurde |ist |existiert )?(?:leider )?(?:nicht gefunden(?: werden)?|nicht (?:mehr )?(?:verfügbar|vorhanden|online)|nicht(?: mehr)?|gelöscht)|"
    r"(?:désolée?s?|oups|oops)?\W*(?:la |cette |l['’]|cet )?(?:page|article)(?: (?:demandée?|recherchée?|que vous (?:cherchez|recherchez|demandez)))?"
    r" (?:est introuvable|n['’]existe (?:pas|plus)|n['’]est plus (?:disponible|en ligne)|a été (?:supprimée?|déplacée?)|introuvable|non trouvée?)|"
    r"(?:lo sentimos|ups|vaya|oops)?\W*(?:la |esta |el |este )?(?:página|artículo|contenido|noticia)(?: (?:solicitad[ao]|que (?:buscas|busca|está buscando)))?,?"
    r" (?:no (?:existe|encontrad[ao]|se (?:encuentra|encontró|ha encontrado|pudo encontrar)|está disponible)|ya no (?:existe|está disponible)|ha sido eliminad[ao])|"
    r"(?:spiacenti|ops|oops)?\W*(?:la |questa |l['’])?(?:pagina|articolo)(?: (?:richiest[ao]|che (?:cerchi|stai cercando)))?"
    r" (?:non (?:esiste(?: più)?|trovat[ao]|è (?:più )?disponibile|è stat[ao] trovat[ao])|è stat[ao] (?:rimoss[ao]|eliminat[ao]))|"
    r"(?:desculpe|ops|oops)?\W*(?:a |esta |essa |o )?(?:página|matéria|artigo|conteúdo)(?: (?:solicitad[ao]|que (?:você )?procura))?"
    r" (?:não (?:existe(?: mais)?|encontrad[ao]|foi encontrad[ao]|está (?:mais )?disponível)|foi (?:removid[ao]|excluíd[ao]))|"
    r"(?:üzgünüz|hata)?\W*(?:aradığınız |istenen |bu )?(?:sayfa|haber|içerik)(?:ya|ye)? (?:bulunamadı|mevcut değil|yok|kaldırılmış(?:tır)?|yayından kaldırıl\w+)|"
    r"(?:przepraszamy|ups|niestety)?\W*(?:szukana |ta |podana )?(?:strona|artykuł|materiał)(?:,? któr\w+ szukasz,?)?"
    r" (?:(?:już )?nie istnieje|nie (?:została znaleziona|został znaleziony|znaleziono)|został\w* usunięt\w+)|"
    r"(?:عذر[اًا]+\W*)?(?:ال)?(?:صفحة|مقال\w*|خبر|محتوى)(?: (?:التي|الذي) (?:تبحث|طلبت)\w*(?: عنها| عنه)?| المطلوب\w*)?"
    r" (?:غير (?:موجود|متوفر|متاح)\w*|لم (?:يتم|نتمكن من) العثور عليه\w*|(?:تم|جرى) حذفه\w*)|"
    r"(?:przepraszamy|ups|niestety|ojej)?\W*nie (?:znaleziono|(?:można|możemy|udało się) znaleźć|odnaleziono) (?:\w+ )?(?:strony|artykułu|materiału)(?:,? któr\w+ szukasz)?|"
    r"(?:(?:sorry|oops|uh.?oh|whoops)\W+)?(?:but )?we (?:(?:can(?:no|['’])t|could(?:n['’]t| not)|did(?:n['’]t| not)|were unable to|are unable to) (?:seem to )?find|(?:have )?lost) (?:the|that|this|your) "
    r"(?:\w+ )?(?:page|article|story|content)(?: (?:that )?you(?:['’]re| are| were)? (?:looking for|requested|wanted|asked for))?|"
    r"(?:désolée?s?|oups)?\W*impossible de trouver (?:la|cette|l['’]) ?(?:page|article)|(?:ops|spiacenti)?\W*nessuna pagina trovata|"
    r"(?:ups|vaya|lo sentimos)?\W*no (?:se encontró|encontramos|hemos encontrado|se pudo encontrar) (?:la|esa|esta|el) (?:página|artículo)\w*|"
    r"(?:ops|desculpe)?\W*não (?:encontramos|foi possível encontrar) (?:a|essa|esta) (?:página|matéria)|"
    r"(?:ой|упс|извините|к сожалению)?\W*(?:мы )?не (?:удалось найти|нашли|можем найти) (?:\w+ )?(?:страниц\w+|стать\w+|материал)|"
    r"(?:ой|упс|вибачте|на жаль)?\W*(?:ми )?не (?:вдалося знайти|знайшли|можемо знайти) (?:\w+ )?(?:сторінк\w+|статт\w+|матеріал)|"
    r"(?:omlouváme se|ups)?\W*stránku se nepodařilo (?:najít|nalézt)|(?:ups|hoppsan)?\W*(?:vi )?(?:kunde|kan) inte hitta sidan|"
    r"(?:vi )?fant ikke siden|(?:oeps|sorry)?\W*(?:we kunnen|kan) (?:de|deze) pagina niet vinden|sivua ei löy(?:dy|tynyt)|"
    r"لم (?:نتمكن من|يتم) (?:ال)?عثور على (?:ال)?(?:صفحة|مقال)|"
    r"stranica (?:nije pronađena|ne postoji)|страница(?:та)? не (?:е намерена|съществува)|(?:halaman|laman) tidak ditemukan|không tìm thấy trang)"
    r"[\W_]*(?:[|–—·»-].{0,60})?",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"[\W_]*(?:please |(?:you (?:must|need to|have to|should) |to continue,? ))?(?:be )?(?:(?:user |member |subscriber )?(?:log|sign)(?:ged)?[ -]?(?:in(?:to)?|on|up)|create (?:an |your )?account|"
    r"register|anmeld(?:en|ung)|einloggen|login|connexion|se connecter|identification|iniciar sesión|acceder|"
    r"entrar|accedi|logowanie|zaloguj się|giriş(?: yap)?|вход|войти|авторизация|вхід|увійти|авторизація|"
    r"تسجيل الدخول|כניסה|ورود)\b(?:\W+.{0,60})?",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"[\W_]*(?:(?:error )?50[0234]\b.{0,60}|service (?:temporarily )?unavailable.{0,60}|(?:temporarily )?(?:down|closed) for "
    r"(?:scheduled )?maintenance.{0,60}|(?:site |scheduled )?maintenance(?: mode)?\W*(?:[|–—·»-].{0,60})?|we['’]ll be (?:right )?back(?: soon)?.{0,60}|"
    r"451\b.{0,60}legal.{0,30}|wartungsarbeiten.{0,60}|wartung(?:smodus)?[\W_]*|wir sind (?:gleich|bald|in kürze) (?:zurück|wieder (?:für sie )?da).{0,40}|(?:site )?en maintenance.{0,60}|технические работы.{0,60}|технічні роботи.{0,60}|"
    r"(?:[\w.-]+ \| )?5\d\d: .{0,60}|connection timed out.{0,40}|(?:web server|origin) is (?:down|unreachable).{0,40}|(?:bad gateway|gateway time-?out|host error).{0,40}|"
    r"ad ?block(?:er|ing)?(?: software)? (?:detected|is on|in use).{0,40}|(?:please )?(?:disable|turn off|whitelist) (?:your |the )?ad.?block.{0,60}|"
    r"(?:ad|werbe)-?blocker (?:erkannt|aktiv\w*).{0,40}|bitte (?:deaktivieren|schalten) sie .{0,30}blocker.{0,40}|bloqueur de publicités? .{0,40}|"
    r"bloqueador de anuncios .{0,40}|(?:обнаружен|включ[её]н) блокировщик .{0,40}|(?:виявлено|увімкнено) блокувальник .{0,40}|"
    r"доступ к (?:[\w-]+ ){0,3}(?:ресурсу|сайту|странице|материалу) (?:ограничен|запрещ[её]н|заблокирован).{0,60}|доступ до (?:[\w-]+ ){0,3}(?:ресурсу|сайту|сторінки) (?:обмежено|заборонено|заблоковано).{0,60}|"
    r"دسترسی به (?:این |وب[\u200c ]?)?(?:سایت|صفحه|پایگاه)[^.]{0,30}(?:امکان|مسدود|ممکن نیست|محدود).{0,60}|(?:این )?(?:سایت|تارنما) (?:مسدود|فیلتر) .{0,40}|"
    r"(?:bu (?:internet )?sitesi?ne|bu siteye|bu içeriğe) erişim .{0,40}(?:engellen|kısıtlan).{0,60}|(?:ce site|l['’]accès à ce site) .{0,20}(?:bloqué|restreint).{0,60}|"
    r"(?:website|page) unavailable in your (?:region|country).{0,60})",
    re.IGNORECASE,
)
_NO_SITE = re.compile(
    r"[\W_]*(?:.{0,60}\b(?:domain|website)\b.{0,30}\bfor sale\b.{0,120}|[\w-]+(?:\.[\w-]+)+ is for sale.{0,60}|welcome to nginx.{0,20}|"
    r"apache2? .{0,40}default page.{0,40}|index of /.{0,80}|(?:this |your )?account (?:has been |is )?suspended.{0,40}|"
    r"(?:site |website )?(?:coming soon|under construction)|.{0,40}domain(?: name)? (?:is |has )?(?:parked|parking|expired|registered).{0,40}|"
    r".{0,60}domain (?:steht|ist) zum verkauf.{0,40}|.{0,40}домен .{0,30}(?:прода[её]тся|припаркован|зарегистрирован).{0,40}|"
    r".{0,40}домен .{0,30}(?:продається|припарковано).{0,40}|.{0,60}domaine .{0,30}à vendre.{0,40})[\W_]*",
    re.IGNORECASE,
)
_NOT_HERE = Caseless(
    r"(?:european economic area|\bgdpr\b|your (?:country|region|location))[^\n]{0,200}(?:cannot be granted|not (?:currently )?available|unavailable)|"
    r"(?:not (?:currently )?available|unavailable) (?:in|to visitors from) (?:your (?:country|region|location)|(?:most )?european)",
)
_CONSENT = Caseless(
    r"cookies?\b|\bpart(?:ner|enaire|neř)\w*\b|partn[eé]r\w*|партн[её]р\w*|parceiros?\b|\bsocios\b|consent|privacy|personali[sz]\w+|advertis\w+|tracking|zustimm\w+|einwillig\w+|"
    r"datenschutz|werbe\w*|werbung|pur-?abo\w*|akzeptier\w+|nutzungs\w+|vie privée|consentement|publicit\w+|traceurs?|"
    r"privacidad|consentimiento|publicidad|aceptar|riservatezza|pubblicità|consenso|tracciament\w+|"
    r"конфиденциальност\w+|файл\w* cookie|согласи\w+|соглаша\w+|погоджу\w+|пользовательск\w+ данн\w+|користувацьк\w+ дан\w+|персонализ\w+|конфіденційн\w+|згод[ауи]|реклам\w+|"
    r"confidentialit\w+|votre accord|(?:données|informations|datos|dati|dados) person\w+|personenbezogen\w+|персональн\w+ дан\w+|конфіденц\w+|"
    r"çerez\w*|kişisel ver\w*|gizlilik\w*|iş ortak\w*|reklam\w*|sütik?\w*|adatvédel\w*|hozzájárul\w*|souhlas\w*|soukrom\w*|consimțăm\w*|"
    r"עוגיות|פרטיות|הסכמה|מפרסמים|کوکی\w*|حریم خصوصی|クッキー|同意|プライバシー|広告|쿠키|동의|개인정보|맞춤형 광고|隐私|隱私|คุกกี้|ความเป็นส่วนตัว|ความยินยอม|"
    r"شركا\w+|بيانات\w*|مخصص\w*|"
    r"الخصوصية|ملفات تعريف|الموافقة|toestemming|zgod[aąęyę]\b|zgody|dan(?:e|ych) osobow\w+|przechowujemy informacje|przetwarzamy|persoonlijke|advertenties|prywatnoś\w+",
)
_CONSENT_TITLE = Caseless(
    r"\W*(?:(?:we|this site|our site) uses? cookies|wir verwenden cookies|diese (?:web)?seite verwendet cookies|nous utilisons des cookies|"
    r"(?:utilizamos|usamos) cookies|(?:usiamo|utilizziamo) i? ?cookie|(?:мы используем|ми використовуємо|сайт использует|сайт використовує) (?:файл\w+ )?cookie|"
    r"używamy (?:plików )?cookies?|çerez\w* kullan\w*|נעשה שימוש בעוגיות|אנו משתמשים בעוגיות|نستخدم ملفات تعريف|szanujemy (?:twoją|państwa) prywatność|"
    r"before you continue|bevor sie (?:fortfahren|weiter)|avant de (?:continuer|poursuivre)|antes de (?:continuar|ir)|prima di continuare|"
    r"(?:we (?:value|respect|care about) )?your privacy|privacy (?:settings|choices|preferences)|cookie (?:settings|consent|preferences|notice)|"
    r"(?:zustimmung|einwilligung) (?:erforderlich|benötigt)|privatsphäre|datenschutz-?einstellungen|mit werbung (?:weiter)?lesen|le respect de votre vie privée|"
    r"votre vie privée|tu privacidad|su privacidad|la tua privacy|sua privacidade|конфиденциальность|ваша конфіденційність|gizliliğiniz|twoja prywatność|uw privacy|gizliliğinize|мы (?:уважаем|ценим) вашу|ми (?:поважаємо|цінуємо) вашу)"
)
_ACCEPT = Caseless(
    r"accept (?:all|cookies|and)|agree and|i agree\b|allow all|alle[sn]? (?:cookies )?(?:akzeptieren|zulassen)|"
    r"zustimmen\b|(?:akzeptieren|zustimmen) und|einverstanden|tout accepter|accepter (?:et|&)|continuer sans accepter|j['’]accepte|aceptar (?:todo|y|todas)|"
    r"accetta (?:tutt|e )|aceitar (?:todos|e)|принять (?:все|и)|прийняти (?:все|всі|та)|согласен|погоджуюсь|"
    r"^akkoord\b|akkoord (?:en|gaan)|ik ga akkoord|accepteer\w*|godkänn\w*|acceptera\w*|godta\w*|tillad alle|hyväksy\w*|"
    r"zgadzam się|przejdź do serwisu|приемам|прихватам|prihvaćam|slažem se|setuju|đồng ý|chấp nhận|"
    r"kabul ediyorum|tümünü kabul|elfogad\w*|souhlasím|přijmout|povolit vše|acceptă|accept tot|אני מסכי\w+|מאשר(?:ת)?\b|קבל הכל|אישור הכל|پذیرفتن|می[\u200c ]?پذیرم|موافقم|"
    r"同意する|同意して|すべて(?:許可|同意)|동의합니다|동의하고|모두 (?:동의|허용)|接受(?:所有|全部)|同意并|ยอมรับ(?:ทั้งหมด)?|concordo|"
    r"قبول (?:الكل|جميع)|أوافق|alles accepteren|akceptuj\w*|zaakceptuj\w*|kabul et|manage (?:options|preferences)|"
    r"^\W*(?:accett[ao]|accept|accepter|aceptar|acepto|aceitar|akzeptieren|принять|принимаю|прийняти|приймаю|akceptuję|agree|got it|ok|okay|אישור|הבנתי|מסכים|موافق|حسنا|tamam|zgoda|гаразд|хорошо|понятно|зрозуміло|verstanden|d['’]accord|entendido|ho capito)\W*$",
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
    words = count_words(text)
    if words > _MOST_CONSENT or declared.first(
        "json-ld:datePublished", "meta:article:published_time"
    ):
        return ""
    titles = [title.strip() for title in titles if title.strip()]
    named = titles + [
        " ".join(tag.get_text(" ").split()) for tag in declared.headings[:_MOST_HEADINGS]
    ]
    if _asks_consent(soup, top, text, named):
        return "the page asks for consent before it shows anything"
    if words > _MOST_WORDS:
        return ""
    said = "\n".join([run.text for run in top.all_runs()])
    hints = {hint.casefold() for hint in _CHALLENGE.findall(said)}
    if hints and (any(map(_CHALLENGE_TITLE.match, named)) or len(hints) >= _MANY_HINTS):
        return "the page checks whether a person asks for it"
    if any(_NOT_FOUND.fullmatch(name) or _NOT_FOUND_ELSEWHERE.fullmatch(name) for name in named):
        return "the page says that what was asked for is not there"
    first = [run.text for run in islice(top.all_runs(), _FIRST)] if words < _FEW_WORDS else []
    if words < _LITTLE and any(map(_goes_away, first)):
        return "the page says that what was asked for is not there"
    if words < _FEW_WORDS and any(map(_NO_SITE.fullmatch, (*named, *first))):
        return "the page stands where there is no site"
    short = first if words < _LITTLE else []
    if any(map(_AWAY.fullmatch, (*named, *short))) or (
        words < _FEW_WORDS and _NOT_HERE.search(said)
    ):
        return "the site says that it does not show the page now, or here"
    if any(map(_LOGIN.fullmatch, (*named, *first))) and (
        soup.find("input", type="password") is not None
        or (words < _FEW_WORDS and any(map(_asks_who, soup.find_all("input", limit=_MOST_FIELDS))))
    ):
        return "the page asks for a login"
    return ""


def _goes_away(line: str) -> bool:
    """Whether the first clause of a line says that the page is not there."""
    clause = _CLAUSE.match(line)
    return clause is not None and _NOT_FOUND_ELSEWHERE.fullmatch(clause[0]) is not None


_CLAUSE = re.compile(
    r"[^.!?؟]{1,90}?(?=[.!?؟]|\s(?:or|oder|ou|o|oppure|czy|или|або|чи|أو|veya|lub|או|یا)\s|$)",
    re.IGNORECASE,
)
_LITTLE = 40  # words of a page that has one sentence for it


def _asks_who(field: Tag) -> bool:
    """Whether a field is for an address of mail, or the name of an account."""
    if field.attrs.get("name") in ("email", "username", "login", "user"):
        return True
    return field.attrs.get("type") == "email" or field.attrs.get("autocomplete") in (
        "username",
        "email",
    )


_BEFORE = 0.15
"""The same where a page is called what one has to do before it: beside consent it says what for."""
_BEFORE_TITLE = Caseless(
    r"\W*(?:before you continue|bevor sie (?:fortfahren|weiter|zu\b)|avant (?:de|d['’])\s?(?:continuer|poursuivre|accéder)|antes de (?:continuar|ir a)|prima di continuare|"
    r"zanim przejdziesz|прежде чем (?:вы )?(?:перейти|продолжить|перейд)|перш ніж (?:ви )?(?:перейти|продовжити|перейд)|قبل (?:المتابعة|الانتقال)|devam etmeden önce|לפני ש(?:ממשיכים|תמשיכו)|"
    r"پیش از (?:ادامه|اینکه)|voordat je verdergaat|innan du fortsätter)"
)


def _asks_consent(soup: BeautifulSoup, top: Block, text: str, titles: Iterable[str]) -> bool:
    """Whether most of what was found is about consent, and there is something to accept; on a page
    that is called so, a word of it will do.
    """
    parts = [part for part in text.split("\n") if part]
    asked = _BEFORE if any(map(_BEFORE_TITLE.match, titles)) else _ASKED
    least = 0 if any(map(_CONSENT_TITLE.match, titles)) else 1
    about = sum(len(part) for part in parts if len(set(_CONSENT.findall(part.casefold()))) > least)
    if not parts or about < asked * len(text):
        return False
    buttons = (
        str(tag.attrs.get("value") or tag.get_text(" "))
        for tag in soup.find_all(["button", "input"])
    )
    return any(map(_ACCEPT.search, buttons)) or any(
        _ACCEPT.search(run.text) for run in top.all_runs()
    )
