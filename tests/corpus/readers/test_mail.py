"""Letters and newsletters: headers decoded, the page before the text, a bad one costing itself."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.article import RawDocument
from corpus.cleaner import clean
from corpus.readers.formats import tell
from tests.corpus.readers.test_readers import documents, errors, read_bytes

PAGE = """<html><body><a href="https://h.example/online?id=7&amp;x=1"><span>View this email in your browser</span></a>
<h1>Ferry stays in port</h1><p>The crews who had waited since noon went home, the harbor master said on Friday.</p>
<p>Two barges with grain were turned back at the mouth of the river, and the pilots stayed ashore.</p></body></html>"""


def newsletter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Паром остаётся в порту"
    message["From"] = "Harbor Herald <news@herald.example>"
    message["To"] = "reader@h.example"
    message["Date"] = "Fri, 03 Mar 2023 10:00:00 +0200"
    message["Message-ID"] = "<7@herald.example>"
    message["List-Id"] = '"Herald Daily" <daily.herald.example>'
    message.set_content("The ferry stays.")
    message.add_alternative(PAGE, subtype="html", charset="iso-8859-1")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="list.pdf")
    return message


def letter(text: str = "The ferry stayed.", **headers: str) -> bytes:
    told = {
        "From": "=?utf-8?q?Ann_R=C3=A4y?= <ann@h.example>", "Subject": "Ferry",
        "Date": "Fri, 3 Mar 2023 10:00:00 +0200", "Message-ID": "<1@h.example>",
    } | headers  # fmt: skip
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in told.items())
    return f"{head}\n{text}\n".encode()


def test_a_newsletter_is_its_page_with_what_its_headers_say(tmp_path: Path) -> None:
    (found,) = documents(read_bytes(tmp_path, "a.eml", newsletter().as_bytes()))

    article = clean(found)
    assert article.title == "Паром остаётся в порту"
    assert "Two barges with grain" in article.text
    assert "View this email" not in article.text
    assert (article.outlet, article.bylines) == ("Herald Daily", ())
    assert article.published is not None
    assert article.published.iso.startswith("2023-03-03T10:00")
    assert found.url == "https://h.example/online?id=7&x=1"
    assert found.declared["attachments"] == "list.pdf"
    assert "Message-ID: <7@herald.example>" in json.loads(found.content)["original"]


def test_a_letter_is_its_text_and_its_sender_writes_it(tmp_path: Path) -> None:
    for name, content in (("a.eml", letter()), ("cur1", letter()), ("b.emlx", b"215\n" + letter())):
        (found,) = documents(read_bytes(tmp_path, name, content))

        assert json.loads(found.content)["text"].strip() == "The ferry stayed."
        assert (found.declared["bylines"], found.declared["title"]) == ("Ann Räy", "Ferry")
        assert found.declared["from"] == "Ann Räy <ann@h.example>"


def test_lines_are_put_together_only_where_the_sender_says_so(tmp_path: Path) -> None:
    text = "The ferry \nstayed in \nport.\n-- \nAnn"
    for kind, told in (
        ("text/plain; format=flowed", "The ferry stayed in port.\n-- \nAnn"),
        ("text/plain", text),
    ):
        content = letter(text, MIME_Version="1.0", Content_Type=kind)
        (found,) = documents(read_bytes(tmp_path, "a.eml", content))
        assert json.loads(found.content)["text"].strip() == told


def test_a_letter_without_its_date_has_that_of_its_arrival(tmp_path: Path) -> None:
    content = letter(Date="", Received="from a by b; Sat, 4 Mar 2023 09:00:00 +0000")

    (found,) = documents(read_bytes(tmp_path, "a.eml", content))

    assert found.declared["date"] == "2023-03-04T09:00:00+00:00"


def test_a_mailbox_gives_each_letter_and_a_bad_one_costs_itself(tmp_path: Path) -> None:
    start = b"From ann@h.example Fri Mar  3 10:00:00 2023\n"
    content = (
        start + letter("One.\n>From the harbor.\nFrom here on 2023, too.") + b"\n"
        + start + letter("") + b"\n"
        + start + newsletter().as_bytes() + b"\n"
    )  # fmt: skip
    items = read_bytes(tmp_path, "Inbox", content)

    first, third = documents(items)
    text = json.loads(first.content)["text"]
    assert text.strip() == "One.\nFrom the harbor.\nFrom here on 2023, too."
    assert third.locator.endswith("Inbox!3")
    (empty,) = errors(items)
    assert empty.where.endswith("Inbox!2")

    cut = read_bytes(tmp_path, "cut", content[:-400])
    assert len(documents(cut)) == 2


def test_a_letter_of_too_many_bytes_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.mail.messages.MAX_DOCUMENT", 2000)
    start = b"From ann@h.example Fri Mar  3 10:00:00 2023\n"

    items = read_bytes(
        tmp_path, "box", start + letter("word " * 999) + b"\n" + start + letter("Two.")
    )

    assert [one.locator.rpartition("!")[2] for one in documents(items)] == ["2"]
    assert [error.code for error in errors(items)] == ["unsafe_input"]


def test_parts_in_parts_without_end_are_an_error(tmp_path: Path) -> None:
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(3000)
    )
    content = b"From: a@h.example\nSubject: s\nMIME-Version: 1.0\n" + parts.encode()

    items = read_bytes(tmp_path, "a.eml", content)

    assert len(items) == len(errors(items)) == 1


SINGLE = (
    b"From: <Saved by Microsoft Internet Explorer 7>\r\nSubject: Ferry\r\n"
    b"Date: Fri, 3 Mar 2023 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n"
    b'\tcharset="windows-1252"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    b"Content-Location: https://h.example/ferry\r\n\r\n<p>caf=E9</p>\r\n"
)


def test_a_page_of_one_part_is_decoded_and_keeps_address_and_date(tmp_path: Path) -> None:
    (page,) = documents(read_bytes(tmp_path, "a.mht", SINGLE))

    assert page.content.strip() == "<p>café</p>".encode("cp1252")
    assert page.media_type == "text/html; charset=windows-1252"
    assert page.url == "https://h.example/ferry"
    assert page.collected.isoformat() == "2023-03-03T08:00:00+00:00"


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (letter(), "message"),
        (
            b"MIME-Version: 1.0\nTo: a@b\nContent-Type: multipart/related; boundary=B\nSubject: x\n\n",
            "message",
        ),
        (b"From: the harbor\nSubject: ferry\n\nThe note that he left said so.", "text"),
        (b"Note: the ferry stayed.\nDate: unknown\n\nMore of it.", "text"),
        (b"From here to the harbor in 2023\nit is far: very far.", "text"),
    ],
)
def test_a_letter_is_told_from_a_text(content: bytes, format_: str) -> None:
    assert tell(content) == format_


def test_a_letter_that_is_attached_is_one_of_its_own(tmp_path: Path) -> None:
    def around(body: str) -> bytes:
        inner = letter("The crews went home.", Subject="Crews", From="Bo <bo@h.example>").decode()
        parts = f"--B\nContent-Type: text/plain\n\n{body}\n--B\nContent-Type: message/rfc822\n\n{inner}\n--B--\n"
        return letter(parts, MIME_Version="1.0", Content_Type="multipart/mixed; boundary=B")

    items = read_bytes(tmp_path, "a.eml", around("See the letter below."))
    assert errors(items) == []
    outer, inner = documents(items)
    assert json.loads(outer.content)["text"].strip() == "See the letter below."
    assert json.loads(inner.content)["text"].strip() == "The crews went home."
    assert (inner.declared["bylines"], inner.locator[-2:]) == ("Bo", "!1")

    (only,) = read_bytes(tmp_path, "b.eml", around(""))
    assert isinstance(only, RawDocument)
    assert only.declared["title"] == "Crews"


def test_lines_that_were_cut_within_words_are_put_together(tmp_path: Path) -> None:
    kind = "text/plain; format=flowed; delsp=yes"
    content = letter("The fer \nry stayed  \nin port.", MIME_Version="1.0", Content_Type=kind)
    (found,) = documents(read_bytes(tmp_path, "a.eml", content))
    assert json.loads(found.content)["text"].strip() == "The ferry stayed in port."


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "koi8-r"])
def test_headers_in_plain_letters_are_read_as_the_body_is(encoding: str, tmp_path: Path) -> None:
    text = "Паром остался в порту, а команда ушла домой до утра, сообщил начальник порта. " * 3
    told = letter(text, Subject="Паром остался", From="Анна <ann@h.example>").decode()
    (found,) = documents(read_bytes(tmp_path, "a.eml", told.encode(encoding)))
    assert (found.declared["title"], found.declared["bylines"]) == ("Паром остался", "Анна")


HEAD = (
    b"From: Ann Ray <ann@h.example>\nTo: bo@h.example\nSubject: Ferry sinks\nMIME-Version: 1.0\n"
    b"Date: Mon, 06 Mar 2023 10:00:00 +0200\nMessage-ID: <1@h.example>\n"
)
FERRY = "The ferry at Orlanka sank on Monday night after a mine drifted into the harbor."
SCHOOLS = "Teachers of the river towns went back to their schools on Friday."


def parts(*several: tuple[str, str], kind: str = "mixed") -> bytes:
    """A letter of several parts, each with its type and content."""
    written = "".join(f"--B\nContent-Type: {type_}\n\n{content}\n" for type_, content in several)
    head = f"Content-Type: multipart/{kind}; boundary=B\n\n"
    return HEAD + head.encode() + written.encode() + b"--B--\n"


PLAIN, WEB, PICTURE = "text/plain; charset=utf-8", "text/html; charset=utf-8", ("image/png", "x")


def text_in(content: bytes, folder: Path) -> str:
    (document,) = documents(read_bytes(folder, "a.eml", content))
    return clean(document).text


@pytest.mark.parametrize(
    "letter",
    [
        parts((PLAIN, FERRY), PICTURE, (PLAIN, SCHOOLS)),
        parts((PLAIN, FERRY), PICTURE, (PLAIN, SCHOOLS), (PLAIN, f"{'_' * 40}\nWar-list")),
        parts(
            (WEB, f"<html><body><p>{FERRY}</p></body></html>"),
            PICTURE,
            (WEB, f"<html><body class='m'><p>{SCHOOLS}</p></body></html>"),
        ),
        parts((PLAIN, f"{FERRY}\n\n{SCHOOLS}"), (WEB, "<html><body>&nbsp;<br></body></html>"), kind="alternative"),
        parts(
            (PLAIN, f"{FERRY}\n\n{SCHOOLS}"),
            (WEB, "<html><head><title>Ferry</title></head><body><img alt='' src='https://h.example/a.png'></body></html>"),
            kind="alternative",
        ),
    ],
    ids=["parted by a picture", "a list's footer", "pages", "an empty page", "a page of pictures"],
)  # fmt: skip
def test_all_that_a_letter_says_is_read_once(letter: bytes, tmp_path: Path) -> None:
    assert text_in(letter, tmp_path) == f"{FERRY}\n\n{SCHOOLS}"


SIGNED = (
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n"
    "=abcd\n-----END PGP SIGNATURE-----\n"
)
PACKED = "{}\n\nbegin 644 a.jpg\nM" + "7$%&" * 15 + "\nM" + "A!*;" * 15 + "\n#AB!C\n`\nend\n"


@pytest.mark.parametrize("around", [SIGNED, PACKED], ids=["signed", "a file in letters"])
def test_what_programs_write_around_a_text_is_none_of_it(around: str, tmp_path: Path) -> None:
    text = f"{FERRY}\n\n{SCHOOLS}"
    letter = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + around.format(text).encode()
    assert text_in(letter, tmp_path) == text


def test_a_locked_letter_is_none(tmp_path: Path) -> None:
    locked = b"\n-----BEGIN PGP MESSAGE-----\n\nhQEMA123\n=ab\n-----END PGP MESSAGE-----\n"
    (error,) = errors(read_bytes(tmp_path, "a.eml", HEAD + locked))
    assert "locked with PGP" in error.what
    assert error.where.endswith("a.eml")


def test_letters_of_seven_bits_are_read(tmp_path: Path) -> None:
    letter = (
        HEAD + b"Content-Type: text/plain; charset=utf-7\n\n" + "Паром затонул.".encode("utf-7")
    )
    assert text_in(letter, tmp_path) == "Паром затонул."
