"""For a production server: `gunicorn wsgi:app`. The collection is `$DISPATCHES_HOME`."""

from __future__ import annotations

from webui.app import create_app
from webui.collection import open_collection
from webui.settings import Settings

app = create_app(open_collection(Settings.from_environment().home))
