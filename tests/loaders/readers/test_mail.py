"""Mails and mailboxes."""

import datetime
from email.message import EmailMessage

import pytest

from kg.model import Article
from loaders.base import Item, Metadata, Noted, Options, Part, Skipped
from loaders.readers.mail import read, read_box
from loaders.worker import read_bytes
from tests.loaders.readers.scene import read_file

TEXT = "Norway and Iceland signed a fisheries agreement in Oslo on Monday, the “ministries” said in a statement.\n" * 3
DAY = datetime.date(2024, 5, 7)


def mail(plain: str | None = TEXT, html: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    headers = {"From": "Example Courier <news@c.example>", "Subject": "Pact signed"} | headers
    for name, value in ({"Date": "Tue, 07 May 2024 23:30:00 -0500"} | headers).items():
        message[name.replace("_", "-")] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message


def read_mail(data: EmailMessage | bytes, options: Options | None = None) -> list[Item]:
    content = data if isinstance(data, bytes) else data.as_bytes()
    return list(read_bytes(read, content, "a.eml", options or Options()))


def test_a_mail_gives_its_text_and_its_headers() -> None:
    (article,) = read_mail(mail(Archived_At="<https://c.example/1>"))
    assert isinstance(article, Article)
    assert (article.text, article.title) == (TEXT, "Pact signed")
    assert (article.published, article.source, article.url) == (DAY, "Example Courier", "https://c.example/1")


def test_without_a_name_the_sender_is_a_host_and_the_user_wins() -> None:
    message = mail(From="news@c.example")
    (article,) = read_mail(message)
    (other,) = read_mail(message, Options(metadata=Metadata(source="Mine")))
    assert isinstance(article, Article)
    assert isinstance(other, Article)
    assert (article.source, other.source, other.published) == ("c.example", "Mine", DAY)


@pytest.mark.parametrize("plain", [None, "Your program shows no HTML."])
def test_html_goes_to_the_reader_of_html_where_plain_text_says_nothing(plain: str | None) -> None:
    (part,) = read_mail(mail(plain, "<p>Norway “signed”.</p>"))
    assert isinstance(part, Part)
    assert (part.kind, part.metadata.published) == ("fragment", DAY)
    assert part.stream.read().decode("utf-8-sig") == "<p>Norway “signed”.</p>\n"


def test_plain_text_is_taken_before_html() -> None:
    (article,) = read_mail(mail(TEXT, "<p>Norway signed.</p>"))
    assert isinstance(article, Article)


def test_what_is_attached_is_named() -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="pact.pdf")
    assert read_mail(message)[-1] == Noted("a.eml", "what is attached is not read: pact.pdf")


def test_a_charset_that_is_wrong_is_guessed_and_told() -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + ("Norway’s pact. " * 20).encode("cp1252")
    noted, article = read_mail(data)
    assert noted == Noted("a.eml", "it says that it is in utf-8, which it is not; read as cp1252, which is a guess")
    assert isinstance(article, Article)
    assert article.text.startswith("Norway’s pact.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is no mail: it has no headers"),
        (b"News.", "it is no mail: it has no headers"),
        (b"Subject: x\n\n \n", "the mail has no text"),
    ],
)
def test_what_is_no_mail_is_skipped(data: bytes, reason: str) -> None:
    assert read_mail(data) == [Skipped("a.eml", reason)]


def test_a_mailbox_gives_its_messages() -> None:
    line = b"From news@c.example Tue May  7 23:30:00 2024\n"
    items = read_file(
        read_box, line + b"Subject: 1\n\nOne.\nFrom here on.\n\n" + line + b"Subject: 2\n\nTwo.\n", "a.mbox"
    )
    parts = [item for item in items if isinstance(item, Part)]
    assert [(part.where, part.kind) for part in parts] == [("a.mbox#1", "eml"), ("a.mbox#2", "eml")]
    assert [part.stream.read() for part in parts] == [b"Subject: 1\n\nOne.\nFrom here on.\n\n", b"Subject: 2\n\nTwo.\n"]


def test_a_mailbox_without_messages_is_skipped() -> None:
    assert read_file(read_box, b"News.\n", "a.mbox") == [
        Skipped("a.mbox", "it is no mailbox: no line begins a message with From")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: x\n" * 50_000 + b"\nNews.",
        b"From: " + b"a, " * 50_000 + b"\n\nNews.",
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000)) + b"\nNews.",
        b"Subject: =?utf-8?b?" + b"A" * 100_000 + b"?=\n\nNews.",
        b"Date: Tue, 99 Xyz 99999 99:99:99 +9999\nSubject: =?no-such?q?x?=\nContent-Type: ;;;\n\nNews.",
    ],
    ids=["headers", "addresses", "nested", "subject", "nonsense"],
)
def test_a_hostile_mail_is_read_or_refused(data: bytes) -> None:
    assert all(isinstance(item, Article | Skipped | Noted) for item in read_mail(data))
