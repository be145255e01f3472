"""Dumps of wikis, agencies and collections, and pages that hold several stories."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from corpus.cleaner import clean
from corpus.readers import read
from corpus.readers.dumps.mediawiki import plain
from corpus.readers.source import MAX_DOCUMENT
from tests.corpus.readers.test_readers import documents, errors, read_bytes

PAGE = """<page><title>{title}</title><ns>{ns}</ns><id>{id}</id>{redirect}
<revision><id>1</id><timestamp>2020-01-01T00:00:00Z</timestamp><text>Older.</text></revision>
<revision><id>2</id><timestamp>2023-03-03T10:00:00Z</timestamp><contributor><username>Ann</username></contributor>
<text xml:space="preserve">{text}</text></revision></page>"""


def wiki(*pages: str) -> bytes:
    head = (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo>'
        "<sitename>Harborpedia</sitename><base>https://w.example/wiki/Main_Page</base></siteinfo>"
    )
    return f"{head}{''.join(pages)}</mediawiki>".encode()


def page(title: str, text: str, *, ns: int = 0, redirect: str = "") -> str:
    return PAGE.format(title=title, text=text, ns=ns, id=abs(hash(title)) % 99, redirect=redirect)


def test_a_dump_of_a_wiki_gives_the_last_version_of_each_article(tmp_path: Path) -> None:
    content = wiki(
        page("Battle of the Ferry", "The '''ferry''' stayed."),
        page("Talk:Ferry", "A talk.", ns=1),
        page("The Ferry", "#REDIRECT [[Battle of the Ferry]]"),
        page("Ferry", "x", redirect='<redirect title="Battle of the Ferry"/>'),
        page("Empty", "{{stub}}"),
        page("Barges", "Two barges were &lt;ref&gt;a note&lt;/ref&gt;turned back."),
    )
    items = read_bytes(tmp_path, "dump.xml", content)

    ferry, barges = documents(items)
    article = clean(ferry)
    assert (article.title, article.text) == ("Battle of the Ferry", "The ferry stayed.")
    assert article.outlet == "Harborpedia"
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-03T10:00")
    assert ferry.url == "https://w.example/wiki/Battle_of_the_Ferry"
    assert json.loads(ferry.content)["original"] == "The '''ferry''' stayed."
    assert clean(barges).text == "Two barges were turned back."
    (empty,) = errors(items)
    assert "'Empty' has no text" in empty.what


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("See [[Port of X|the port]] and [[Y]].", "See the port and Y."),
        ("[[File:a.jpg|thumb|A [[ferry]] in port]]It stayed.", "It stayed."),
        ("[[Category:Ferries]][[uk:Паром]]It stayed.", "It stayed."),
        ("{{Infobox|a={{b|c}}|d}}It stayed{{efn|why}}.", "It stayed."),
        ("It stayed.\n{| class=x\n|-\n| a || b\n|}\nMore.", "It stayed.\n\nMore."),
        ("== Course ==\nIt stayed.", "Course\n\nIt stayed."),
        ("* One\n# Two", "One\nTwo"),
        ("It [https://h.example stayed] [https://h.example].", "It stayed ."),
        (
            "It<!-- hidden --> stayed<ref name=a/> &amp; waited<br />long.",
            "It stayed & waitedlong.",
        ),
        ("{{broken It stayed.", "{{broken It stayed."),
    ],
)
def test_marks_of_a_wiki_are_taken_off(wikitext: str, text: str) -> None:
    assert plain(wikitext) == text


def test_a_damaged_dump_gives_what_can_be_read(tmp_path: Path) -> None:
    whole = wiki(*(page(f"Page {number}", f"Text {number}.") for number in range(5)))

    cut = read_bytes(tmp_path, "cut.xml", whole[: len(whole) * 2 // 3])
    assert len(documents(cut)) == 3
    (damaged,) = errors(cut)
    assert "damaged" in damaged.what

    broken = read_bytes(tmp_path, "broken.xml", whole.replace(b"Text 2.", b"Text <2."))
    assert [json.loads(one.content)["title"][-1] for one in documents(broken)] == list("0134")
    assert len(errors(broken)) == 1


def test_a_dump_of_any_length_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_bytes(wiki(*(page(f"Page {number}", "word " * 4000) for number in range(350))))

    tracemalloc.start()
    try:
        found = sum(1 for _ in read(path))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 350
    assert most < 6 << 20


def test_entities_that_multiply_are_not_unfolded(tmp_path: Path) -> None:
    bomb = b"""<!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<mediawiki><page><title>T</title><revision><text>Text &d;</text></revision></page></mediawiki>"""

    for item in read_bytes(tmp_path, "bomb.xml", bomb):
        assert len(getattr(item, "content", b"")) < 2000


NITF = """<?xml version="1.0"?><nitf xml:lang="en"><head><title>slug</title><docdata><doc-id id-string="n7"/>
<date.issue norm="20230303T100000Z"/></docdata><pubdata name="Harbor Wire"/></head><body><body.head><hedline>
<hl1>Ferry stays in port</hl1></hedline><byline>By <person>Ann Ray</person></byline></body.head>
<body.content><block><p>The crews <em>went</em> home.</p><p>Two barges were turned back.</p></block></body.content></body></nitf>"""
NEWS_ITEM = """<newsItem guid="urn:x:{number}" xml:lang="en"><itemMeta><provider literal="Harbor Wire"/>
<firstCreated>2023-03-03T10:00:00+02:00</firstCreated></itemMeta><contentMeta><by>By Ann Ray</by><headline>Ferry {number}</headline>
</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The crews went home.</p></body></html>
</inlineXML></contentSet></newsItem>"""
G2 = (
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>'
    + NEWS_ITEM.format(number=1)
    + NEWS_ITEM.format(number=2).replace("<p>The crews went home.</p>", "")
    + NEWS_ITEM.format(number=3)
    + "</itemSet></newsMessage>"
)


def test_a_story_of_an_agency_keeps_who_when_and_where_from(tmp_path: Path) -> None:
    (found,) = documents(read_bytes(tmp_path, "a.xml", NITF.encode()))

    article = clean(found)
    assert article.title == "Ferry stays in port"
    assert article.text == "The crews went home.\n\nTwo barges were turned back."
    assert (article.bylines, article.outlet) == (("Ann Ray",), "Harbor Wire")
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-03")


def test_a_message_of_several_stories_gives_each(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.xml", G2.encode())

    first, third = documents(items)
    assert (first.declared["id"], third.declared["title"]) == ("urn:x:1", "Ferry 3")
    assert first.declared["bylines"] == "Ann Ray"
    assert first.declared["date"] == "2023-03-03T10:00:00+02:00"
    assert len(errors(items)) == 1
    cut = read_bytes(tmp_path, "b.xml", G2[:-200].encode())
    assert len(documents(cut)) >= 1
    assert errors(cut)


TREC = b"""<DOC>
<DOCNO> HW-1 </DOCNO><DATE>March 3, 2023</DATE>
<HEADLINE> Ferry stays
in port </HEADLINE>
<TEXT>
<P> The crews
went home. </P><P>Two barges &amp; a tug came back.</P>
</TEXT></DOC>
<DOC id="HW_ENG_20230303.0002" type="story"><HEADLINE>Barges</HEADLINE><DATELINE>PORT, March 3</DATELINE><TEXT>
   They came back.
   Nobody was hurt.
