"""TEI, JATS and DocBook: one article a text, with what its head says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from corpus.readers.formats import Format, tell
from tests.corpus.readers.test_readers import documents, errors, read_bytes

FERRY = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said."
DIVERS = "Divers looked for the captain until the current grew too strong, and will go on in the morning."
TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(
    body: str,
    title: str = "Ferry sinks at Orlanka",
    *,
    source: str = "<p>Born digital.</p>",
    root: str = f"TEI {TEI}",
) -> str:
    return (
        f"<{root}><teiHeader><fileDesc><titleStmt><title>{title}</title><author><persName><surname>Ray</surname>"
        "<forename>Ann</forename></persName></author></titleStmt><publicationStmt><publisher>Harbor Herald</publisher>"
        f'<date when="2023-03-06">6 March</date></publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc></teiHeader>'
        f'<text xml:lang="en"><body>{body}</body></text></{root.split(" ", maxsplit=1)[0]}>'
    )


def paragraphs(*texts: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


JATS = (
    '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "x.dtd"><article xml:lang="en"><front><journal-meta>'
    "<journal-title>Harbor Herald</journal-title></journal-meta><article-meta><title-group><article-title>Ferry sinks at <i>Orlanka</i>"
    "</article-title></title-group><contrib-group><contrib contrib-type='author'><name><surname>Ray</surname><given-names>Ann</given-names>"
    "</name></contrib></contrib-group><pub-date><day>6</day><month>3</month><year>2023</year></pub-date></article-meta></front><body><sec>"
    f"<title>At night</title>{paragraphs(FERRY, DIVERS)}</sec></body><back><ref-list><ref>Ferries, 1990</ref></ref-list></back></article>"
)
DOCBOOK = (
    '<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"><info><title>Ferry sinks at Orlanka</title><author><personname>'
    "<firstname>Ann</firstname><surname>Ray</surname></personname></author><pubdate>2023-03-06</pubdate><publishername>Harbor Herald"
    f"</publishername></info><section><title>At night</title>{paragraphs(FERRY, DIVERS, tag='para')}</section></article>"
)


def articles(folder: Path, content: str) -> list[Article]:
    return [clean(one) for one in documents(read_bytes(folder, "a.xml", content.encode()))]


@pytest.mark.parametrize(
    ("content", "head"),
    [
        (f'<?xml version="1.0"?>\n{tei(f"<div><head>At night</head>{paragraphs(FERRY, DIVERS)}</div>")}', "At night\n\n"),
        (tei(paragraphs(FERRY, DIVERS), root="TEI.2"), ""),
        (JATS, "At night\n\n"),
        (DOCBOOK, "At night\n\n"),
    ],
)  # fmt: skip
def test_a_text_is_an_article(content: str, head: str, tmp_path: Path) -> None:
    (article,) = articles(tmp_path, content)
    assert (article.title, article.bylines, article.outlet) == (
        "Ferry sinks at Orlanka",
        ("Ann Ray",),
        "Harbor Herald",
    )
    assert article.published is not None
    assert article.published.iso == "2023-03-06"
    assert article.text == f"{head}{FERRY}\n\n{DIVERS}"


def test_a_printed_source_tells_of_its_own_paper_and_day(tmp_path: Path) -> None:
    source = '<biblStruct><analytic><title>Ferry lost</title></analytic><monogr><title level="j">River Post</title><imprint><date when="1943-05-02"/></imprint></monogr></biblStruct>'
    (article,) = articles(tmp_path, tei(paragraphs(FERRY, DIVERS), source=source))
    assert (article.title, article.outlet) == ("Ferry lost", "River Post")
    assert article.published is not None
    assert article.published.iso == "1943-05-02"


def test_lines_notes_and_two_readings(tmp_path: Path) -> None:
    body = (
        '<pb n="3"/><p>The ferry at Or-<lb break="no"/>lanka sank on <choice><abbr>Mon.</abbr><expan>Monday</expan></choice> night<lb/>after a mine'
        f"<note>Of 1942.</note> drifted <hi>into</hi> the <choice><sic>harber</sic><corr>harbor</corr></choice>, its owner said.</p><p>{DIVERS}</p>"
    )
    (article,) = articles(tmp_path, tei(body))
    assert article.text == f"{FERRY}\n\n{DIVERS}"


def test_a_corpus_has_an_article_a_text_and_an_empty_one_is_told_of(tmp_path: Path) -> None:
    texts = (
        tei(paragraphs(FERRY, DIVERS)) + tei("", "Empty") + tei(paragraphs(DIVERS, FERRY), "Divers")
    )
    told = read_bytes(
        tmp_path, "a.xml", f"<teiCorpus {TEI}><teiHeader/>{texts}</teiCorpus>".encode()
    )
    assert [clean(one).title for one in documents(told)] == ["Ferry sinks at Orlanka", "Divers"]
    (empty,) = errors(told)
    assert (empty.what, empty.where[-2:]) == ("the text is empty", "!2")


def test_what_is_cut_off_is_told_of(tmp_path: Path) -> None:
    content = tei(paragraphs(FERRY, DIVERS))
    told = read_bytes(tmp_path, "a.xml", content[: content.index("until the current")].encode())
    assert FERRY in clean(documents(told)[0]).text
    assert "damaged at line" in errors(told)[0].what


def test_an_article_of_html_is_a_page() -> None:
    assert (
        tell(f"<article><h1>Ferry</h1>{paragraphs(FERRY)}</article>".encode(), "a.html")
        is Format.HTML
    )
    assert tell(f"<article class='a'><div>{FERRY}</div></article>".encode()) is Format.HTML


def test_names_of_signs_are_read_as_html_and_the_file_itself_have_them(tmp_path: Path) -> None:
    declared = '<!DOCTYPE TEI.2 SYSTEM "tei2.dtd" [<!ENTITY town "Orlanka">]>'
    told = tei("<p>&mdash; A caf&eacute; &amp; a ferry at &town; &lt;burn&gt;.</p>", root="TEI.2")
    (article,) = articles(tmp_path, declared + told)
    assert article.text == "— A café & a ferry at Orlanka <burn>."


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "utf-8"])
def test_a_corpus_in_any_encoding_with_a_prefix(encoding: str, tmp_path: Path) -> None:
    text = tei("<p>Паром затонул у Орланки.</p>", "Паром", root="TEI")
    prefixed = text.replace("</", "\0").replace("<", "<t:").replace("\0", "</t:")
    corpus = f'<?xml version="1.0" encoding="{encoding}"?>\n<t:teiCorpus xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader/>{prefixed}{prefixed}</t:teiCorpus>'
    told = read_bytes(tmp_path, "a.xml", corpus.encode(encoding))
    assert errors(told) == []
    assert [clean(one).text for one in documents(told)] == ["Паром затонул у Орланки."] * 2


def test_a_corpus_that_is_cut_between_texts_or_damaged_in_one_says_so(tmp_path: Path) -> None:
    one = tei(paragraphs(FERRY, DIVERS))
    whole = f"<teiCorpus {TEI}><teiHeader/>{one * 3}</teiCorpus>"
    cut = read_bytes(tmp_path, "a.xml", whole.removesuffix("</teiCorpus>").encode())
    assert len(documents(cut)) == 3
    assert "cut off" in errors(cut)[0].what

    at = whole.index("</p>", len(one) + 200)
    told = read_bytes(tmp_path, "a.xml", f"{whole[:at]}\0\1<broken{whole[at + 4 :]}".encode())
    assert len(documents(told)) == 3
    (error,) = errors(told)
    assert ("the text is damaged" in error.what, error.where[-2:]) == (True, "!2")
