"""Site: how do the pages in this repository become one that can be read, and searched, offline?

Read by Sphinx (`make docs`). Pages stay Markdown as everybody reads them; what the site adds is
order (`index.rst`), and a search that needs no server: its index is a script.
"""

import tomllib
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "Dispatches"
version = release = _PROJECT["version"]
root_doc = "docs/index"
include_patterns = ["docs/**", "*.md", "corpus/demo/README.md"]
exclude_patterns = ["docs/running/**"]
extensions = ["myst_parser"]
myst_heading_anchors = 3
suppress_warnings = [
    "myst.xref_missing",
    "misc.highlighting_failure",
]  # folders and programs: tests/docs follows every link
html_theme = "furo"
html_title = f"Dispatches {release}"
html_copy_source = html_show_sourcelink = False
html_show_copyright = html_show_sphinx = False