</TEXT></DOC>
<DOC><DOCNO>HW-3</DOCNO></DOC>
<DOC><DOCNO>HW-4</DOCNO><TEXT>It is not closed."""
REUTERS = b"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" NEWID="7"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT>&#2;
<TITLE>FERRY STAYS</TITLE><DATELINE>    PORT, Feb 26 - </DATELINE><BODY>The crews went home.
    Two barges came back.
 Reuter
&#3;</BODY></TEXT></REUTERS>"""


def test_a_collection_for_research_gives_each_document(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "hw.sgml", TREC)

    ferry, barges, open_ = documents(items)
    assert (
        json.loads(ferry.content)["text"] == "The crews went home.\n\nTwo barges & a tug came back."
    )
    told = {"id": "HW-1", "title": "Ferry stays in port", "date": "March 3, 2023"}
    assert told.items() <= ferry.declared.items()
    assert barges.declared["id"] == "HW_ENG_20230303.0002"
    assert json.loads(open_.content)["text"] == "It is not closed."
    assert [error.where.rpartition("!")[2] for error in errors(items)] == ["3"]

    (found,) = documents(read_bytes(tmp_path, "reut.sgm", REUTERS))
    assert found.declared["title"] == "FERRY STAYS"
    assert json.loads(found.content)["text"].startswith("The crews went home.\n\nTwo barges")


# Pages.

