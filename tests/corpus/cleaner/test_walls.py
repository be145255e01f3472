"""What stands in for a story is refused; what is cut is a stub; what is whole is an article."""

from __future__ import annotations

import pytest

from corpus.article import Kind
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page

NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/war'>War</a></li></ul></nav>"
STORY = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)


def called(title: str, body: str, *, head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{NAV}<main><h1>{title}</h1>{body}</main>"
        "<footer><p>© The Daily</p></footer></body></html>"
    )


def login(title: str) -> str:
    form = "<form><input type='email' name='mail'><input type='password' name='p'></form>"
    return called(
        title, f"<p>Use the address with which you registered at The Daily last year.</p>{form}"
    )


CHALLENGE = (
    "<p>Checking whether you are human. The Daily reviews the security of your connection. "
    "Ray ID: 7a8b</p>"
)
CONSENT = (
    "<p>We and our 88 partners store cookies on your device to show personalised advertising and to "
    "measure its reach; you can read more in our privacy policy.</p><button>Accept all</button>"
    "<a href='/p'>Accept all and continue</a>"
)
ZUSTIMMUNG = (
    "<p>Mit Werbung und Tracking weiterlesen: Wir und unsere Partner verarbeiten Daten, um Werbung zu "
    "personalisieren; dazu brauchen wir Ihre Einwilligung.</p><p><a href='/j'>Alle akzeptieren</a></p>"
)
GONE = (
    "<p>We are sorry: what you look for was moved, or was never here. Try our search instead.</p>"
)


ELSEWHERE = (
    "You seem to visit us from the European Economic Area, where the GDPR is in force, and access "
    "cannot be granted at this time."
)
CONSENTS = [
    (
        "<p>Wir und 200 Partner verwenden Cookies, um Werbung zu personalisieren.</p><p>Mit „Zustimmen“ willigen "
        "Sie ein; mehr im Datenschutz.</p><button>Zustimmen und weiter</button>"
    ),
    (
        "<p>Nous utilisons des cookies avec votre consentement, pour une publicité personnalisée.</p>"
        "<button>Accepter et continuer</button>"
    ),
    (
        "<p>Wraz z partnerami używamy plików cookies i danych osobowych; potrzebujemy Twojej zgody na "
        "reklamy.</p><button>Akceptuję i przechodzę dalej</button>"
    ),
    (
        "<p>Wij en onze partners gebruiken cookies voor persoonlijke advertenties; geef je toestemming.</p>"
        "<input type='submit' value='Alles accepteren'>"
    ),
    (
        "<p>Мы и партнёры используем файлы cookie для персонализации рекламы; нужно ваше согласие.</p>"
        "<button>Принять все</button>"
    ),
    (
        "<p>Avec votre accord, nos 312 partenaires et nous utilisons des cookies pour accéder à des données "
        "personnelles.</p><button>Tout accepter</button>"
    ),
    (
        "<p>İş ortaklarımızla birlikte çerezleri kişisel verilerinizi işlemek için kullanıyoruz.</p>"
        "<button>Kabul ediyorum</button>"
    ),
    (
        "<p>Nós e os nossos parceiros usamos cookies para tratar dados pessoais e mostrar publicidade.</p>"
        "<button>Aceitar todos</button>"
    ),
    (
        "<p>我々と広告パートナーはクッキーを使用します。プライバシーの設定はいつでも変更できます。</p><button>同意する</button>"
    ),
    (
        "<p>אנחנו והמפרסמים שלנו משתמשים בעוגיות; אפשר לקרוא על כך במדיניות הפרטיות, והסכמה נדרשת.</p>"
        "<button>אני מסכים</button>"
    ),
    (
        "<p>Společně s partnery používáme cookies a potřebujeme váš souhlas; chráníme vaše soukromí.</p>"
        "<button>Souhlasím</button>"
    ),
]


