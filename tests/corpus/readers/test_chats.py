"""Chats of WhatsApp, pages that Facebook exports, and posts that interfaces and programs wrap."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from tests.corpus.readers.test_readers import documents, errors, read_bytes

FERRY = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor, its owner said."
DIVERS = "Divers looked for the captain until the current grew too strong, and will go on in the morning."
SCHOOLS = "Teachers of the river towns went back to their schools on Friday, for the first time in a year."


def articles(folder: Path, name: str, content: str) -> list[Article]:
    return [clean(one) for one in documents(read_bytes(folder, name, content.encode()))]


def published(article: Article) -> str:
    assert article.published is not None
    return article.published.iso


IPHONE = (
    "[06/03/2023, 09:14:22] Harbor: \u200eMessages and calls are end-to-end encrypted.\r\n"
    f"[06/03/2023, 09:15:02] Ann Ray: {FERRY}\r\n{DIVERS}\r\n"
    "[06/03/2023, 09:16:40] Ann Ray: \u200e<attached: 0001-PHOTO.jpg>\r\n"
    f"[30/03/2023, 21:03:11] +380 67 123 45 67: {SCHOOLS} \u200e<This message was edited>\r\n"
)
ANDROID = (
    "06.03.23, 09:14 - Messages and calls are end-to-end encrypted. Tap to learn more.\n06.03.23, 09:14 - Ann Ray created group\n"
    f"06.03.23, 09:15 - Ann Ray: {FERRY}\n{DIVERS}\n06.03.23, 09:16 - Ann Ray: <Media omitted>\n"
    f"06.03.23, 09:17 - Bo: This message was deleted\n30.03.23, 21:03 - Bo: {SCHOOLS}\n"
)
AMERICAN = (
    f"3/6/23, 9:15\u202fAM - Ann Ray: {FERRY}\n{DIVERS}\n3/6/23, 9:16\u202fAM - Ann Ray: IMG-1.jpg (file attached)\n"
    f"3/30/23, 9:03\u202fPM - Bo: {SCHOOLS}\n"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("_chat.txt", IPHONE),
        ("WhatsApp Chat with Harbor.txt", ANDROID),
        ("WhatsApp-Chat mit Harbor.txt", AMERICAN),
    ],
)
def test_each_message_of_a_chat_is_an_article(name: str, content: str, tmp_path: Path) -> None:
    items = read_bytes(tmp_path, name, content.encode())
    ferry, schools = map(clean, documents(items))
    assert (ferry.text, ferry.bylines) == (f"{FERRY}\n{DIVERS}", ("Ann Ray",))
    assert schools.text == SCHOOLS
    assert published(ferry).startswith("2023-03-06T09:15")
    assert published(schools).startswith("2023-03-30T21:03")
    assert ferry.outlet == ("WhatsApp" if name == "_chat.txt" else "Harbor")
    (media,) = errors(items)
    assert "1 post has no text" in media.what


def test_of_a_date_that_nothing_settles_only_the_year_is_taken(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, "_chat.txt", f"06/03/2023, 09:15 - Ann Ray: {FERRY}\n")
    assert published(article) == "2023"


def test_notes_that_begin_with_a_day_are_no_chat(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, "notes.txt", f"[06/03/2023] {FERRY}\n\n{SCHOOLS}")
    assert SCHOOLS in article.text


def test_pages_that_facebook_exports(tmp_path: Path) -> None:
    def box(heading: str, text: str, when: str) -> str:
        return (
            f'<div class="pam _a6-g"><div class="_2pim _a6-h">{heading}</div><div class="_2ph_ _a6-p"><div>{text}</div></div>'
            f'<div class="_3-94 _a6-o">{when}</div></div>'
        )

    page = (
        f"<html><head><title>Posts</title></head><body>{box('Ann Ray updated her status.', FERRY, 'Mar 6, 2023 9:15 am')}"
        f"{box('Ann Ray shared a link.', SCHOOLS, 'Mar 30, 2023 9:03 pm')}</body></html>"
    )
    ferry, schools = articles(tmp_path, "your_posts_1.html", page)
    assert (ferry.text, ferry.bylines, ferry.outlet) == (FERRY, ("Ann Ray",), "Facebook")
    assert published(ferry).startswith("2023-03-06T09:15")
    assert schools.text == SCHOOLS


def test_posts_of_instagram(tmp_path: Path) -> None:
    wrong = FERRY.replace("night", "n\u00eeght").encode().decode("latin-1")
    posts = [
        {"media": [{"uri": "a.jpg", "creation_timestamp": 1678094102, "title": wrong}]},
        {"media": [{"uri": "b.jpg", "creation_timestamp": 1}, {"uri": "c.jpg", "title": ""}], "title": SCHOOLS, "creation_timestamp": 1680210191},
    ]  # fmt: skip
    ferry, schools = articles(tmp_path, "posts_1.json", json.dumps(posts))
    assert "nîght" in ferry.text
    assert (schools.outlet, published(schools)[:10]) == ("Instagram", "2023-03-30")


def test_a_wall_of_vk(tmp_path: Path) -> None:
    posts = [
        {"id": 11, "owner_id": -77, "from_id": -77, "signer_id": 5, "date": 1678094102, "text": FERRY, "attachments": [{"type": "photo"}]},
        {"id": 12, "owner_id": -77, "from_id": -77, "date": 1680210191, "text": "", "copy_history": [{"text": SCHOOLS}]},
    ]  # fmt: skip
    answer = {
        "response": {
            "items": posts,
            "groups": [{"id": 77, "name": "Harbor"}],
            "profiles": [{"id": 5, "first_name": "Ann", "last_name": "Ray"}],
        }
    }
    items = read_bytes(tmp_path, "wall.json", json.dumps(answer).encode())
    (ferry,) = map(clean, documents(items))
    assert (ferry.outlet, ferry.bylines, ferry.url) == (
        "Harbor",
        ("Ann Ray",),
        "https://vk.com/wall-77_11",
    )
    assert len(errors(items)) == 1
    (alone,) = articles(tmp_path, "posts.jsonl", json.dumps(posts[0]) + "\n")
    assert (alone.url, published(alone)[:10]) == (ferry.url, "2023-03-06")


def test_a_thread_of_reddit_with_its_answers(tmp_path: Path) -> None:
    def listing(kind: str, **said: object) -> dict[str, object]:
        told = {"subreddit": "Harbor", "created_utc": 1678094102.0, "author": "ann", **said}
        return {"kind": "Listing", "data": {"children": [{"kind": kind, "data": told}]}}

    answer = listing("t1", name="t1_c", body=SCHOOLS, permalink="/r/Harbor/c", replies="")
    thread = [
        listing("t3", name="t3_a", title="Ferry sinks", selftext=FERRY, permalink="/r/Harbor/a"),
        listing("t1", name="t1_b", body=DIVERS, permalink="/r/Harbor/b", replies=answer),
    ]
    ferry, divers, schools = articles(tmp_path, "thread.json", json.dumps(thread))
    assert (ferry.title, ferry.text, ferry.outlet) == ("Ferry sinks", FERRY, "r/Harbor")
    assert (divers.text, schools.text) == (DIVERS, SCHOOLS)
    assert schools.url == "https://www.reddit.com/r/Harbor/c"


def test_a_channel_of_discord(tmp_path: Path) -> None:
    message = {"id": "3", "type": "Default", "timestamp": "2023-03-06T09:15:00+00:00", "content": FERRY,
               "author": {"name": "ann", "nickname": "Ann Ray"}, "attachments": []}  # fmt: skip
    joined = {**message, "type": "GuildMemberJoin", "content": "Joined the server."}
    channel = {
        "guild": {"name": "Coast"},
        "channel": {"name": "harbor"},
        "messages": [message, joined],
    }
    (article,) = articles(tmp_path, "export.json", json.dumps(channel, indent=1))
    assert (article.text, article.outlet, article.bylines) == (
        FERRY,
        "Coast / harbor",
        ("Ann Ray",),
    )


def test_features_of_a_map(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [30.7, 46.4]},
               "properties": {"title": "Ferry sinks", "date": "2023-03-06", "description": FERRY}}  # fmt: skip
    (raw,) = documents(
        read_bytes(
            tmp_path,
            "a.geojson",
            json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(),
        )
    )
    article = clean(raw)
    assert (article.title, article.text, published(article)) == ("Ferry sinks", FERRY, "2023-03-06")
    assert "46.4" in raw.declared["geometry"]


def test_what_only_looks_like_an_answer_is_no_fault(tmp_path: Path) -> None:
    for value in (
        {"kind": "Listing", "data": {}},
        {"guild": 1, "channel": 2, "messages": 3},
        {"type": "FeatureCollection", "features": 7},
    ):
        (error,) = errors(read_bytes(tmp_path, "a.json", json.dumps(value).encode()))
        assert "neither `text` nor `html`" in error.what


def test_who_has_an_account_of_mastodon_and_what_was_liked_are_no_articles(tmp_path: Path) -> None:
    actor = {
        "type": "Person",
        "inbox": "i",
        "preferredUsername": "ann",
        "publicKey": {},
        "summary": "<p>Me</p>",
    }
    likes = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "orderedItems": ["https://sea.example/1"],
    }
    assert read_bytes(tmp_path, "actor.json", json.dumps(actor).encode()) == []
    assert documents(read_bytes(tmp_path, "likes.json", json.dumps(likes).encode())) == []


def test_an_address_within_a_site_gives_way_to_a_whole_one(tmp_path: Path) -> None:
    table = f'title,url,permalink,body\nFerry sinks,/r/Harbor/a,https://www.reddit.com/r/Harbor/a,"{FERRY}"\n'
    (article,) = articles(tmp_path, "posts.csv", table)
    assert article.url == "https://www.reddit.com/r/Harbor/a"


def test_subtitles_of_ssa(tmp_path: Path) -> None:
    told = (
        "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,The ferry sank,\\Nas its owner said,\n"
        "Dialogue: 0,0:00:04.00,0:00:08.00,Default,,0,0,0,,{\\i1}on Monday night.{\\i0}\n"
    )
    (article,) = articles(tmp_path, "a.ass", told)
    assert article.text == "The ferry sank, as its owner said, on Monday night."


LINE = {
    "en": (
        "[LINE] Chat history with Harbor watch\nSaved on: 2023/03/08 10:00\n\nTue, 03/07/2023\n"
        "5:00 PM\tAnn Ray\t{0}\n17:02\tBo joined the group.\n17:03\tBo\t[Photo]\n\nSun, 03/12/2023\n07:00\tBo\t\"{1}\nStay home.\"\n"
    ),
    "ja": (
        "\ufeff[LINE] Harbor watchとのトーク履歴\r\n保存日時：2023/03/08 10:00\r\n\r\n2023/03/07(火)\r\n"
        "午後5:00\tAnn Ray\t{0}\r\n午後5:03\tBo\t[写真]\r\n\r\n2023/03/12(日)\r\n午前7:00\tBo\t\"{1}\r\nStay home.\"\r\n"
    ),
    "zh": (
        "[LINE] 與Harbor watch的聊天記錄\n儲存日期：2023/03/08 10:00\n\n2023/03/07（二）\n"
        "下午05:00\tAnn Ray\t{0}\n下午05:03\tBo\t[照片]\n\n2023/03/12（日）\n上午07:00\tBo\t\"{1}\nStay home.\"\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LINE)
def test_a_chat_of_line_gives_its_messages(language: str, tmp_path: Path) -> None:
    said = ("The ferry at Orlanka sank tonight.", "Divers look for the captain: all night.")
    content = LINE[language].format(*said)
    told = read_bytes(tmp_path, "[LINE] Harbor watch.txt", content.encode())
    first, second = map(clean, documents(told))
    assert (first.text, second.text) == (said[0], f"{said[1]}\nStay home.")
    assert (first.bylines, first.outlet, second.outlet) == (
        ("Ann Ray",),
        "Harbor watch",
        "Harbor watch",
    )
    assert first.published is not None
    assert second.published is not None
    assert (first.published.iso, second.published.iso) == ("2023-03-07T17:00", "2023-03-12T07:00")
    (media,) = errors(told)
    assert "no text, only media" in media.what


def test_a_day_of_line_whose_month_nobody_knows_stays_a_year(tmp_path: Path) -> None:
    content = "[LINE] Chat history with Bo\n\n03/07/2023\n05:00\tBo\tThe ferry sank tonight.\n"
    (found,) = documents(read_bytes(tmp_path, "a.txt", content.encode()))
    published = clean(found).published
    assert published is not None
    assert published.iso == "2023"