PROSE = (
    "<p>The crews who had waited since noon went home, the harbor master of the town said on Friday.</p>"
    * 4
)
STORY = (
    '<article><h2><a href="/{0}">Story {0}</a></h2><time datetime="2023-03-0{0}">x</time>'
    + PROSE
    + "</article>"
)
SIDE_BY_SIDE = f"<html><head><title>Day</title></head><body>{STORY.format(1)}{STORY.format(2)}{{more}}</body></html>"


def test_articles_side_by_side_are_several(tmp_path: Path) -> None:
    note = "<!-- saved from url=(0020)https://h.example/day -->"
    page_ = note + SIDE_BY_SIDE.format(more="")

    first, second = documents(read_bytes(tmp_path, "a.html", page_.encode()))

    assert (first.url, second.url) == ("https://h.example/1", "https://h.example/2")
    article = clean(second)
    assert article.title == "Story 2"
    assert article.published is not None
    assert article.published.iso == "2023-03-02"


@pytest.mark.parametrize(
    "more",
    [
        '<meta property="og:type" content="article">',
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
        "<article><h2>A teaser</h2><p>Only a line.</p></article>",
        "<article>" + PROSE + "</article>",
    ],
)
def test_a_page_that_is_one_story_or_has_teasers_is_one(more: str, tmp_path: Path) -> None:
    content = SIDE_BY_SIDE.replace("{more}", more).encode()

    (page_,) = documents(read_bytes(tmp_path, "a.html", content))

    assert page_.content == content


def test_comments_inside_an_article_make_it_no_second_one(tmp_path: Path) -> None:
    content = f"<body><article><h1>One</h1>{PROSE}{STORY.format(2)}</article></body>".encode()

    assert len(documents(read_bytes(tmp_path, "a.html", content))) == 1


def test_pages_put_together_are_each_read(tmp_path: Path) -> None:
    one = f"<!doctype html><html><body><h1>One</h1>{PROSE}</body></html>".encode()

    pages = documents(read_bytes(tmp_path, "a.html", one + b"\n" + one.replace(b"One", b"Two")))

    assert [one.locator.rpartition("!")[2] for one in pages] == ["1", "2"]
    assert [clean(one).title for one in pages] == ["One", "Two"]


def test_a_story_names_who_made_it_and_signs_by_their_names(tmp_path: Path) -> None:
    item = NEWS_ITEM.format(number=1).replace(
        "<by>By Ann Ray</by>", "<creator><name>Ann Ray</name></creator>"
    )
    (story,) = documents(
        read_bytes(
            tmp_path, "a.xml", f"<newsMessage><itemSet>{item}</itemSet></newsMessage>".encode()
        )
    )
    assert story.declared["bylines"] == "Ann Ray"

    declared = '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">' + NITF.partition("?>")[2].replace(
        "crews", "caf&eacute;s"
    )
    items = read_bytes(tmp_path, "b.xml", declared.encode())
    assert errors(items) == []
    assert "The cafés went home." in clean(documents(items)[0]).text


def test_stories_one_after_the_other_cost_themselves_alone(tmp_path: Path) -> None:
    stories = [NITF.replace("n7", f"n{at}").replace("crews", f"crew {at}") for at in range(5)]
    assert len(documents(read_bytes(tmp_path, "a.xml", "\n".join(stories).encode()))) == 5

    damaged = stories.copy()
    damaged[2] = damaged[2].replace("<body.content>", "<<\x01body.cont")
    items = read_bytes(tmp_path, "b.xml", "\n".join(damaged).encode())
    (error,) = errors(items)
    assert "b.xml!3" in str(error)
    assert [one.declared["id"] for one in documents(items)] == ["n0", "n1", "n2", "n3", "n4"]


def test_a_huge_file_of_an_agency_is_read_story_by_story(tmp_path: Path) -> None:
    item = NEWS_ITEM.format(number=1).replace("<newsItem", "<n:newsItem").replace(
        "</newsItem", "</n:newsItem"
    )  # fmt: skip
    padding = f"<!-- {'x' * (1 << 20)} -->"
    file = tmp_path / "a.xml"
    with file.open("w") as out:
        out.write("<?xml version='1.0'?><n:newsMessage xmlns:n='urn:n'><itemSet>")
        out.writelines(item + padding for _ in range(70))
        out.write("</itemSet></n:newsMessage>")
    assert file.stat().st_size > MAX_DOCUMENT
    items = list(read(file))
    assert errors(items) == []
    assert len(documents(items)) == 70
