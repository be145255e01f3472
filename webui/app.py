"""How is the web application put together?"""

from __future__ import annotations

import logging
import shlex

from flask import Flask, Response, request

from search.languages import language_name
from webui import api, compare_pages, errors, health, pages, wording
from webui.answering import FINGERPRINT, here
from webui.collection import Collection
from webui.spans import Spans

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ROOMS = (("/search", "Search"), ("/api/docs", "For scripts"))
"""What the masthead links to."""
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(collection: Collection) -> Flask:
    """The application, ready to serve.

    Args:
        collection: what it reads; opened request by request.
    """
    app = Flask(__name__)
    app.extensions["collection"] = collection
    app.extensions["spans"] = Spans()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "fingerprint": FINGERPRINT,
        "here": here,
        "language_name": language_name,
        "rooms": ROOMS,
        "wording": wording,
    }
    app.jinja_env.filters["shell"] = shlex.quote
    app.register_blueprint(api.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(compare_pages.blueprint)
    app.register_blueprint(health.blueprint)
    errors.install(app)
    app.after_request(_protect)
    # Werkzeug's own logger would print each address, and with it each query.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return app


def _protect(response: Response) -> Response:
    """Headers that every answer carries: nothing from elsewhere, nothing kept, nothing indexed."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
