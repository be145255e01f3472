"""Pages to clean, written for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from corpus.article import Article, RawDocument
from corpus.cleaner import clean

COLLECTED = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)

PARAGRAPHS = (
    (
        "Shelling hit the market district of the town on Monday morning, local officials said, and "
        "fire crews worked until dusk to clear the streets around the bus station."
    ),
    (
        "The mayor said that four buildings had lost their roofs, and that the water supply of the "
        "eastern quarter would be restored within two days if the pumps could be repaired."
    ),
    (
        "Aid workers, who had arrived with two lorries of blankets on Sunday, opened a school hall for "
        "families from the damaged houses; about sixty people spent the night there."
    ),
    (
        "A spokesperson for the regional command declined to comment on the strike, saying only that "
        "an inquiry had been opened and that its findings would be published."
    ),
)


def raw(
    content: str | bytes,
    *,
    media_type: str = "text/html",
    url: str | None = None,
    declared: Mapping[str, str] | None = None,
) -> RawDocument:
    """A collected document."""  # fmt: skip
    return RawDocument(
        content=content.encode() if isinstance(content, str) else content,
        media_type=media_type,
        locator="test",
        url=url,
        collected=COLLECTED,
        reader="test/1",
        declared=declared or {},
    )


def page(*, head: str = "", before: str = "", body: str = "", after: str = "") -> str:
    """A page whose article holds the four paragraphs, and what a test adds around and between."""
    story = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='en'><head><title>Shelling hits market | The Daily</title>{head}"
        f"</head><body>{before}<article><h1>Shelling hits market</h1>{story}</article>{after}"
        "</body></html>"
    )


def clean_page(content: str | bytes, *, url: str | None = None) -> Article:
    """The article of a page."""
    return clean(raw(content, url=url))
