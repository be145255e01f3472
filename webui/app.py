"""Application: how is the web put together?"""

from __future__ import annotations

import logging
import shlex
from collections.abc import Iterable

from flask import Flask, Response, request
from werkzeug.exceptions import RequestURITooLarge

from search.help.doubts import doubt
from webui import errors
from webui.access import guard, openings, sign_in
from webui.access.guard import Guard
from webui.answering import FINGERPRINT, here, refuse_garbled
from webui.api import analyses as analysis_api
from webui.api import exports as export_api
from webui.api import feed, openapi
from webui.collection import Collection
from webui.deciding import Deciding
from webui.locale import choosing, languages
from webui.locale.folding import ByLanguage
from webui.locale.languages import marked
from webui.pages import batch as batch_pages
from webui.pages import cited as cited_pages
from webui.pages import comparison as compare_pages
from webui.pages import decisions as decisions_page
from webui.pages import dossiers as dossier_pages
from webui.pages import evidence as evidence_pages
from webui.pages import views as pages
from webui.pages import watch as watch_pages
from webui.pages.analyses import views as analysis_pages
from webui.server import compression, health, hosts, limits, metrics, several
from webui.server.hosts import Hosts
from webui.server.proxies import Proxies, networks
from webui.server.request_queue import RequestQueue
from webui.view import wording
from webui.view.date_ranges import DateRanges

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
_LONGEST_ADDRESS = 8190  # bytes: what web servers and proxies before us take by default
MASTHEAD = (
    ("/search", marked("Search")),
    ("/concordance", marked("Concordance")),
    ("/timeline", marked("Timeline")),
    ("/together", marked("Together")),
    ("/map", marked("Map")),
    ("/quotes", marked("Quotes")),
    ("/coverage", marked("Coverage")),
    ("/dossiers", marked("Dossiers")),
    ("/watch", marked("Watch")),
    ("/api/docs", marked("For scripts")),
)
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


def create_app(
    collection: Collection,
    *,
    per_minute: int = limits.DEFAULT_PER_MINUTE,
    proxies: int = 0,
    proxy_addresses: Iterable[str] = (),
    served_as: Hosts | None = None,
    deciding: Deciding | None = None,
    people: Guard | None = None,
) -> Flask:
    """The application, ready to serve.

    Args:
        collection: what it reads; opened request by request.
        per_minute: questions a minute that one client of another machine may ask; 0: any number.
        proxies: how many proxies stand before it, whose `X-Forwarded-*` headers are believed.
        proxy_addresses: where the nearest of them is; none: on this machine.
        served_as: the names under which it may be asked; None: those of this machine alone.
        deciding: where decisions about names and dossiers are taken down; None: not
            in the browser.
        people: who may come in once somebody has a name here; None: everybody who can ask.
    """
    app = Flask(__name__)
    app.jinja_environment = ByLanguage
    app.extensions["collection"] = collection
    app.extensions["date_ranges"] = DateRanges()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]  # of the extension
    app.jinja_env.globals |= {
        "_": languages.markup,
        "decimal": languages.decimal,
        "gettext": languages.markup,
        "has_chosen": choosing.has_chosen,
        "language": languages.current,
        "languages": languages.LANGUAGES,
        "ngettext": languages.plural_markup,
        "numeral": languages.number,
        "asker": guard.asker,
        "fingerprint": FINGERPRINT,
        "form_key": guard.form_key,
        "guarded": guard.is_guarded,
        "here": here,
        "masthead": MASTHEAD,
        "only_reads": guard.only_reads,
        "wording": wording,
    }
    app.jinja_env.filters |= {
        "doubt": doubt,
        "said": languages.sentence,
        "shell": shlex.quote,
        "told": languages.told,
    }
    app.register_blueprint(openapi.blueprint)  # of all endpoints that it describes
    app.register_blueprint(export_api.blueprint)
    app.register_blueprint(analysis_api.blueprint)
    app.register_blueprint(analysis_pages.blueprint)
    app.register_blueprint(feed.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(batch_pages.blueprint)
    app.register_blueprint(compare_pages.blueprint)
    app.register_blueprint(dossier_pages.blueprint)
    app.register_blueprint(evidence_pages.blueprint)
    app.register_blueprint(watch_pages.blueprint)
    app.register_blueprint(cited_pages.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(sign_in.blueprint)
    if deciding:
        app.extensions["deciding"] = deciding
    if deciding or people:
        app.register_blueprint(decisions_page.blueprint)
    choosing.install(app)
    compression.install(app)  # the first installed is the last to see an answer
    several.install(app)
    hosts.install(app, served_as or Hosts())
    app.before_request(_refuse_long)
    app.before_request(refuse_garbled)
    errors.install(app)
    metrics.install(app)
    limits.install(app, per_minute, proxied=proxies > 0)
    app.after_request(_protect)
    if people:
        guard.install(app, people)
        openings.install(app, people)
    header = people.header if people else ""
    app.wsgi_app = RequestQueue(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's manual has it
    app.wsgi_app = Proxies(app.wsgi_app, proxies, networks(proxy_addresses), header)  # type: ignore[method-assign]  # as Flask's manual has it
    # Werkzeug's own logger would print each address, and with it each query.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return app


def _refuse_long() -> None:
    """Refuses an address that no question needs, whatever the server before us lets through.

    Raises:
        RequestURITooLarge: it has more than 8,190 bytes.
    """
    if len(request.path.encode()) + len(request.query_string) > _LONGEST_ADDRESS:
        raise RequestURITooLarge


def _protect(response: Response) -> Response:
    """Headers that every answer carries: nothing from elsewhere, nothing kept, nothing indexed."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
