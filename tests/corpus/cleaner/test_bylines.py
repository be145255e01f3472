"""Who signed: the names of people in bylines as they are written, and where bylines stand."""

from __future__ import annotations

import json

import pytest

from corpus.cleaner import clean
from corpus.cleaner.declared.byline_names import people
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw

JANE, JOHN = "Jane Doe", "John Roe"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe, John Roe and Ann Poe in Kyiv", (JANE, JOHN, "Ann Poe")),
        ("By Jane Doe in Jerusalem, with John Roe", (JANE, JOHN)),
        ("By Jane Doe and John O'Neill", (JANE, "John O'Neill")),
        ("By ALICE JONES, East Africa correspondent", ("Alice Jones",)),
        ("BY JANE DOE AND JOHN McROE", (JANE, "John McRoe")),
        ("By JANE DOE Associated Press", (JANE,)),
        ("By Staff Sgt. Jane Doe, 3rd Brigade Public Affairs", (JANE,)),
        ("Story by Petty Officer 2nd Class Jane Doe", (JANE,)),
        ("By Capt. Jane Doe and Senior Airman John Roe", ("Capt. Jane Doe", JOHN)),
        ("By Major Doe", ("Major Doe",)),  # a given name, too
        ("Opracowała: Jane Doe", (JANE,)),
        ("Yazar: Jane Doe", (JANE,)),
        ("گزارش از: نگار رستمی", ("نگار رستمی",)),
        ("Jane Doe, BBC News, Kyiv", (JANE,)),
        ("By Jane Doe BBC News", (JANE,)),
        ("Jane Doe and agencies", (JANE,)),
        ("Jane Doe Defence and security correspondent", (JANE,)),
        ("Jane Doe is a freelance journalist based in Beirut", (JANE,)),
        ("Jane Doe @janedoe", (JANE,)),
        ("By Jane Doe Updated: March 4, 2022", (JANE,)),
        ("By Jane Doe April 4, 2022", (JANE,)),
        ("Reporting by Jane Doe; Editing by John Roe", (JANE,)),
        ("Written by Jane Doe Edited by John Roe", (JANE,)),
        ("By Jane Doe Photographs by John Roe", (JANE,)),
        ("Jane Doe Jane Doe", (JANE,)),
        ("Jane Doe, Software Engineer on a platform", (JANE,)),
        ("Unsere Korrespondentin Anna Müller berichtet aus Karsk", ("Anna Müller",)),
        ("Texto: Ana Ruiz. Fotos: José Peña", ("Ana Ruiz",)),
        ("oprac. Anna Kowalska", ("Anna Kowalska",)),
        ("Yazan: Ayşe Demir", ("Ayşe Demir",)),
        ("Írta: Nagy Katalin", ("Nagy Katalin",)),
        ("מאת: דנה לוי", ("דנה לוי",)),
        ("מאת דנה לוי ויוסי כהן", ("דנה לוי", "יוסי כהן")),
        ("דנה לוי, כתבתנו בקארסק", ("דנה לוי",)),
        ("نویسنده: مریم احمدی", ("مریم احمدی",)),
        ("ავტორი: ნინო ბერიძე", ("ნინო ბერიძე",)),
        ("โดย สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("Корреспондент «Газеты» Ирина Беляева", ("Ирина Беляева",)),
        ("Jean DUPONT", ("Jean Dupont",)),
        ("J. K. Doe and Ibn al-Haytham", ("J. K. Doe", "Ibn al-Haytham")),
        ("June Smith and Sid Jones", ("June Smith", "Sid Jones")),
        ("Ursula von der Leyen", ("Ursula von der Leyen",)),
        ("Von Anna Müller (Text) und Karl Groß (Fotos)", ("Anna Müller",)),
        ("Ein Gastbeitrag von Anna Müller", ("Anna Müller",)),
        ("Aus Kiew berichtet Anna Müller", ("Anna Müller",)),
        ("Ingo Person Redakteur für Wirtschaft", ("Ingo Person",)),
        ("Ada Person im Gespräch mit Joan Other", ("Ada Person", "Joan Other")),
        ("Par Anne Dupont, envoyée spéciale à Kiev", ("Anne Dupont",)),
        ("Propos recueillis par Anne Dupont", ("Anne Dupont",)),
        ("Por Ana Ruiz y José Peña | Kiev", ("Ana Ruiz", "José Peña")),
        ("Ana Ruiz, enviada especial", ("Ana Ruiz",)),
        ("Авторы: Иван Петров, Мария Сидорова", ("Иван Петров", "Мария Сидорова")),
        ("Иван ПЕТРОВ, специальный корреспондент", ("Иван Петров",)),
        ("Олена Коваль та Іван Бондар", ("Олена Коваль", "Іван Бондар")),
        ("بقلم محمد علي", ("محمد علي",)),
        ("كتب: محمد علي وسارة أحمد", ("محمد علي", "سارة أحمد")),
        ("محمد علي – الجزيرة نت", ("محمد علي",)),
        ("By Jane Doe, Senior Analyst, AFPR Speech, Law, and Technology Project", (JANE,)),
        ("Jane Doe, Center for Naval History", (JANE,)),
        ("Rosa (Maria Silva) Lopes (Lisboa)", ("Rosa (Maria Silva) Lopes",)),
        (
            "Robert (Bob) Roe and Олександр (Сашко) Коваль",
            ("Robert (Bob) Roe", "Олександр (Сашко) Коваль"),
        ),
        ("Jane Doe (Kyiv) John Roe", (JANE,)),
    ],
)
def test_the_people_in_a_byline_are_named(line: str, names: tuple[str, ...]) -> None:
    assert people([line]) == names


