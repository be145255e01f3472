"""Exports of channels and accounts: one document a post, with who, when, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus.cleaner import clean
from corpus.readers import read
from corpus.readers.formats import tell
from tests.corpus.readers.crawls import crawl
from tests.corpus.readers.test_readers import documents, errors, read_bytes, zipped

# Telegram.


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "type": "message", "date": f"2023-03-03T10:{number:02}:00",
        "date_unixtime": str(1677830400 + 60 * number), "from": "Harbor Watch",
        "from_id": "channel77", "text": text, **more,
    }  # fmt: skip


MESSAGES = [
    {"id": 1, "type": "service", "date": "2023-03-01T10:00:00", "action": "create_channel", "text": ""},
    message(2, "The ferry stayed in port."),
    message(
        3,
        ["Two barges ", {"type": "bold", "text": "with grain"}, " were turned back.\n\nSee ",
         {"type": "text_link", "text": "the list", "href": "https://h.example/list"}, "."],
        reply_to_message_id=2, author="Ann Ray", edited="2023-03-03T11:00:00",
        photo="photos/photo_1.jpg", forwarded_from="Port Radio",
    ),
    message(4, "", photo="photos/photo_2.jpg"),
]  # fmt: skip
CHANNEL = {"name": "Harbor Watch", "type": "public_channel", "id": 77, "messages": MESSAGES}


def test_the_export_of_a_channel_gives_its_posts(tmp_path: Path) -> None:
    content = json.dumps(CHANNEL, indent=1, ensure_ascii=False).encode()

    items = read_bytes(tmp_path, "result.json", content)

    ferry, barges = documents(items)
    article = clean(ferry)
    assert (article.text, article.outlet) == ("The ferry stayed in port.", "Harbor Watch")
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-03T08:02")
    assert article.url == "https://t.me/c/77/2"
    told = {
        "bylines": "Ann Ray", "replies_to": "https://t.me/c/77/2", "media": "photo: photos/photo_1.jpg",
        "forwarded_from": "Port Radio", "edited": "2023-03-03T11:00:00",
    }  # fmt: skip
    assert told.items() <= barges.declared.items()
    record = json.loads(barges.content)
    assert record["text"] == "Two barges with grain were turned back.\n\nSee the list."
    assert record["original"] == MESSAGES[2]
    assert "original" not in barges.declared
    (picture,) = errors(items)
    assert "1 post has no text, only media (4)" in picture.what


def test_pictures_sent_together_are_one_post(tmp_path: Path) -> None:
    at = {"date_unixtime": "1677830400"}
    messages = [
        message(1, "", photo="a.jpg", **at),
        message(2, "Smoke over the harbor.", photo="b.jpg", **at),
        message(3, "", photo="c.jpg", **at),
        message(4, "Another post.", photo="d.jpg", **at),
    ]
    items = read_bytes(tmp_path, "r.json", json.dumps({**CHANNEL, "messages": messages}).encode())

    assert not errors(items)
    smoke, other = documents(items)
    assert smoke.declared["media"] == "photo: a.jpg; photo: b.jpg; photo: c.jpg"
    assert other.declared["media"] == "photo: d.jpg"


def test_an_export_of_all_chats_gives_the_posts_of_each(tmp_path: Path) -> None:
    talk = {"name": "Bo", "type": "personal_chat", "id": 5, "messages": [
        {**message(1, 'He wrote "messages": [ and more.'), "from": "Bo Lee"}]}  # fmt: skip
    whole = {"about": "Here is the data", "chats": {"about": "x", "list": [CHANNEL, talk]}}

    ferry, barges, private = documents(read_bytes(tmp_path, "r.json", json.dumps(whole).encode()))

    assert ferry.declared["outlet"] == barges.declared["outlet"] == "Harbor Watch"
    assert (private.declared["outlet"], private.declared["bylines"]) == ("Bo", "Bo Lee")
    assert private.url is None
    assert len({ferry.locator, barges.locator, private.locator}) == 3


def test_a_broken_message_costs_itself(tmp_path: Path) -> None:
    broken = [message(2, "One."), message(3, 5), message(4, [7]), message(5, "Two.")]
    content = json.dumps({**CHANNEL, "messages": broken}, indent=1).replace('"One."', '"One.')

    items = read_bytes(tmp_path, "r.json", content.encode())

    assert [json.loads(one.content)["text"] for one in documents(items)][-1] == "Two."
    assert len(errors(items)) == 3
    cut = read_bytes(tmp_path, "cut.json", content[: len(content) // 2].encode())
    assert errors(cut)


SHOWN = """<html><head><meta property="og:title" content="Harbor Watch"></head><body><section>{}</section>
</body></html>"""
POST = """<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message"
 data-post="harborwatch/{number}"><div class="tgme_widget_message_bubble">
