"""Messages of Signal, Slack, Google Chat, Element, Teams and notes of Keep: one article each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError
from corpus.readers import read
from tests.corpus.readers.test_readers import documents, errors, read_bytes, zipped

FERRY = "The ferry at Orlanka is gone, a mine drifted into the harbor and two boats are on fire."
DIVERS = "Divers look for the captain until dark, keep the quay free for the ambulances please."
AT, LATER = 1678165200, 1678172400  # 2023-03-07, five and seven in the morning, UTC


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def signal_cli(name: str, at: int, **told: object) -> dict[str, Any]:
    return {
        "envelope": {"source": "+1", "sourceName": name, "timestamp": at * 1000, **told},
        "account": "+2",
    }


def data(text: str | None, at: int, **more: object) -> dict[str, object]:
    return {
        "timestamp": at * 1000,
        "message": text,
        "groupInfo": {"groupName": "Harbor watch"},
        **more,
    }


def backup(*items: object) -> bytes:
    return lines(
        {"version": "1", "backupTimeMs": "1678200000000"},
        {"account": {"givenName": "Ann", "familyName": "Ray"}},
        {"recipient": {"id": "1", "self": {}}},
        {
            "recipient": {
                "id": "2",
                "contact": {"profileGivenName": "Olena", "profileFamilyName": "Koval"},
            }
        },
        {"recipient": {"id": "3", "group": {"snapshot": {"title": {"title": "Harbor watch"}}}}},
        {"chat": {"id": "7", "recipientId": "3"}},
        *items,
    )


def in_backup(by: str, at: int, text: str) -> dict[str, object]:
    said = {"text": {"body": text}}
    return {
        "chatItem": {"chatId": "7", "authorId": by, "dateSent": f"{at}000", "standardMessage": said}
    }


def exported(by: str, at: str, text: str) -> dict[str, object]:
    return {
        "date": at,
        "sender": by,
        "body": text,
        "quote": "",
        "sticker": "",
        "reactions": [],
        "attachments": [],
    }


def google(by: str, at: str, text: str) -> dict[str, object]:
    return {
        "creator": {"name": by},
        "created_date": f"Tuesday, March 7, 2023 at {at}\u202fAM UTC",
        "text": text,
        "topic_id": "t",
    }


def matrix(
    by: str, at: int, *, kind: str = "m.room.message", answers: str = "", **content: str
) -> dict[str, object]:
    relates = {"m.relates_to": {"m.in_reply_to": {"event_id": answers}}} if answers else {}
    return {
        "type": kind,
        "sender": by,
        "origin_server_ts": at * 1000,
        "event_id": f"${at}",
        "content": content | relates,
    }


SIGNAL_CLI = lines(
    signal_cli("Olena Koval", AT, dataMessage=data(FERRY, AT)),
    signal_cli("Ann Ray", AT, receiptMessage={"isRead": True}),
    signal_cli("Ann Ray", AT, typingMessage={"action": "STARTED"}),
    signal_cli("Ann Ray", AT, dataMessage=data(None, AT, reaction={"emoji": "x"})),
    signal_cli("Ann Ray", LATER, syncMessage={"sentMessage": data(DIVERS, LATER)}),
)
BACKUP = backup(
    in_backup("2", AT, FERRY),
    {"chatItem": {"chatId": "7", "authorId": "2", "dateSent": "1", "updateMessage": {}}},
    in_backup("1", LATER, DIVERS),
)
EXPORT = lines(
    exported("Olena Koval", "2023-03-07T05:00:00", FERRY),
    exported("Ann Ray", "2023-03-07T07:00:00", DIVERS),
)
GOOGLE = json.dumps(
    {"messages": [google("Olena Koval", "5:00:00", FERRY), google("Ann Ray", "7:00:00", DIVERS)]}
).encode()
ELEMENT = json.dumps({
    "room_name": "Harbor watch",
    "messages": [
        matrix("@olena:h.example", 1, kind="m.room.create"),
        matrix("@olena:h.example", AT, msgtype="m.text", body=FERRY),
        matrix("@ann:h.example", LATER, msgtype="m.text", body=f"> <@olena:h.example> gone\n\n{DIVERS}", answers=f"${AT}"),
    ],
}).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("files", "by"),
    [
        ({"messages.json": SIGNAL_CLI}, ("Ann Ray",)),
        ({"main.jsonl": BACKUP}, ("Ann Ray",)),
        ({"Harbor watch/data.json": EXPORT}, ("Ann Ray",)),
        (
            {
                "S/messages.json": GOOGLE,
                "S/group_info.json": b'{"name": "Harbor watch", "members": [{"name": "Ann Ray"}]}',
            },
            ("Ann Ray",),
        ),
        ({"export.json": ELEMENT}, None),
    ],
)
def test_each_message_is_an_article(
    files: dict[str, bytes], by: tuple[str, ...] | None, tmp_path: Path
) -> None:
    told = read_bytes(tmp_path, "a.zip", zipped(files))
    assert errors(told) == []
    ferry, divers = map(clean, documents(told))
    assert (ferry.text, divers.text) == (FERRY, DIVERS)
    assert (moment(ferry), moment(divers)) == ("2023-03-07T05:00", "2023-03-07T07:00")
    assert {ferry.outlet, divers.outlet} == {"Harbor watch"}
    assert by is None or divers.bylines == by


def moment(article: Article) -> str:
    assert article.published is not None
    return article.published.iso[:16]


SLACK = {
    "users.json": [{"id": "U1", "name": "olena", "profile": {"real_name": "Olena Koval"}}, {"id": "U2", "name": "ann", "profile": {"display_name": "Ann Ray"}}],
    "channels.json": [{"id": "C1", "name": "harbor", "members": ["U1"], "topic": {"value": "news"}, "purpose": {"value": ""}}],
    "dms.json": [{"id": "D1", "created": 1, "members": ["U1", "U2"]}],
    "integration_logs.json": [],
    "harbor/2023-03-07.json": [
        {"type": "message", "user": "U1", "ts": f"{AT}.000100",
         "text": f"{FERRY} See <https://h.example/1|the map>, <https://h.example/2>, <#C1|harbor> &amp; <@U2>"},
        {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined", "ts": f"{AT}.000200"},
        {"type": "message", "user": "U2", "text": "", "ts": f"{AT}.0003", "files": [{"name": "quay.jpg", "mimetype": "image/jpeg"}]},
        {"type": "message", "user": "U2", "text": DIVERS, "ts": f"{LATER}.000100", "thread_ts": f"{AT}.000100"},
    ],
}  # fmt: skip


def slack() -> dict[str, bytes]:
    return {name: json.dumps(value).encode() for name, value in SLACK.items()}


def assert_harbor(told: list[RawDocument | InputError]) -> None:
    ferry, divers = map(clean, documents(told))
    assert (
        ferry.text
        == f"{FERRY} See the map (https://h.example/1), https://h.example/2, #harbor & @Ann Ray"
    )
    assert (ferry.outlet, ferry.bylines, divers.bylines) == (
        "#harbor",
        ("Olena Koval",),
        ("Ann Ray",),
    )
    assert (moment(ferry), moment(divers)) == ("2023-03-07T05:00", "2023-03-07T07:00")
    assert documents(told)[1].declared["replies_to"] == f"{AT}.000100"
    (media,) = errors(told)
    assert "no text, only media" in media.what


def test_an_export_of_slack(tmp_path: Path) -> None:
    assert_harbor(read_bytes(tmp_path, "slack.zip", zipped(slack())))


def test_an_export_of_slack_that_was_unpacked(tmp_path: Path) -> None:
    for name, content in slack().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert_harbor(list(read(tmp_path)))


def test_damage_costs_what_is_damaged(tmp_path: Path) -> None:
    files = slack()
    day = files["harbor/2023-03-07.json"]
    whole = files | {
        "harbor/2023-03-07.json": day[: day.index(b"has joined")],
        "harbor/2023-03-08.json": day,
    }
    told = read_bytes(tmp_path, "slack.zip", zipped(whole))
    assert len(documents(told)) == 3
    assert any("2023-03-07" in error.where for error in errors(told))

    told = read_bytes(tmp_path, "m.json", SIGNAL_CLI[:-40])
    assert [clean(one).text for one in documents(told)] == [FERRY]
    assert len(errors(told)) == 1

    told = read_bytes(tmp_path, "main.jsonl", backup({"chatItem": "?"}, in_backup("2", AT, FERRY)))
    assert [clean(one).text for one in documents(told)] == [FERRY]
    assert "not as such exports have it" in errors(told)[0].what


def test_an_edited_message_of_signal_keeps_both_moments(tmp_path: Path) -> None:
    edit = {"targetSentTimestamp": AT * 1000, "dataMessage": data(DIVERS, LATER)}
    (raw,) = documents(
        read_bytes(
            tmp_path,
            "m.json",
            lines(signal_cli("Ann Ray", LATER, editMessage=edit, dataMessage=None)),
        )
    )
    article = clean(raw)
    assert moment(article) == "2023-03-07T05:00"
    assert article.modified is not None
    assert article.modified.iso.startswith("2023-03-07T07:00")


def test_messages_of_teams_and_notes_of_keep(tmp_path: Path) -> None:
    teams = {
        "value": [
            {"id": "1", "messageType": "message", "createdDateTime": "2023-03-07T05:00:00Z",
             "from": {"application": None, "user": {"displayName": "Olena Koval"}}, "body": {"contentType": "html", "content": f"<p>{FERRY}</p>"}},
        ]
    }  # fmt: skip
    (ferry,) = map(clean, documents(read_bytes(tmp_path, "a.json", json.dumps(teams).encode())))
    assert (ferry.text, ferry.bylines, moment(ferry)) == (
        FERRY,
        ("Olena Koval",),
        "2023-03-07T05:00",
    )

    times = {"createdTimestampUsec": AT * 10**6, "userEditedTimestampUsec": LATER * 10**6}
    listed = {"title": "To ask", "listContent": [{"text": FERRY}, {"text": DIVERS}], **times}
    (note,) = map(clean, documents(read_bytes(tmp_path, "b.json", json.dumps(listed).encode())))
    assert (note.title, note.text, moment(note)) == (
        "To ask",
        f"{FERRY}\n{DIVERS}",
        "2023-03-07T05:00",
    )


def test_a_room_of_element_in_utf_16(tmp_path: Path) -> None:
    export = json.dumps(
        {"room_name": "Гавань", "messages": [matrix("@o:h.example", AT, msgtype="m.text", body=FERRY)]},
        ensure_ascii=False,
    )  # fmt: skip
    (ferry,) = documents(read_bytes(tmp_path, "export.json", export.encode("utf-16")))
    assert clean(ferry).outlet == "Гавань"