def bare(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "page",
    [
        called("Just a moment...", CHALLENGE), called("Attention Required! | Cloudflare", CHALLENGE),
        called("Your privacy at The Daily", CONSENT), called("Willkommen", ZUSTIMMUNG),
        called("Page not found", GONE), called("404", GONE), called("404 - The Daily", GONE),
        called("Seite nicht gefunden | Der Tag", GONE), called("Страница не найдена", GONE),
        called("Сторінку не знайдено", GONE), called("Page introuvable", GONE),
        called("Página no encontrada", GONE), called("الصفحة غير موجودة", GONE),
        called("Sorry, this page could not be found", GONE),
        called("Материал удалён", GONE), called("К сожалению, запрошенная страница не найдена", GONE),
        called("На жаль, сторінка, яку ви шукаєте, не існує", GONE), called("Статтю видалено", GONE),
        called("عذراً، الصفحة التي تبحث عنها غير موجودة", GONE), called("Die gesuchte Seite existiert nicht mehr", GONE),
        called("Désolé, cette page n’existe plus", GONE), called("Lo sentimos, la página que buscas no existe", GONE),
        called("Spiacenti, la pagina richiesta non è disponibile", GONE), called("Aradığınız sayfa bulunamadı", GONE),
        called("Przepraszamy, strona, której szukasz, nie istnieje", GONE), called("Página não encontrada", GONE),
        bare("daily.example", "<p>Please enable JS and disable any ad blocker</p><p>You are not a robot, are you?</p>"),
        bare("Log in to The Daily", "<h1>Sign in</h1><p>Use your name.</p><input type='text' autocomplete='username'>"),
        bare("daily.example is for sale", "<h1>daily.example</h1><p>This domain may be for sale by its owner now.</p>"),
        bare("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the server was installed, and waits.</p>"),
        bare("Account Suspended", "<p>This account has been suspended. Contact those who host it for more.</p>"),
        bare("Diese Domain steht zum Verkauf", "<p>Der Inhaber bietet diese Domain zum Kauf an, mit oder ohne Inhalte.</p>"),
        called("ページが見つかりません", GONE), called("お探しのページは存在しません | 海峡新聞", GONE), called("页面不存在", GONE),
        called("404 抱歉，您访问的页面不存在", GONE), called("找不到該頁面", GONE), called("페이지를 찾을 수 없습니다", GONE),
        called("صفحه مورد نظر یافت نشد", GONE), called("הדף המבוקש לא נמצא", GONE), called("ไม่พบหน้าที่คุณต้องการ", GONE),
        called("გვერდი ვერ მოიძებნა", GONE), called("Az oldal nem található", GONE), called("Stránka nebyla nalezena", GONE),
        called("Pagina niet gevonden", GONE), called("Pagina nu a fost găsită", GONE), called("Sidan kunde inte hittas", GONE),
        bare("The Daily", "<h1>daily.example</h1>" + CHALLENGE),
        bare("Access to this page has been denied", "<p>Press &amp; Hold to confirm you are a human.</p>"),
        bare("Nur einen Moment…", "<p>The Daily überprüft die Sicherheit Ihrer Verbindung.</p>"),
        bare("Один момент…", "<p>Проверяем безопасность вашего подключения. Ray ID: 1</p>"),
        bare("The Daily", "<h1>Oops! That page can’t be found.</h1>" + GONE), called("Ошибка 404 — Газета", GONE),
        bare("The Daily", "<h1>This article is no longer available</h1>" + GONE), called("503 Service Unavailable", GONE),
        called("We’ll be back soon", GONE), bare("The Daily", f"<p>{ELSEWHERE}</p>"),
        bare("Sign in to your account", "<h1>Sign in</h1><p>We send you a link.</p><input type='email'>"),
        *(bare("Willkommen", notice) for notice in CONSENTS),
        login("Log in"), login("Log into The Daily"), login("Anmelden | Der Tag"), login("Вход"), login("Sign in to The Daily"),
    ],
)  # fmt: skip
def test_a_wall_is_no_article(page: str) -> None:
    with pytest.raises(NoArticleFound) as refused:
        clean_page(page)
    assert refused.value.what.startswith(("the page ", "the site "))


