"""Files of press databases and of programs for references: one article a story or record."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from corpus.errors import UnreadableInput
from corpus.readers.formats import tell
from corpus.readers.source import HEAD
from tests.corpus.cleaner.test_papers import pages, word
from tests.corpus.readers.test_readers import documents, errors, read_bytes

FIRST = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said."
THEN = "Divers looked for the captain until the current grew too strong, and will go on in the morning."
SECOND = "Teachers of the river towns went back to their schools on Friday, for the first time in a year."


def articles(folder: Path, name: str, content: str | bytes) -> list[Article]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [clean(one) for one in documents(read_bytes(folder, name, raw))]


def older(number: int, title: str, outlet: str, day: str, *paragraphs: str, by: str = "") -> str:
    told = "\r\n\r\n".join("   " + "\r\n".join(wrap(one, 60)) for one in paragraphs)
    return (
        f"{number:>24} of 2 DOCUMENTS\r\n\r\n\r\n{outlet:>40}\r\n\r\n{day:>40}\r\n{'Final Edition':>40}\r\n\r\n"
        f"{title}\r\n\r\n{f'BYLINE: {by}' if by else ''}\r\n\r\nSECTION: NEWS; Pg. 4\r\n\r\nLENGTH: 80 words\r\n\r\n"
        f"DATELINE: ORLANKA\r\n\r\n{told}\r\n\r\nLOAD-DATE: {day}\r\n\r\nLANGUAGE: ENGLISH\r\n\r\n"
        f"PUBLICATION-TYPE: Newspaper\r\n\r\n{'Copyright 2023':>30} {outlet}\r\n{'All Rights Reserved':>40}\r\n\r\n"
    )


def newer(title: str, outlet: str, day: str, *paragraphs: str, by: str = "") -> list[str]:
    said = [
        title,
        outlet,
        day,
        f"Copyright 2023 {outlet} All Rights Reserved",
        "Section: NEWS; Pg. 4",
    ]
    said += ["Length: 80 words", *([f"Byline: By {by}"] if by else []), "Body", *paragraphs]
    return [
        *said,
        "Graphic",
        "The quay.",
        "Classification",
        "Load-Date: March 8, 2023",
        "End of Document",
    ]


NEWER = [
    "Job Number: 1", "1. Ferry sinks at Orlanka", "Search Terms: Orlanka",
    *newer("Ferry sinks at Orlanka", "Harbor Herald", "March 6, 2023 Monday", FIRST, THEN, by="Ann Ray"),
    *newer("Schools open again", "River Post", "10 March 2023", SECOND),
]  # fmt: skip
RTF = r"{\rtf1\ansi " + r"\par ".join(NEWER) + "}"


def assert_both(found: list[Article]) -> None:
    ferry, schools = found
    assert (ferry.title, ferry.outlet, ferry.bylines) == (
        "Ferry sinks at Orlanka",
        "Harbor Herald",
        ("Ann Ray",),
    )
    assert ferry.text == f"{FIRST}\n\n{THEN}"
    assert ferry.published is not None
    assert ferry.published.iso == "2023-03-06"
    assert (schools.title, schools.outlet, schools.text) == (
        "Schools open again",
        "River Post",
        SECOND,
    )
    assert schools.published is not None
    assert schools.published.iso == "2023-03-10"


def test_nexis_in_its_older_form(tmp_path: Path) -> None:
    content = older(
        1,
        "Ferry sinks at Orlanka",
        "Harbor Herald",
        "March 6, 2023 Monday",
        FIRST,
        THEN,
        by="Ann Ray",
    )
    content += older(2, "Schools open again", "River Post", "March 10, 2023 Friday", SECOND)

    assert_both(articles(tmp_path, "a.txt", content))
    (cut,) = errors(read_bytes(tmp_path, "a.txt", content[: content.rindex("Schools")].encode()))
    assert "neither `text` nor `html`" in cut.what


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "\r\n".join(NEWER).encode()), ("a.rtf", RTF.encode()), ("a.docx", word(*NEWER))],
)
def test_nexis_in_its_newer_form(name: str, content: bytes, tmp_path: Path) -> None:
    assert_both(articles(tmp_path, name, content))
    (raw, _) = documents(read_bytes(tmp_path, name, content))
    assert raw.locator.endswith("!1")
    assert raw.declared["section"] == "NEWS; Pg. 4"


def test_a_text_that_speaks_of_such_files_stays_one(tmp_path: Path) -> None:
    told = f"We searched Nexis.\n\nIt found 1 of 2 DOCUMENTS.\n\n{FIRST}\n\nEnd of Document\n\n{SECOND}"
    (article,) = articles(tmp_path, "a.txt", told)
    assert SECOND in article.text
    (one,) = documents(read_bytes(tmp_path, "a.docx", word("End of Document", FIRST)))
    assert FIRST in clean(one).text


LONG_TITLE = [
    "Ferry sinks at Orlanka after a mine drifts into the harbor, and the owner of",
    "the other boats asks for divers",
]


def cut(*paragraphs: str) -> list[str]:
    return [line for one in paragraphs for line in wrap(one, 44)]


def of_nexis() -> bytes:
    ferry = newer(
        "Ferry sinks at Orlanka",
        "Harbor Herald",
        "March 6, 2023 Monday",
        *cut(FIRST, THEN),
        by="Ann Ray",
    )
    schools = newer("Schools open again", "River Post", "10 March 2023", *cut(SECOND))
    at = ferry.index("Graphic")
    # What a page begins and ends with: its number, and the headline again on a later page.
    later = ["Page 2 of 2", "Ferry sinks at Orlanka", *ferry[at:]]
    return pages(
        ["Documents (2)", "1. Ferry"],
        ["Page 1 of 2", *ferry[:at]],
        later,
        ["Page 1 of 1", *schools],
    )


def of_factiva() -> bytes:
    ferry = [
        "Ferry sinks at Orlanka",
        "By Ann Ray",
        "80 words",
        "6 March 2023",
        "Harbor Herald",
        "HRBR",
        "4",
        "English",
        "(c) 2023",
    ]
    schools = [
        "Schools open again",
        "40 words",
        "10 March 2023",
        "River Post",
        "RVPT",
        "English",
        "(c) 2023",
    ]
    first = [*ferry, *cut(FIRST, THEN), "Document HRBR000020230306ej3600001", *schools]
    return pages(
        [*first, "Page 1 of 2 (c) 2023 Factiva, Inc."],
        [*cut(SECOND), "Document RVPT000020230310ej3a00001"],
    )


def of_proquest() -> bytes:
    def told(number: int, title: str, outlet: str, day: str, *lines: str) -> list[str]:
        said = [
            f"Document {number} of 2",
            title,
            "ProQuest document link",
            "FULL TEXT",
            *lines,
            "DETAILS",
        ]
        return [
            *said,
            "Subject: War",
            f"Publication title: {outlet}",
            f"Publication date: {day}",
            f"ProQuest document ID: {number}",
        ]

    ferry = told(1, "Ferry sinks at Orlanka", "Harbor Herald", "Mar 6, 2023", *cut(FIRST, THEN))
    ferry.insert(2, "Author: Ray, Ann")
    return pages(ferry, told(2, "Schools open again", "River Post", "Mar 10, 2023", *cut(SECOND)))


@pytest.mark.parametrize("build", [of_nexis, of_factiva, of_proquest])
def test_stories_of_a_database_in_a_pdf(build: Callable[[], bytes], tmp_path: Path) -> None:
    content = build()
    assert_both(articles(tmp_path, "a.pdf", content))
    (damaged,) = documents(read_bytes(tmp_path, "b.pdf", content[: len(content) // 2]))
    with pytest.raises(UnreadableInput, match="damaged"):
        clean(damaged)


def test_a_headline_of_two_lines_in_a_pdf_is_one(tmp_path: Path) -> None:
    lines = newer("", "Harbor Herald", "March 6, 2023 Monday", *cut(FIRST))[1:]
    (article,) = articles(tmp_path, "a.pdf", pages([*LONG_TITLE, *lines]))
    assert article.title == " ".join(LONG_TITLE)


def test_a_pdf_that_speaks_of_databases_stays_one(tmp_path: Path) -> None:
    told = pages(
        ["We searched Nexis", "", *cut(FIRST), "Length: 80 words", *cut(THEN), "End of Document"]
    )
    (article,) = articles(tmp_path, "a.pdf", told)
    assert FIRST in article.text


def shown(title: str, by: str, day: str, outlet: str, number: str, *paragraphs: str) -> list[str]:
    said = [
        title,
        *([f"By {by}"] if by else []),
        "80 words",
        day,
        "09:14",
        outlet,
        "HRBR",
        "4",
        "English",
    ]
    return [
        *said,
        f"(c) 2023 {outlet}",
        "",
        *(part for one in paragraphs for part in (one, "")),
        f"Document {number}",
        "",
    ]


FACTIVA = [
    *shown("Ferry sinks at Orlanka", "Ann Ray", "6 March 2023", "Harbor Herald", "HRBR000020230306ej36", FIRST, THEN),
    *shown("Schools open again", "", "10 March 2023", "River Post", "RVPO000020230310ej3a", SECOND),
]  # fmt: skip


def test_factiva_as_it_is_shown(tmp_path: Path) -> None:
    ended = [
        *FACTIVA,
        "Search Summary",
        "Text Orlanka",
        "© 2023 Factiva, Inc. All rights reserved.",
    ]
    content = "\n".join(ended).replace("2023\n09:14", "2023\n09:14", 1)
    found = articles(tmp_path, "a.txt", content)
    ferry, schools = found
    assert (ferry.title, ferry.outlet, ferry.bylines) == (
        "Ferry sinks at Orlanka",
        "Harbor Herald",
        ("Ann Ray",),
    )
    assert (ferry.text, schools.text) == (f"{FIRST}\n\n{THEN}", SECOND)
    assert ferry.published is not None
    assert ferry.published.iso == "2023-03-06T09:14"
    (raw, _) = documents(read_bytes(tmp_path, "a.txt", content.encode()))
    assert raw.declared["print_page"] == "4"


def coded(
    title: str, day: str, outlet: str, number: str, *paragraphs: str
) -> list[tuple[str, str]]:
    return [
        ("HD", title), ("BY", "By Ann Ray"), ("WC", "80 words"), ("PD", day), ("SN", outlet), ("LA", "English"),
        ("LP", paragraphs[0]), ("TD", "\n\n".join(paragraphs[1:])), ("NS", "gcat : News"), ("AN", f"Document {number}"),
    ]  # fmt: skip


CODED = [
    coded("Ferry sinks at Orlanka", "6 March 2023", "Harbor Herald", "HRBR000020230306ej36", FIRST, THEN),
    coded("Schools open again", "10 March 2023", "River Post", "RVPO000020230310ej3a", SECOND),
]  # fmt: skip


def test_factiva_with_codes_of_fields_as_text_and_as_a_page(tmp_path: Path) -> None:
    text = "\n\n".join("\n".join(f"{code}\n{said}" for code, said in one) for one in CODED)
    rows = "".join(
        f"<div class='article enArticle'><table>{''.join(f'<tr><td><b>{code}</b>&nbsp;</td><td>{said}</td></tr>' for code, said in one)}</table></div>"
        for one in CODED
    )
    page = f"<html><head><title>Factiva</title></head><body>{rows}</body></html>"
    assert_both(articles(tmp_path, "a.txt", text))
    assert_both(articles(tmp_path, "a.html", page.replace("\n\n", "<p>")))


def test_proquest(tmp_path: Path) -> None:
    def one(title: str, outlet: str, day: str, text: str, by: str = "") -> str:
        return (
            f"{'_' * 60}\n\nDocument 1 of 2\n\n{title}\n\nAuthor: {by}\n\nProQuest document link\n\nAbstract: Short.\n\n"
            f"Full text: {text}\n\nSubject: Rivers\n\nTitle: {title}\n\nPublication title: {outlet}\n\nPages: A.4\n\n"
            f"Publication date: {day}\n\nProQuest document ID: 77\n\nLast updated: 2023-04-01\n\n"
        )

    content = one(
        "Ferry sinks at Orlanka", "Harbor Herald", "Mar 6, 2023", f"{FIRST}\n\n{THEN}", "Ray, Ann"
    )
    content += one("Schools open again", "River Post", "Mar 10, 2023", SECOND)
    content += f"{'_' * 60}\n\nContact ProQuest\nCopyright © 2023 ProQuest LLC.\n"
    assert_both(articles(tmp_path, "a.txt", content))


BARE = "https://post.example/schools"
RIS = (
    "TY  - NEWS\r\nTI  - Ferry sinks at Orlanka\r\nAU  - Ray, Ann\r\nT2  - Harbor Herald\r\nDA  - 2023/03/06/\r\n"
    f"SP  - 4\r\nAB  - {FIRST}\r\nER  - \r\n\r\nTY  - NEWS\r\nTI  - Schools open again\r\nUR  - {BARE}\r\nER  - \r\n"
)
ENW = (
    f"%0 Newspaper Article\n%T Ferry sinks at Orlanka\n%A Ray, Ann\n%J Harbor Herald\n%8 March 6\n%D 2023\n%P 4\n%X {FIRST}\n\n"
    f"%0 Newspaper Article\n%T Schools open again\n%U {BARE}\n"
)
BIBTEX = (
    '% kept by hand\n@string{hh = "Harbor Herald"}\n\n@article{ray,\n  title = {Ferry sinks at {Orlanka}},\n  author = {Ray, Ann},\n'
    f"  journal = hh,\n  year = 2023, month = mar, day = 6,\n  pages = {{4}},\n  abstract = {{{FIRST}}}\n}}\n"
    f"@misc{{b, title = {{Schools open again}}, url = {{{BARE}}}}}\n"
)
ENDNOTE = (
    "<?xml version='1.0'?><xml><records><record><titles><title><style>Ferry sinks at Orlanka</style></title><secondary-title>"
    "<style>Harbor Herald</style></secondary-title></titles><contributors><authors><author>Ray, Ann</author></authors></contributors>"
    f"<dates><year>2023</year><pub-dates><date>March 6</date></pub-dates></dates><pages>4</pages><abstract>{FIRST}</abstract></record>"
    f"<record><titles><title>Schools open again</title></titles><urls><web-urls><url>{BARE}</url></web-urls></urls></record></records></xml>"
)
ZOTERO = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="b"'
    ' xmlns:dc="d" xmlns:dcterms="t" xmlns:foaf="f">\n<bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType>'
    "<dcterms:isPartOf><bib:Newspaper><dc:title>Harbor Herald</dc:title></bib:Newspaper></dcterms:isPartOf><bib:authors><rdf:Seq><rdf:li>"
    "<foaf:Person><foaf:surname>Ray</foaf:surname><foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>"
    f"<bib:pages>4</bib:pages><dcterms:abstract>{FIRST}</dcterms:abstract><dc:date>2023-03-06</dc:date><dc:title>Ferry sinks at Orlanka</dc:title>"
    f'</bib:Article>\n<bib:Document rdf:about="{BARE}"><z:itemType>webpage</z:itemType><dc:title>Schools open again</dc:title></bib:Document>\n'
    '<z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><dc:title>Snapshot</dc:title></z:Attachment></rdf:RDF>'
)
CSL = (
    (
        '[{"id": "a", "type": "article-newspaper", "title": "Ferry sinks at Orlanka", "container-title": "Harbor Herald", "page": "4",'
        ' "author": [{"family": "Ray", "given": "Ann"}], "issued": {"date-parts": [["2023", 3, 6]]}, "abstract": "TEXT"},'
        ' {"id": "b", "type": "webpage", "title": "Schools open again", "URL": "BARE", "issued": {"date-parts": [[2023]]}}]'
    )
    .replace("TEXT", FIRST)
    .replace("BARE", BARE)
)
ZOTERO_CSV = (
    '\ufeff"Key","Item Type","Author","Title","Publication Title","Url","Abstract Note","Date","Pages"\n'
    f'"A","newspaperArticle","Ray, Ann","Ferry sinks at Orlanka","Harbor Herald","","{FIRST}","2023-03-06","4"\n'
    f'"B","webpage","","Schools open again","","{BARE}","","",""\n'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ris", RIS), ("a.enw", ENW), ("a.bib", BIBTEX), ("a.xml", ENDNOTE), ("a.rdf", ZOTERO), ("a.json", CSL),
        ("a.csv", ZOTERO_CSV),
    ],
)  # fmt: skip
def test_a_record_with_an_abstract_is_an_article_and_one_without_is_told_of(
    name: str, content: str, tmp_path: Path
) -> None:
    (article,) = articles(tmp_path, name, content)
    assert (article.title, article.outlet, article.bylines) == (
        "Ferry sinks at Orlanka", "Harbor Herald", ("Ann Ray",),
    )  # fmt: skip
    assert article.text == FIRST
    assert article.published is not None
    assert article.published.iso == "2023-03-06"
    (bare,) = errors(read_bytes(tmp_path, name, content.encode()))
    assert "neither `text` nor `html`" in bare.what
    assert "collect" in bare.advice


def test_bibtex_in_plain_letters(tmp_path: Path) -> None:
    entry = (
        '@article{k, title = "{Der} Fl{\\"u}chtling --- und \\\'Elan", author = {M{\\"u}ller, J{\\"o}rg and {\\L}uk, Ann},\n'
        f"  abstract = {{{FIRST} It cost 40\\% of the {{NGO}}'s money.}}, year = 2023}}\n"
        "@article{cut, title = {Cut off"
    )
    items = read_bytes(tmp_path, "a.bib", entry.encode())
    (raw,) = documents(items)
    article = clean(raw)
    assert article.title == "Der Flüchtling — und Élan"
    assert article.bylines == ("Jörg Müller", "Ann Łuk")
    assert article.text.endswith("It cost 40% of the NGO's money.")
    (cut,) = errors(items)
    assert "cut off" in cut.what


def test_a_text_with_an_entry_of_bibtex_in_it_stays_a_text(tmp_path: Path) -> None:
    told = "\n\n".join(
        [FIRST, THEN, SECOND, "Cite it so:", "@article{k, title = {Ferry}, year = 2023}"]
    )
    (article,) = articles(tmp_path, "a.txt", told)
    assert SECOND in article.text


def test_notes_of_evernote(tmp_path: Path) -> None:
    content = (
        '<?xml version="1.0"?><en-export><note><title>Ferry &amp; mine</title><content><![CDATA[<!DOCTYPE en-note SYSTEM "x"><en-note>'
        f'<div>{FIRST}</div><div><br/></div><div>{THEN}</div><en-media type="image/png" hash="0"/></en-note>]]></content>'
        "<created>20230306T091400Z</created><note-attributes><author>Reader</author><source-url>https://post.example/ferry</source-url>"
        "</note-attributes><resource><data>AAAA</data></resource></note><note><title>Mine</title><content><![CDATA[<en-note><div>"
        f"{SECOND}</div></en-note>]]></content><created>20230310T091400Z</created></note><note><title>Cut"
    )
    items = read_bytes(tmp_path, "a.enex", content.encode())
    clipped, own = map(clean, documents(items))
    assert (clipped.title, clipped.text) == ("Ferry & mine", f"{FIRST}\n\n{THEN}")
    assert (clipped.url, clipped.published, clipped.bylines) == (
        "https://post.example/ferry",
        None,
        (),
    )
    assert own.published is not None
    assert own.published.iso.startswith("2023-03-10T09:14")
    (cut,) = errors(items)
    assert "has no end" in cut.what


def test_a_table_with_the_mark_of_utf_8_before_a_name_in_quotes_keeps_the_name(
    tmp_path: Path,
) -> None:
    content = f'\ufeff"title","text"\n"Ferry sinks","{FIRST}"\n'
    (article,) = articles(tmp_path, "a.csv", content)
    assert (article.title, article.text) == ("Ferry sinks", FIRST)


def test_nexis_in_german_and_with_a_time_beside_the_day(tmp_path: Path) -> None:
    german = older(1, "Fähre sinkt", "Küstenbote", "6. März 2023 Montag", FIRST, by="Ann Ray")
    for english, word_ in (
        ("BYLINE", "AUTOR"),
        ("SECTION", "RUBRIK"),
        ("LENGTH: 80 words", "LÄNGE: 80 Wörter"),
    ):
        german = german.replace(english, word_)
    german = german.replace("DATELINE: ORLANKA\r\n", "").replace("LOAD-DATE", "DATUM-LADUNG")
    (article,) = articles(tmp_path, "a.txt", german.replace("1 of 2 DOCUMENTS", "Dokument 1 von 2"))
    assert (article.title, article.outlet, article.text) == ("Fähre sinkt", "Küstenbote", FIRST)
    marked = german.replace("1 of 2 DOCUMENTS", "Dokument 1 von 2").encode("utf-8-sig")
    (article,) = articles(tmp_path, "a.txt", marked)
    assert article.title == "Fähre sinkt"
    timed = older(1, "Ferry sinks", "Herald (Online)", "March 6, 2023 Monday 3:14 PM GMT", FIRST)
    (article,) = articles(tmp_path, "a.txt", timed)
    assert article.published is not None
    assert (article.title, article.published.iso[:10]) == ("Ferry sinks", "2023-03-06")


def test_factiva_shown_in_german_without_a_time(tmp_path: Path) -> None:
    lines = [
        "Fähre sinkt",
        "80 Wörter",
        "6. März 2023",
        "Küstenbote",
        "KUBO",
        "Deutsch",
        "(c) 2023 Küstenbote",
        "",
        FIRST,
        "",
        "Document KUBO000020230306ef67",
    ]
    (article,) = articles(tmp_path, "a.txt", "\n".join(lines))
    assert (article.title, article.outlet, article.text) == ("Fähre sinkt", "Küstenbote", FIRST)


def test_proquest_of_old_papers_has_its_title_above_the_labels(tmp_path: Path) -> None:
    content = (
        f"{'_' * 60}\n\nDocument 1 of 1\n\nFERRY SINKS\n\nAuthor: By ANN RAY\n\nPublication info: The Herald ; Orlanka. 06 Mar 1923: 3.\n\n"
        f"Full text: {FIRST}\n\nPublication title: The Herald\n\nPublication date: Mar 6, 1923\n\nProQuest document ID: 7\n\n"
    )
    (article,) = articles(tmp_path, "a.txt", content)
    assert (article.title, article.text) == ("FERRY SINKS", FIRST)


def test_ris_with_the_line_ends_of_old_macs_in_utf_16(tmp_path: Path) -> None:
    content = RIS.replace("\r\n", "\r").encode("utf-16")
    (article,) = articles(tmp_path, "a.ris", content)
    assert (article.title, article.text) == ("Ferry sinks at Orlanka", FIRST)


def test_records_of_medline(tmp_path: Path) -> None:
    content = f"PMID- 123\nOWN - NLM\nTI  - Ferry sinks\nAB  - {FIRST}\n      {THEN}\nFAU - Ray, Ann\nDP  - 2023 Mar 6\nJT  - Harbors.\n\nPMID- 124\nTI  - Bare\n"
    (article,) = articles(tmp_path, "a.nbib", content)
    assert (article.title, article.bylines, article.outlet) == (
        "Ferry sinks",
        ("Ann Ray",),
        "Harbors.",
    )
    assert " ".join(article.text.split()) == f"{FIRST} {THEN}"


@pytest.mark.parametrize(
    "piece",
    ["\n", " ", "\n ", "HD\n", "Length: 1\n", "1 of 2 DOCUMENTS\n", "@article{", "@article{\n", "TY  - NEWS\n", "___", "%0 x\n",
     "12 words\n", "[06/03/2023, 09:14] a", "06/03/2023, 09:14 - \n", "<xml><records>", "% \n", "a\n\n"],
)  # fmt: skip
def test_however_a_text_goes_on_it_is_told_at_once(piece: str) -> None:
    head = (piece * HEAD)[:HEAD].encode()
    start = time.process_time()
    for name in ("a.txt", "a", "a.html"):
        tell(head, name)
    assert time.process_time() - start < 2
