"""No command but `collect` opens a connection that leaves this machine, as strace sees it."""

from __future__ import annotations

import ipaddress
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.home import Home
from tests.faults.attack.operations import pages
from webui.cli import COMMANDS
from webui.server.processes import check_free

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace here"),
]
ASKED = re.compile(
    r"(?:connect|sendto|sendmsg)\(.*?sa_family=AF_INET6?.*?inet_(?:addr|pton)\((?:AF_INET6, )?"
    r'"([^"]+)"'
)
LINES = """
add {pile} --processes 2
rebuild --processes 2
update
add {more} --publish
reclean
status
verify
doctor
manual {manual}
batch {table}
upgrade
failures
formats
warm
search shelter
search Kherson --json
languages shelter
export shelter --format jsonl
show {article}
history {article}
diff {article} --from 1 --to 1
tag {pile}/page000.html
clean {pile}/page000.html
entities list
entities suggest
entities log
dossier create Harbor
dossier add Harbor {article}
dossier list
dossier show Harbor
watch keep first shelter
watch news
watch rename first second
watch list
keys make
evidence make Harbor --output {package}
evidence verify {package}
backup {kept} --with-index
restore {kept} --home {served}
people add Olga --role operator
people list
tokens make Olga
tokens list
restrict {article} --to decider
unrestrict {article}
move --help
openings --help
demo --help
mcp --help
collect --help
"""
"""Every command; those that serve are asked below."""

_SCRIPT = """
import os, shlex, sys, threading, urllib.request, signal, subprocess
from click.testing import CliRunner
from webui.cli import main
from pathlib import Path
from corpus.store import Catalogue
home, port, names = sys.argv[1], int(sys.argv[2]), dict(one.split("=", 1) for one in sys.argv[3:])
os.environ["DISPATCHES_HOME"] = home
codes = []
for line in sys.stdin.read().splitlines():
    if "{article}" in line and "article" not in names:
        with Catalogue.open(Path(home) / "catalogue.sqlite", readonly=True) as found:
            names["article"] = next(found.articles()).article.article_id
    words = shlex.split(line.format(**names))
    result = CliRunner().invoke(main, words, input="correct horse battery\\n" * 2)
    codes.append(f"{result.exit_code} {line}")
    if result.exit_code not in (0, 1, 3):
        print("FAILED", line, result.output[-500:], repr(result.exception), file=sys.stderr)
serve = [sys.executable, "-c", "from webui.cli import main; main()", "serve", "--port", str(port)]
more = ["--workers", "1", "--home", names["served"]]
server = subprocess.Popen([*serve, *more], stdout=subprocess.PIPE)
server.stdout.readline()
for address in ("/search?q=shelter", "/api/v1/search?q=shelter", "/map?q=a", "/feed.atom?q=a"):
    urllib.request.urlopen(f"http://127.0.0.1:{port}{address}").read()
server.terminate()
server.wait()
print("\\n".join(codes))
"""


def connections(log: Path) -> set[str]:
    """The addresses that anything was sent to, but those of this machine."""
    found = ASKED.findall(log.read_text(errors="replace"))
    return {one for one in found if not ipaddress.ip_address(one).is_loopback}


def traced(log: Path, *command: str, text: str = "") -> subprocess.CompletedProcess[str]:
    strace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(log)]
    return subprocess.run(
        [*strace, *command], input=text, capture_output=True, text=True, check=False
    )


def test_collect_is_seen_to_leave_this_machine(tmp_path: Path) -> None:
    """So that the other test would see it, too."""
    script = (
        "from corpus.collecting import transfer, Limits, Fetcher\n"
        "fetcher = Fetcher(delay=0, allow_private=True, limits=Limits(connect=0.2, tries=1))\n"
        "try:\n    fetcher.fetch('http://192.0.2.1/page')\n"
        "except Exception as error:\n    print(error)\n"
    )
    traced(tmp_path / "log", sys.executable, "-c", script)
    assert connections(tmp_path / "log") == {"192.0.2.1"}


def test_no_other_command_does(tmp_path: Path) -> None:
    named = {line.split()[0] for line in LINES.split("\n") if line}
    assert named | {"serve"} == {*COMMANDS}, "every command is tried"
    served = Home(tmp_path / "served")
    names = {
        "pile": pages(tmp_path / "pile", range(4)),
        "more": pages(tmp_path / "more", range(4, 6)),
        "package": tmp_path / "package.zip",
        "kept": tmp_path / "kept",
        "manual": tmp_path / "share",
        "table": tmp_path / "questions.csv",
        "served": served.path,
    }
    (tmp_path / "questions.csv").write_text("question\nshelter\n")
    made = traced(
        tmp_path / "log",
        sys.executable,
        "-c",
        _SCRIPT,
        str(tmp_path / "home"),
        str(check_free("127.0.0.1", 0)),
        *(f"{name}={value}" for name, value in names.items()),
        text=LINES.strip(),
    )
    assert made.returncode == 0, made.stderr
    assert "FAILED" not in made.stderr, made.stderr
    assert made.stdout.count("\n") >= len(COMMANDS)
    assert connections(tmp_path / "log") == set()