@pytest.mark.parametrize(
    "line",
    [
        "Staff", "Redazione Esteri", "Courtesy Story", "By Associated Press", "Guardian staff and agencies", "By Al Jazeera and News Agencies",
        "Agence France-Presse in Kyiv", "Local Democracy Reporter", "Antrim Court Reporter",
        "Our correspondent in Kyiv", "The Editorial Board", "Super User", "January 5, 2020",
        "Photo: Jane Doe", "Jane Doe/Getty Images", "Share this article", "jane.doe@daily.example",
        "РИА Новости", "Собственный корреспондент", "Українська правда", "فرانس برس", "La Rédaction",
        "Von unserer Redaktion", "Europa Press", "Beirut, Lebanon", "darkfighter sagt:",
        "By the time help came", "By order of the mayor", "By United Nations", "By Northern Command",
        "By Deir al-Balah", "By Wadi Halfa", "Par Port Louis", "By Khan Younis", "By Novi Sad", "By Banja Luka", "By El Fasher",
        "By Harbor Rights Monitor", "By Anti-Corruption Alliance", "Par Collectif Rivages", "Fundación Ribera Sur",
        "Видання Протока", "صحيفة الميناء", "Kıyı Gazetesi", "Por Ministerio de Defensa",
        "By Human Rights Watch", "By South Sudan", "By Saudi Arabia", "Von Kiew bis Lwiw",
    ],
)  # fmt: skip
def test_agencies_desks_and_credits_are_nobody(line: str) -> None:
    assert people([line]) == ()


def _script(author: str) -> str:
    article = f'{{"@type": "NewsArticle", "author": {author}}}'
    person = '{"@type": "Person", "@id": "#p", "name": "Jane Doe"}'
    return f'<script type="application/ld+json">{{"@graph": [{article}, {person}]}}</script>'


