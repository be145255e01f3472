"""How is the application served? By gunicorn: processes that share the index's pages."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from corpus.errors import InvalidParameter
from webui.server.worker import BalancedWorker, gone


def default_workers() -> int:
    """One a core, at most four: each has its own caches."""
    return max(1, min(4, os.cpu_count() or 1))


def check_free(host: str, port: int) -> None:
    """Whether a server could listen there; asked before an index is opened and warmed.

    Raises:
        InvalidParameter: another program listens there, or the address is none of this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise InvalidParameter(
            f"cannot listen on {address(host, port)} ({error.strerror or error})",
            where="--port",
            advice="Choose another with --port or --host, or stop what listens there",
        ) from None


def address(host: str, port: int) -> str:
    """Where a browser finds the server."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _keep_for_good() -> None:
    """Takes what is there out of garbage collection.

    Nothing of it is ever garbage, and looking through it all, once in a thousand requests, stopped
    a process for 100 ms; now 3. What is not touched is not copied between processes either.
    """
    gc.collect()
    gc.freeze()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves one application until it is told to stop.

    The application is made before the workers are forked, so that what it holds in memory is held
    once. There is no access log: an address holds its query.

    Args:
        ready: called once the server listens.
    """

    def __init__(
        self,
        app: Flask,
        *,
        host: str,
        port: int,
        workers: int,
        threads: int,
        ready: Callable[[], None],
    ) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": BalancedWorker,
            "pre_fork": lambda _arbiter, _worker: _keep_for_good(),
            "child_exit": gone,
            "keepalive": 75,  # longer than the proxies before us keep a connection, mostly a minute
            "limit_request_line": 8190,  # the most that gunicorn takes
            "preload_app": True,
            "accesslog": None,
            "loglevel": "warning",
            "graceful_timeout": 10,
            "timeout": 60,
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108 - a heartbeat file must not wait for a disk
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: ready(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app