<a class="tgme_widget_message_owner_name" href="https://t.me/harborwatch"><span>Harbor Watch</span></a>
{reply}<div class="tgme_widget_message_text js-message_text">{text}</div>
<a class="tgme_widget_message_photo_wrap" style="background-image:url('https://c.example/1.jpg')"></a>
<a class="tgme_widget_message_date" href="#"><time datetime="2023-03-0{number}T10:00:00+00:00">10:00</time>
</a></div></div></div>"""
REPLY = """<a class="tgme_widget_message_reply" href="https://t.me/harborwatch/1"><div
 class="tgme_widget_message_text">The ferry stayed …</div></a>"""
CHANNEL_PAGE = SHOWN.format(
    POST.format(number=1, text="The ferry stayed<br/>in <b>port</b>.", reply="")
    + POST.format(number=2, text="The crews went home.", reply=REPLY)
).encode()


def test_a_page_of_a_channel_gives_its_posts_wherever_it_is_found(tmp_path: Path) -> None:
    crawled = crawl({"url": "https://t.me/s/harborwatch", "body": CHANNEL_PAGE})
    for name, content in (("page.html", CHANNEL_PAGE), ("crawl.warc.gz", crawled)):
        items = read_bytes(tmp_path, name, content)

        assert not errors(items)
        ferry, crews = documents(items)
        assert clean(ferry).text == "The ferry stayed\nin port."
        assert clean(crews).text == "The crews went home."
        assert crews.url == "https://t.me/harborwatch/2"
        told = {
            "outlet": "Harbor Watch", "date": "2023-03-02T10:00:00+00:00",
            "replies_to": "https://t.me/harborwatch/1", "media": "photo: https://c.example/1.jpg",
        }  # fmt: skip
        assert told.items() <= crews.declared.items()
        assert "tgme_widget_message" in json.loads(crews.content)["original"]


EXPORTED = """<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div
 class="content"><div class="text bold">Harbor Watch</div></div></div><div class="history">
<div class="message service" id="message-1"><div class="body details">3 March 2023</div></div>
<div class="message default clearfix" id="message7"><div class="body"><div class="pull_right date details"
 title="03.03.2023 10:00:00 UTC+02:00">10:00</div><div class="from_name">Harbor Watch</div>
<div class="text">The ferry stayed in <a href="https://h.example">port</a>.</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body"><div
 class="pull_right date details" title="03.03.2023 10:05:00 UTC+02:00">10:05</div>