@pytest.mark.parametrize(
    ("head", "top", "names"),
    [
        ("", '<a rel="author" href="/jane">Jane Doe</a>', (JANE,)),
        ("", '<div data-testid="author-name">Jane Doe</div>', (JANE,)),
        ("", '<div class="article__writer">Jane Doe</div>', (JANE,)),
        ("", '<div class="author">Jane Doe Games Editor</div><a rel="author">Jane Doe</a>', (JANE,)),
        ("", '<div class="byline">By <a>Jane Doe</a><a>John Roe</a></div>', (JANE, JOHN)),
        ("", '<a href="/authors/jane-doe/">Jane Doe</a> <time>2 May 2024</time>', (JANE,)),
        ("", '<a href="/avtor/ivan">Иван Петров</a>', ("Иван Петров",)),
        ("", '<div><a href="/author/jd">Jane Doe</a>, <a href="/author/jr">John Roe</a></div>', (JANE, JOHN)),
        ("", "<p>Jane Doe</p><p>2 May 2024</p>", (JANE,)),
        ("", "<p>Harbor Point</p><p>2 May 2024</p>", ()),
        ("", "<p>Jane Doe</p><p>2 May in the square</p>", ()),
        ("", "<address>PO Box 18, Mountain View, CA 94042</address>", ()),
        ('<meta name="author" content="Jane Doe">', "<p>By Jane Doe and John Roe</p>", (JANE, JOHN)),
        ('<meta name="author" content="Jane Doe">', "<p>By Ann Poe</p>", (JANE,)),
        (_script('{"@id": "#p"}'), "", (JANE,)),
        (_script('{"@type": "Person", "name": ["Jane Doe", "John Roe"]}'), "", (JANE, JOHN)),
        (_script('{"@type": "Organization", "name": "Jane Doe"}'), "", ()),
    ],
)  # fmt: skip
def test_a_byline_is_found_where_pages_put_it(head: str, top: str, names: tuple[str, ...]) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    assert clean_page(page(head=head, body=top + body)).bylines == names


@pytest.mark.parametrize(
    "after",
    [
        "<div class='comments'><span class='comment-author'>Jane Doe</span> says</div>",
        "<div class='related'><a href='/author/jane-doe'>Jane Doe</a></div>",
    ],
)
def test_who_comments_or_signs_another_story_did_not_sign_this_one(after: str) -> None:
    assert clean_page(page(after=after)).bylines == ()


def test_the_storys_own_signature_comes_before_one_beside_it() -> None:
    aside = "<div class='related-stories'><span class='byline'>By Ada Other</span></div>"
    after = "<span class='byline'>By Joan Person</span>"
    assert clean_page(page(before=aside, after=after)).bylines == ("Joan Person",)


def test_an_outlet_signs_for_nobody_and_an_item_is_called_what_it_says() -> None:
    assert people(["Harbor Weekly"], outlet="harborweekly.example") == ()
    persons = "".join(
        f"<div itemprop='author'><b itemprop='name'>{name}</b> <i>Fellow of a college</i></div>"
        for name in ("Ada Person", "Joan Other")
    )
    assert clean_page(page(after=persons)).bylines == ("Ada Person", "Joan Other")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ode, Ann", ("Ann Ode",)), ("Karsk, Ukraine", ()), ("ann@paper.example (Ann Ode)", ("Ann Ode",)),
        ('[{"name": "Ann Ode"}, {"name": "Ben Roe"}]', ("Ann Ode", "Ben Roe")), ("佐藤 花子", ("佐藤 花子",)),
        ("Ann Ode, Ben Roe", ("Ann Ode", "Ben Roe")), ("By nightfall", ()),
    ],
)  # fmt: skip
def test_names_are_read_however_they_are_put(text: str, names: tuple[str, ...]) -> None:
    assert people([text]) == names