@pytest.mark.parametrize(
    "page",
    [
        called("Page not found: how the registry vanished", STORY),
        called("404", STORY + STORY.replace("Monday", "Tuesday") + STORY.replace("said", "wrote")),
        called("Access denied: aid lorries wait at the border", STORY),
        called("New rules on cookies and consent", STORY + "<p>Cookies need consent, the court "
               "said of partners and tracking.</p>"),
        called("Log in the river stops a convoy", STORY), called("页面不存在的记忆", STORY),
        called("Lighthouse domain is for sale, says the council", STORY), called("Статья удалена по решению суда", STORY),
        called("Shelling hits market", STORY) + "<form><input type='password'></form>",
    ],
)  # fmt: skip
def test_a_story_under_such_a_headline_is_one(page: str) -> None:
    assert clean_page(page).kind is Kind.ARTICLE


def offer(asked: str) -> str:
    return called(
        "Shelling hits market", f"<p>{PARAGRAPHS[0]}</p><div class='box'><p>{asked}</p></div>"
    )


ASKED = [
    "Subscribe now to keep reading.", "This story is for subscribers only.", "Log in to continue.",
    "Weiterlesen mit einem Abo", "Dieser Artikel ist nur für Abonnenten.", "Cet article est réservé aux abonnés",
    "Abonnez-vous pour lire la suite", "Оформите подписку, чтобы читать дальше", "Материал доступен по подписке",
    "Оформіть передплату, щоб читати далі", "اشترك لمتابعة القراءة", "هذا المقال مخصص للمشتركين",
    "Suscríbete para seguir leyendo", "Keep reading with a subscription", "The rest of this report is for members",
    "Log in or create an account to see the whole report", "To read this story in full, subscribe",
    "Weiter geht es mit Plus", "Den kompletten Beitrag lesen Sie mit Premium", "Jetzt 30 Tage testen und weiterlesen",
    "Полный текст доступен подписчикам", "Чтобы прочитать материал целиком, войдите",
    "Повний текст доступний передплатникам", "Щоб прочитати матеріал повністю, увійдіть",
    "بقية المقال متاحة للمشتركين", "لمتابعة القراءة سجل الدخول", "Pour lire la suite, créez un compte gratuit",
    "Dalsza część artykułu dostępna dla prenumeratorów", "この記事は有料会員限定です", "続きを読むにはログインしてください",
    "이 기사는 유료회원 전용입니다", "로그인 후 이용하세요", "订阅后阅读全文", "登錄後查看更多", "הכתבה המלאה למנויים בלבד",
    "برای خواندن ادامه مشترک شوید", "สมัครสมาชิกเพื่ออ่านต่อ",
    "Okumaya devam etmek için abone olun", "להמשך קריאה התחברו", "Zaloguj się, aby czytać dalej",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_a_short_text_that_asks_for_a_subscription_is_a_stub(asked: str) -> None:
    found = clean_page(offer(asked))
    assert found.kind is Kind.PAYWALL_STUB
    assert found.text == PARAGRAPHS[0]


def test_lines_below_what_asks_go_with_it_and_a_story_below_it_stays() -> None:
    asks = "<h2>Want to read on?</h2><p>Keep reading with a subscription</p><p>From €1</p>"
    cut = called("Shelling hits market", f"<p>{PARAGRAPHS[0]}</p><div>{asks}</div>")
    assert clean_page(cut).text == PARAGRAPHS[0]
    whole = clean_page(cut.replace("</div>", f"</div><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"))
    assert whole.kind is Kind.ARTICLE
    assert PARAGRAPHS[2] in whole.text


@pytest.mark.parametrize(
    "asked",
    [
        "Read the full story in our podcast: log in.",
        "Subscribe to our newsletter.",
        "Follow us on Telegram.",
    ],
)
def test_a_short_text_with_an_offer_of_news_is_none(asked: str) -> None:
    assert clean_page(offer(asked)).kind is Kind.ARTICLE


def test_what_is_asked_in_the_foot_of_a_page_says_nothing_of_its_story() -> None:
    whole = called("Shelling hits market", STORY)
    foot = "<footer><p>Subscribe to keep reading The Daily.</p>"
    assert clean_page(whole.replace("<footer>", foot)).kind is Kind.ARTICLE


def not_free(text: str) -> str:
    ld = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false, '
        '"headline": "Shelling hits market"}</script>'
    )
    return called("Shelling hits market", text, head=ld)