<div class="reply_to details">In reply to <a href="#go_to_message7">this message</a></div>
<div class="media_wrap clearfix"><a class="photo_wrap" href="photos/p.jpg"><div class="title bold">P</div></a></div>
<div class="text">The crews went home.</div></div></div></div></div></body></html>"""


POST = "Shells hit the harbor at dawn, and two cranes burn."
POST_PAGES = {
    "a script": "<script async src='https://telegram.org/js/telegram-widget.js' data-telegram-post='harborwatch/41'></script>",
    "a button": "<a class='tgme_action_button_new' href='tg://resolve?domain=harborwatch&amp;post=41'>View in Telegram</a>",
}  # fmt: skip


@pytest.mark.parametrize("way", POST_PAGES)
def test_the_page_of_one_post_gives_its_text_time_channel_and_address(
    way: str, tmp_path: Path
) -> None:
    page = (
        "<html><head><title>Telegram: View @harborwatch</title><meta property='og:title' content='Harbor Watch'>"
        f"<meta property='og:site_name' content='Telegram'><meta property='og:description' content='{POST}'></head><body>"
        f"<div class='tgme_page'><div class='tgme_page_extra'>12 345 subscribers</div>{POST_PAGES[way]}"
        "<time datetime='2023-03-03T10:02:00+00:00'>3 March</time></div></body></html>"
    )  # fmt: skip

    (post,) = documents(read_bytes(tmp_path, "41.html", page.encode()))
    article = clean(post)

    assert article.text == POST
    assert article.outlet == "Harbor Watch"
    assert article.url == "https://t.me/harborwatch/41"
    assert article.published is not None
    assert article.published.iso == "2023-03-03T10:02+00:00"


def test_a_page_that_shows_a_post_of_a_channel_in_its_story_stays_a_page(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Harbor</title></head><body><article><h1>Harbor</h1><p>The mayor said on Monday that "
        f"the port would stay closed until the cranes were repaired.</p>{POST_PAGES['a script']}</article></body></html>"
    )

    (document,) = documents(read_bytes(tmp_path, "harbor.html", page.encode()))

    assert document.media_type.startswith("text/html")


def test_a_page_of_an_export_gives_its_posts(tmp_path: Path) -> None:
    ferry, crews = documents(read_bytes(tmp_path, "messages.html", EXPORTED.encode()))

    assert json.loads(ferry.content)["text"] == "The ferry stayed in port."
    assert ferry.declared["date"] == "2023-03-03T10:00:00+02:00"
    assert ferry.declared["outlet"] == crews.declared["outlet"] == "Harbor Watch"
    assert {
        "id": "8",
        "replies_to": "7",
        "media": "file: photos/p.jpg",
    }.items() <= crews.declared.items()


# Accounts.


def tweet(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"tweet": {
        "id_str": str(number), "full_text": text, "created_at": "Fri Mar 03 08:00:00 +0000 2023",
        "lang": "en", **more,
    }}  # fmt: skip


TWEETS = [
    tweet(11, "The ferry stayed &amp; waited: https://t.co/a https://t.co/p", entities={
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://h.example/ferry"}],
        "media": [{"url": "https://t.co/p", "media_url_https": "https://c.example/1.jpg", "type": "photo",
                   "expanded_url": "https://twitter.com/harborwatch/status/11/photo/1"}]}),
    tweet(12, "The crews went home.", in_reply_to_status_id_str="11", in_reply_to_screen_name="bo"),
]  # fmt: skip
TWEETS_JS = b"window.YTD.tweets.part0 = " + json.dumps(TWEETS, indent=2).encode()
ACCOUNT_JS = b"""window.YTD.account.part0 = [ {"account" : {"username" : "harborwatch",
 "accountDisplayName" : "Harbor Watch"} } ]"""


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_of_x_gives_its_posts(packed: bool, tmp_path: Path) -> None:
    members = {
        "data/tweets.js": TWEETS_JS,
        "data/account.js": ACCOUNT_JS,
        "data/like.js": b"x = [1]",
    }
    root = tmp_path / "archive"
    if packed:
        root.write_bytes(zipped(members))
    else:
        for name, content in members.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)

    items = list(read(root))

    assert not errors(items)
    ferry, crews = documents(items)
    assert clean(ferry).text == "The ferry stayed & waited: https://h.example/ferry"
    told = {
        "url": "https://x.com/harborwatch/status/11", "outlet": "@harborwatch", "language": "en",
        "bylines": "Harbor Watch", "media": "photo: https://c.example/1.jpg",
    }  # fmt: skip
    assert told.items() <= ferry.declared.items()
    assert crews.declared["replies_to"] == "https://x.com/bo/status/11"
    published = clean(crews).published
    assert published is not None
    assert published.iso.startswith("2023-03-03T08:00")


def test_posts_of_x_without_the_account_are_read_as_far_as_they_tell(tmp_path: Path) -> None:
    ferry, crews = documents(read_bytes(tmp_path, "tweets.js", TWEETS_JS))

    assert ferry.declared["outlet"] == "@harborwatch"
    assert crews.declared["outlet"] == "X"
    assert crews.url == "https://x.com/i/web/status/12"


def test_an_archive_of_facebook_gives_its_posts(tmp_path: Path) -> None:
    posts = [
        {"timestamp": 1677830400, "title": "Ann Ray updated her status.",
         "data": [{"post": "Паром остался.".encode().decode("latin-1")}, {"update_timestamp": 1}]},
        {"timestamp": 1677830460, "title": "Ann Ray shared a link.",
         "attachments": [{"data": [{"external_context": {"url": "https://h.example/1"}},
                                   {"media": {"uri": "photos/1.jpg"}}]}],
         "data": [{"post": "Read this."}]},
        {"timestamp": 1677830500, "attachments": [{"data": [{"media": {"uri": "photos/2.jpg"}}]}]},
        {"timestamp": "never", "data": [{"post": "Broken."}]},
    ]  # fmt: skip
    for content in (posts, {"profile_posts_v2": posts}):
        items = read_bytes(tmp_path, "your_posts_1.json", json.dumps(content, indent=2).encode())

        ferry, link = documents(items)
        assert json.loads(ferry.content)["text"] == "Паром остался."
        assert ferry.declared["bylines"] == "Ann Ray"
        assert ferry.declared["date"] == "2023-03-03T08:00:00+00:00"
        assert link.declared["links"] == "https://h.example/1"
        assert link.declared["media"] == "file: photos/1.jpg"
        assert len(errors(items)) == 2


NOTE = {
    "id": "https://sea.example/users/ann/statuses/1", "type": "Note", "published": "2023-03-03T08:00:00Z",
    "url": "https://sea.example/@ann/1", "summary": "Harbor", "inReplyTo": "https://o.example/5",
    "content": "<p>The ferry stayed<br>in port.</p><p>The crews <b>went</b> home.</p>",
    "contentMap": {"en": "x"}, "attributedTo": "https://sea.example/users/ann",
    "attachment": [{"mediaType": "image/png", "url": "/media/1.png", "name": "smoke"}],
}  # fmt: skip


def outbox(*items: Mapping[str, Any]) -> bytes:
    return json.dumps(
        {
            "@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json",
            "type": "OrderedCollection", "totalItems": len(items), "orderedItems": items,
        }
    ).encode()  # fmt: skip


def test_an_outbox_gives_the_posts_of_its_account_only(tmp_path: Path) -> None:
    actor = json.dumps({"name": "Ann Ray", "preferredUsername": "ann"}).encode()
    content = outbox(
        {"type": "Create", "actor": "https://sea.example/users/ann", "object": NOTE},
        {"type": "Announce", "object": "https://o.example/9"},
    )
    items = read_bytes(tmp_path, "a.zip", zipped({"outbox.json": content, "actor.json": actor}))

    (found,) = documents(items)
    (other,) = errors(items)
    assert other.where.endswith("actor.json!1")
    article = clean(found)
    assert article.text.endswith("The ferry stayed\nin port.\n\nThe crews went home.")
    told = {
        "outlet": "@ann@sea.example", "bylines": "Ann Ray", "language": "en",
        "url": "https://sea.example/@ann/1", "replies_to": "https://o.example/5",
        "media": "image/png: /media/1.png (smoke)",
    }  # fmt: skip
    assert told.items() <= found.declared.items()


@pytest.mark.parametrize(
    "content",
    [
        b'{"messages": [{"text": "A dump of records."}], "name": "x"}',
        b'[{"timestamp": 1677830400, "text": "A dump of records."}]',
        b'{"type": "OrderedCollection", "text": "A record."}',
    ],
)
def test_a_dump_that_looks_a_little_like_an_export_is_none(content: bytes) -> None:
    assert tell(content) == "jsonl"


def test_a_long_post_of_x_is_told_once_and_in_full(tmp_path: Path) -> None:
    text = "The ferry stayed, and the crews who had waited since noon went home before dark. " * 5
    note = {
        "noteTweet": {
            "noteTweetId": "9",
            "createdAt": "2023-03-03T08:00:00.000Z",
            "core": {"text": text},
        }
    }
    short = tweet(11, f"{text[:270]}… https://t.co/x")
    members = {
        "data/tweets.js": b"window.YTD.tweets.part0 = " + json.dumps([short, TWEETS[1]]).encode(),
        "data/note-tweet.js": b"window.YTD.note_tweet.part0 = " + json.dumps([note]).encode(),
    }
    told = read_bytes(tmp_path, "a.zip", zipped(members))
    assert errors(told) == []
    assert {clean(one).text for one in documents(told)} == {text.strip(), "The crews went home."}


def test_a_post_whose_text_is_none_costs_itself(tmp_path: Path) -> None:
    content = {**CHANNEL, "messages": [message(2, {"a": 1}), message(3, "Two.")]}
    items = read_bytes(tmp_path, "r.json", json.dumps(content).encode())
    assert [json.loads(one.content)["text"] for one in documents(items)] == ["Two."]
    assert "`text` is a dict" in errors(items)[0].what