def test_a_first_sentence_that_begins_with_by_signs_nothing_and_stays() -> None:
    told = "By dawn the bridge had fallen."
    article = clean_page(page(body="".join(f"<p>{part}</p>" for part in (told, *PARAGRAPHS))))
    assert (article.bylines, told in article.text) == ((), True)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<div class='byline'><span>Olha Marchenko</span> <span>Petro Kovalenko</span></div>", 2),
        ("<div class='byline'><p>Olha Marchenko</p><p>Petro Kovalenko</p></div>", 2),
        ("<ul class='authors'><li>Olha Marchenko<br><i>Reporter</i></li><li>Petro Kovalenko<br><i>Editor</i></li></ul>", 2),
        ("<div class='autoren'><b>Olha Marchenko</b><b>Petro Kovalenko</b></div>", 2),
        ("<div class='byline'><span>By Olha Marchenko</span><span>Petro Kovalenko</span><span>5 March 2024</span></div>", 2),
        ("<div class='byline'><span>Olha</span> <span>Marchenko</span></div>", 1),
        ("<div class='byline'>By <span>Olha Marchenko</span> <span>in Kyiv</span></div>", 1),
    ],
)  # fmt: skip
def test_names_in_parts_of_their_own_are_several_and_parts_of_a_name_are_one(
    markup: str, names: int
) -> None:
    body = markup + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    article = clean_page(page(body=body))

    assert article.bylines == ("Olha Marchenko", "Petro Kovalenko")[:names]
    assert article.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Редактор Иван Петров", ("Иван Петров",)),
        ("Корреспондент: Анна Смирнова", ("Анна Смирнова",)),
        ("Наш специальный корреспондент Анна Смирнова", ("Анна Смирнова",)),
        ("Журналістка Олена Марченко", ("Олена Марченко",)),
        ("Reporterin Anna Schmidt", ("Anna Schmidt",)),
        ("Unser Korrespondent Jürgen Müller", ("Jürgen Müller",)),
        ("Text: Anna Schmidt Fotos: Hans Meier", ("Anna Schmidt",)),
        ("مراسل الجزيرة أحمد منصور", ("أحمد منصور",)),
        ("مراسلتنا في كارسك - سارة خليل", ("سارة خليل",)),
        ("موفد الجزيرة إلى ميناء كارسك: أحمد منصور", ("أحمد منصور",)),
        ("በአበበ ከበደ", ("አበበ ከበደ",)),
        ("በቀለ ከበደ", ("በቀለ ከበደ",)),
        ("ዘጋቢ፦ ሰላም ታደሰ", ("ሰላም ታደሰ",)),
        ("Submitted by Jane Doe on Tue, 12/03/2024 - 16:40", (JANE,)),
        ("الصحفية سارة خليل", ("سارة خليل",)),
        ("김 철수", ("김 철수",)),
        ("홍길동 기자 gildong@news.example", ("홍길동",)),
        ("서울=김철수 특파원", ("김철수",)),
        ("記者 王小明", ("王小明",)),
        ("新华社记者 李明 王芳", ("李明", "王芳")),
        ("記者王小明／台北報導", ("王小明",)),
        ("山田 太郎", ("山田 太郎",)),
        ("Smith, John; Doe, Jane", ("John Smith", "Jane Doe")),
    ],
)
def test_roles_before_and_after_names_are_no_part_of_them(
    line: str, names: tuple[str, ...]
) -> None:
    assert people([line]) == names


@pytest.mark.parametrize(
    "line",
    ["Редакция", "Reporter ohne Grenzen e.V.", "연합뉴스", "온라인 편집부", "綜合報導", "新华网", "本报讯", "هيئة التحرير"],
)  # fmt: skip
def test_a_newsroom_is_nobody_in_any_language(line: str) -> None:
    assert people([line]) == ()


def test_a_site_that_is_somebodys_own_may_be_called_as_its_author() -> None:
    assert people(["Jane Doe"], outlet="Jane Doe's Blog") == ("Jane Doe",)
    assert people(["Jane Doe"], outlet="Jane Doe’s notes") == ("Jane Doe",)
    assert people(["Harbor Weekly"], outlet="Harbor Weekly") == ()
    assert people(["John Roe"], outlet="Jane Doe's Blog") == ("John Roe",)


def test_counters_beside_a_byline_are_nobody_and_colons_of_dublin_core_are_read() -> None:
    counted = clean_page(page(before="<span class='author-views'>人氣(<b>23925</b>)</span>"))
    assert counted.bylines == ()
    head = '<meta property="dc:creator" content="Jane Doe"><meta name="parsely-title" content="Sh">'
    assert clean_page(page(head=head)).bylines == (JANE,)


