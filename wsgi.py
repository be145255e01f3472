"""Application for any WSGI server: `granian wsgi:app --interface wsgi`, of `$DISPATCHES_HOME`."""

from __future__ import annotations

from webui.access.guard import Guard
from webui.app import create_app
from webui.collection import open_collection
from webui.deciding import deciding
from webui.server.hosts import Hosts
from webui.settings import Settings

settings = Settings.from_environment()
app = create_app(
    open_collection(settings.home),
    per_minute=settings.per_minute,
    proxies=settings.proxies,
    proxy_addresses=settings.proxy_addresses,
    served_as=Hosts(settings.host_names, origins=settings.allow_origins),
    deciding=deciding(settings.home, settings.operator_token),
    people=Guard(
        settings.home,
        required=settings.people,
        header=settings.person_header,
        log_days=settings.log_openings,
    ),
)
