"""How is the application served? By gunicorn: threads in workers that share the index's pages."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


def default_workers() -> int:
    """One a core, at most four: each has its own caches."""
    return max(1, min(4, os.cpu_count() or 1))


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves one application until it is told to stop.

    The application is made before the workers are forked, so that what it holds in memory is held
    once. There is no access log: an address holds its query.
    """

    def __init__(self, app: Flask, *, host: str, port: int, workers: int, threads: int) -> None:
        self._app = app
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "limit_request_line": 8190,  # the most that gunicorn takes
            "preload_app": True,
            "accesslog": None,
            "loglevel": "warning",
            "graceful_timeout": 10,
            "timeout": 60,
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108 - a heartbeat file must not wait for a disk
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app