@pytest.mark.parametrize(
    "line", ["Eine Reportage von Anna Müller", "Words by Anna Müller", "Text: Anna Müller"]
)
def test_a_line_under_the_headline_may_say_first_what_was_written(line: str) -> None:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    assert clean_page(page(body=f"<p>{line}</p>{story}")).bylines == ("Anna Müller",)


def test_a_person_may_be_declared_in_two_names() -> None:
    person = '{"@type": "Person", "givenName": "Jane", "familyName": "Doe"}'
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {person}}}</script>'
    assert clean_page(page(head=head)).bylines == (JANE,)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Interview: Greta Sommer", ("Greta Sommer",)),
        ("Protokoll: Greta Sommer und Paul Lind", ("Greta Sommer", "Paul Lind")),
        ("12 avril 2024 à 9h30, par Claire Moreau", ("Claire Moreau",)),
        ("April 12, 2024 | By Jane Doe | Karsk", (JANE,)),
        ("Записала Вера Ильина", ("Вера Ильина",)),
        ("Підготував Степан Гнатюк", ("Степан Гнатюк",)),
        ("Rozmawiała Ewa Lis", ("Ewa Lis",)),
        ("Hazırlayan: Deniz Aksoy", ("Deniz Aksoy",)),
        ("كتب - سامر حداد", ("سامر حداد",)),
        ("خبرنگار: مینا کریمی", ("مینا کریمی",)),
        ("文/赵小兰", ("赵小兰",)),
        ("来源：晨报　作者：赵小兰　编辑：何平", ("赵小兰",)),
        ("记者 赵小兰 钱文", ("赵小兰", "钱文")),
        ("최민아·정우진 기자", ("최민아", "정우진")),
        ("글 최민아 · 사진 정우진", ("최민아",)),
        ("By Jane Doe, as told to John Roe", (JANE, JOHN)),
        ("By Jane Doe (with John Roe and Ann Poe)", (JANE, JOHN, "Ann Poe")),
        ("Karsk, April 12, 2024", ()),
        ("Jane Doe, April 12, 2024", (JANE,)),
        ("Diego Garcia, April 12, 2024", ()),
        ("Text von Greta Sommer Illustrationen von Paul Lind", ("Greta Sommer",)),
        ("By Jane Doe Follow Reporter, traveler, gardener", (JANE,)),
        ("Texto: Marta Gil. Fotografía: Luis Rey", ("Marta Gil",)),
        ("Words: Jane Doe. Pictures: John Roe", (JANE,)),
        ("Беседовал Глеб Титов", ("Глеб Титов",)),
        ("Röportaj: Deniz Aksoy", ("Deniz Aksoy",)),
        ("نوشته: مینا کریمی", ("مینا کریمی",)),
        ("（记者 赵小兰）", ("赵小兰",)),
        ("（佐藤美咲 特派員）", ("佐藤美咲",)),
        ("高橋健一 記者", ("高橋健一",)),
        ("取材・文／佐藤美咲", ("佐藤美咲",)),
        ("Live, by the numbers: 12 April 2024", ()),
    ],
)
def test_a_line_under_the_headline_says_in_many_ways_who_signed(
    line: str, names: tuple[str, ...]
) -> None:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    assert clean_page(page(body=f"<p>{line}</p>{story}")).bylines == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("赵小兰 钱文婷", ("赵小兰", "钱文婷")), ("高橋 健一", ("高橋 健一",)),
        ("Vries, Anna de", ("Anna de Vries",)), ("Headphones. Also", ()), ("우리들의 책", ()),
        ("Col. (ret.) Jane Doe", ("Col. Jane Doe",)), ("文・佐藤美咲", ("佐藤美咲",)),
    ],
)  # fmt: skip
def test_rows_of_names_and_ends_of_sentences_are_told_apart(
    text: str, names: tuple[str, ...]
) -> None:
    assert people([text]) == names


