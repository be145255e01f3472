"""For a production server: `gunicorn wsgi:app`. The collection is `$DISPATCHES_HOME`."""

from __future__ import annotations
