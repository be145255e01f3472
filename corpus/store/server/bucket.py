"""Bucket: how are originals kept in a store that speaks S3?

The only module that imports `obstore`. Which store, and who we are, is said by the variables that
every client of S3 hears: `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`,
`AWS_SECRET_ACCESS_KEY`. An object is there whole or not at all, whenever two machines keep it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from corpus.errors import CatalogueUnavailable, InvalidParameter, StorageError
from corpus.store.server.objects import MARK, check_mark, name_of, packed, unpacked

try:
    import obstore
    from obstore.exceptions import (
        AlreadyExistsError,
        BaseError,
        PermissionDeniedError,
        UnauthenticatedError,
    )
    from obstore.store import S3Store
except ImportError as missing:
    raise InvalidParameter(
        "originals in a store need what is not installed here",
        where="--originals",
        advice="Run `pip install 'dispatches[cluster]'`",
    ) from missing

ENDPOINT = "AWS_ENDPOINT_URL"
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


class Bucket:
    """The originals of one catalogue: `corpus.store.server.database.Objects`.

    Args:
        address: `s3://BUCKET` or `s3://BUCKET/BEGINNING`.

    Raises:
        InvalidParameter: the environment lacks the keys, or names a store that would be asked
            without encryption.
    Raises (from every method):
        CatalogueUnavailable: the store does not answer, or not to us.
        StorageError: it refuses.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        # Without keys the client would ask the addresses that clouds have for machines of theirs.
        if lacking := [name for name in _KEYS if not os.environ.get(name)]:
            raise InvalidParameter(
                f"originals in a store need {' and '.join(lacking)}",
                where=address,
                advice=f"Set it in the environment, and {ENDPOINT} where the store is not Amazon's",
            )
        parts = urlsplit(address)
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={
                "timeout": timedelta(seconds=60),
                "connect_timeout": timedelta(seconds=5),
                "allow_http": _is_plain(os.environ.get(ENDPOINT, "")),
            },
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
        )

    def check(self, mark: str, *, empty: bool) -> None:
        """Has the bucket be that of the catalogue with this mark.

        Args:
            empty: nothing was taken in yet, and the bucket may be marked.

        Raises:
            CatalogueCorrupt: it is another one's, or none.
        """
        found = self._read(MARK)
        if found is None and empty:
            try:
                with suppress(AlreadyExistsError):  # another machine was first
                    obstore.put(self._store, MARK, mark.encode(), mode="create")
            except (BaseError, FileNotFoundError) as error:
                raise self._trouble(error) from error
            found = self._read(MARK)
        check_mark(found, mark, self.address)

    def keep(self, sha256: str, content: bytes) -> None:
        """Keeps the bytes, once however often they come; the store has them when it returns."""
        name = name_of(sha256)
        try:
            with suppress(FileNotFoundError):
                obstore.head(self._store, name)
                return
            obstore.put(self._store, name, packed(content))
        except (BaseError, FileNotFoundError) as error:  # of the bucket itself
            raise self._trouble(error) from error

    def content(self, sha256: str) -> bytes:
        """The bytes that were kept.

        Raises:
            ValueError: they are damaged, or not there.
        """
        kept = self._read(name_of(sha256))
        if kept is None:
            raise ValueError(f"{self.address.rstrip('/')}/{name_of(sha256)} is missing")
        return unpacked(kept)

    def _read(self, name: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: BaseError | FileNotFoundError) -> StorageError:
        said = str(error).splitlines()[0]
        if isinstance(error, FileNotFoundError):
            return StorageError(
                f"there is no such bucket: {said}",
                where=self.address,
                advice="Make it in the store, or name another with --originals",
            )
        if isinstance(error, (PermissionDeniedError, UnauthenticatedError)):
            return CatalogueUnavailable(
                "the store of the originals refuses us",
                where=f"{self.address}: {said}",
                advice=f"Check {' and '.join(_KEYS)}, and what these may do in the bucket",
            )
        return CatalogueUnavailable(
            "the store of the originals cannot be used",
            where=f"{self.address}: {said}",  # which pages do not show to readers
            advice="Check that it runs and can be reached, then run the command again: it goes on",
        )


def _is_plain(endpoint: str) -> bool:
    """Whether a store may be asked without encryption: on this machine, or where it was said so.

    Raises:
        InvalidParameter: it would be, over a network.
    """
    parts = urlsplit(endpoint)
    if parts.scheme != "http":
        return False
    if os.environ.get("AWS_ALLOW_HTTP", "").lower() != "true" and not _is_here(parts.hostname):
        raise InvalidParameter(
            "the store of the originals would be asked without encryption",
            where=ENDPOINT,
            advice="Write https://…; or set AWS_ALLOW_HTTP=true where the network is your own",
        )
    return True


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host or "").is_loopback
    return False