@pytest.mark.parametrize(
    ("name", "outlet", "names"),
    [
        ("Anna Lindner", "Anna Lindner", ("Anna Lindner",)),
        ("Anna Lindner", "Notes | Anna Lindner", ("Anna Lindner",)),
        ("Ольга Зайцева", "Ольга Зайцева", ("Ольга Зайцева",)),
        ("Evening Courier", "Evening Courier", ()),
        ("Charlie Courant", "Charlie Courant", ()),
    ],
)
def test_a_site_that_is_called_as_a_person_is_hers(
    name: str, outlet: str, names: tuple[str, ...]
) -> None:
    assert people([name], outlet=outlet) == names


def test_authors_of_teasers_and_of_works_that_are_cited_did_not_sign() -> None:
    signed = "<p itemprop='author'>Jane Doe</p>"
    teasers = "".join(
        f"<li><h3>Another strike on day {day}</h3><i itemprop='author'>{name}</i></li>"
        for day, name in enumerate((JOHN, "Ann Poe"))
    )
    both = clean_page(page(before=signed, after=f"<ul>{teasers}</ul>"))
    assert both.bylines == (JANE,)
    head = (
        '<meta name="author" content="A. Cited, B. Cited"><meta name="author" content="C. Cited">'
        '<meta name="citation_author" content="Jane Doe">'
    )
    assert clean_page(page(head=head)).bylines == (JANE,)
    assert clean_page(page(head=_script('{"@list": [{"name": "Jane Doe"}]}'))).bylines == (JANE,)


def test_who_reported_may_be_said_below_the_story_and_nowhere_else() -> None:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    foot = "<p>(Reporting by Jane Doe in Karsk; Writing by John Roe; Editing by Ann Poe)</p>"
    article = clean_page(page(body=story + foot))
    assert (article.bylines, article.basis["bylines"]) == ((JANE, JOHN), "byline:foot")
    assert clean_page(page(body=f"<p>By Ann Poe</p>{story}{foot}")).bylines == ("Ann Poe",)


@pytest.mark.parametrize(
    ("head", "line", "names"),
    [
        ("", "<p>By Oksana</p>", ("Oksana",)),
        ("", "<p>by <a rel='author' href='/author/marek'>Marek</a></p>", ("Marek",)),
        ("", "<p class='byline'>Nora quill</p>", ("Nora Quill",)),
        ("", "<p>Текст: Мария лунина</p>", ("Мария Лунина",)),
        ("", "<p>By Nora and Marek</p>", ("Nora", "Marek")),
        ("<meta name='author' content='Nora'>", "", ("Nora",)),
        (_script('{"@type": "Person", "name": "Марія"}'), "", ("Марія",)),
        ("<meta name='author' content='Nora'>", "<p>By Nora Quill</p>", ("Nora Quill",)),
        ("<meta name='author' content='admin'>", "<p>By Reuters</p>", ()),
        ("<meta name='author' content='Kyiv'>", "<p>By Halyna writes</p>", ()),
        ("", "<p>By Nora berichtet</p>", ("Nora Berichtet",)),  # two words tell no more
        ("", "<p>Nora</p>", ()),
        ("", "<p>By Nora came rain</p>", ()),
        ("<meta name='author' content='Nora'><meta property='og:site_name' content='The Nora Times'>", "", ()),
    ],
)  # fmt: skip
def test_a_first_name_alone_signs_where_nobody_is_named_in_full(
    head: str, line: str, names: tuple[str, ...]
) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    assert clean_page(page(head=head, body=line + body)).bylines == names


def test_a_record_may_name_its_author_by_the_first_name_alone() -> None:
    told = {"title": "Bridge falls", "text": PARAGRAPHS[0], "author": "Oksana"}
    assert clean(raw(json.dumps(told), media_type="application/json")).bylines == ("Oksana",)


def test_the_site_in_a_title_is_what_stands_farthest_from_the_headline() -> None:
    named = page(head='<meta name="author" content="Jane Doe">').replace(
        "| The Daily", "| by Jane Doe | Harbor Notes"
    )
    assert (clean_page(named).outlet, clean_page(named).bylines) == ("Harbor Notes", (JANE,))