def test_a_story_that_is_not_free_is_a_stub_only_where_it_breaks_off() -> None:
    assert clean_page(not_free(f"<p>{PARAGRAPHS[0]}</p>")).kind is Kind.ARTICLE
    for cut in (f"<p>{PARAGRAPHS[0][:-1]} and…</p>", f"<p>{PARAGRAPHS[0][:-30]}</p>"):
        assert clean_page(not_free(cut)).kind is Kind.PAYWALL_STUB


def entries(number: int, *, clock: bool = True) -> str:
    return "".join(
        f"<div class='part'>{f'<p>1{at}:05</p>' if clock else ''}<p>Entry {at}. {PARAGRAPHS[at % 4]}</p></div>"
        for at in range(number)
    )


LIVE_TITLES = [
    "Live updates: shelling hits market", "Liveticker: Beschuss in Karsk", "Karsk sous les bombes, en direct",
    "Karsk, en directo", "Bombe su Karsk, in diretta", "Обстрел Карска. Онлайн-трансляция", "Обстріл Карська: онлайн",
    "قصف كارسك لحظة بلحظة", "Karsk'ta saldırı: canlı blog", "Karsk na żywo", "Karsk, minuto a minuto", "Karsk: LIVE",
    "Karsk battle – as it happened", "Krieg um Karsk ++ Strom ist zurück ++", "Karsk: Der Newsticker",
    "Прямой эфир: обстрел Карска", "Війна: текстова трансляція", "Directo | Bombardeo de Karsk",
    "Direct. Tirs sur Karsk : le point", "הפגזת קארסק - עדכונים שוטפים", "پوشش زنده: بمباران کارسک",
    "실시간: 카르스크 포격", "カルスク砲撃 ライブ更新", "卡尔斯克遭炮击直播", "Útok na Karsk: ONLINE", "Napad na Karsk, uživo",
    "Percről percre: Karszk ágyúzása", "Bombe su Karsk, la diretta",
]  # fmt: skip


@pytest.mark.parametrize("title", LIVE_TITLES)
def test_what_is_called_live_and_tells_times_is_a_live_blog(title: str) -> None:
    assert clean_page(called(title, entries(6))).kind is Kind.LIVE_BLOG
    assert clean_page(called(title, entries(6, clock=False))).kind is Kind.ARTICLE


@pytest.mark.parametrize(
    "title", ["C++ in the army: a view", "A direct hit on Karsk", "Un vol direct"]
)
def test_words_that_also_call_pages_live_make_none_alone(title: str) -> None:
    assert clean_page(called(title, entries(6))).kind is Kind.ARTICLE


def test_times_alone_make_no_live_blog() -> None:
    assert clean_page(called("Shelling hits market", entries(6))).kind is Kind.ARTICLE


def test_entries_called_those_of_a_ticker_make_one() -> None:
    ticker = entries(6, clock=False).replace("'part'", "'liveticker-entry'")
    assert clean_page(called("Shelling hits market", ticker)).kind is Kind.LIVE_BLOG


def test_a_long_story_without_spaces_between_its_words_is_no_stub() -> None:
    told = "港湾当局によると、未明に迫撃砲弾が穀物ターミナルに着弾し、倉庫二棟が炎上した。けがをした人はいないという。"
    asks = "<p>この記事は有料会員限定です</p>"
    page = "<html lang='ja'><head><title>港で火災</title></head><body><article><h1>港で火災</h1>{}</article></body></html>"
    whole = clean_page(page.format("".join(f"<p>{day}日、{told}</p>" for day in range(12)) + asks))
    assert whole.kind is Kind.ARTICLE
    assert clean_page(page.format(f"<p>{told}</p>{asks}")).kind is Kind.PAYWALL_STUB


@pytest.mark.parametrize("line", ["会員登録", "登录后查看更多评论", "로그인"])
def test_a_line_about_an_account_in_general_asks_for_nothing(line: str) -> None:
    assert clean_page(offer(line)).kind is Kind.ARTICLE
