"""Which tables has the catalogue?

::

    originals ◀── versions ──▶ articles ◀── aliases      other ids that lead to the same article
        ▲            ▲            ▲    ◀── reprints     the same text by another outlet
        └──────── sightings ──────┘
        └──────── failures          what did not become an article
    inputs                          files read to their end, so that a second run can skip them
    visits                          addresses fetched, and how to ask whether they have changed

`application_id` marks the file as ours; `user_version` is the version of this schema.
"""

from __future__ import annotations

APPLICATION_ID = 0x44535054  # "DSPT"
VERSION = 1

SCHEMA = """
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    current INTEGER NOT NULL,
    first_collected TEXT NOT NULL
);
CREATE TABLE versions (
    article_id TEXT NOT NULL REFERENCES articles,
    version INTEGER NOT NULL,
    original_sha256 TEXT NOT NULL REFERENCES originals,
    collected TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    outlet TEXT NOT NULL,
    text_key TEXT NOT NULL,
    content_key TEXT NOT NULL,
    article BLOB NOT NULL,
    UNIQUE (article_id, version)
);
CREATE INDEX versions_by_text ON versions (text_key);
CREATE INDEX versions_by_cleaner ON versions (cleaner);
CREATE TABLE sightings (
    article_id TEXT NOT NULL REFERENCES articles,
    version INTEGER NOT NULL,
    locator TEXT NOT NULL,
    url TEXT NOT NULL,
    collected TEXT NOT NULL,
    reader TEXT NOT NULL,
    media_type TEXT NOT NULL,
    headers TEXT NOT NULL,
    declared TEXT NOT NULL,
    original_sha256 TEXT NOT NULL REFERENCES originals,
    document_key TEXT NOT NULL,
    UNIQUE (article_id, locator, url, original_sha256)
);
CREATE INDEX sightings_by_document ON sightings (document_key);
CREATE INDEX sightings_by_locator ON sightings (locator);
CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles
);
CREATE TABLE reprints (
    article_id TEXT PRIMARY KEY REFERENCES articles,
    reprint_of TEXT NOT NULL REFERENCES articles
);
CREATE TABLE failures (
    locator TEXT NOT NULL,
    document_key TEXT NOT NULL,
    url TEXT,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    failed TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    original_sha256 TEXT REFERENCES originals,
    raw TEXT,
    UNIQUE (locator, document_key)
);
CREATE INDEX failures_by_document ON failures (document_key);
CREATE TABLE inputs (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    documents INTEGER NOT NULL
);
CREATE TABLE visits (
    url TEXT PRIMARY KEY,
    visited TEXT NOT NULL,
    outcome TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    listing_sha256 TEXT REFERENCES originals
);
"""
