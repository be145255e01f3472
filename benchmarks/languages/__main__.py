"""What is found in other languages: by our list, by dictionaries beside it, and with vectors below;
then by questions in other languages than English, by our list.

python -m benchmarks.languages [--dictionaries /usr/share/dictd] [--alone] [--no-meaning]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import machine
from benchmarks.languages import ALL_SETS, collect, languages_asked_in, measured, measured_from
from corpus.home import Home
from indexer.articles.meaning import encoder
from search.help.translation.translator import Translator
from search.serving.serving import opened

_RELATED = 5  # as on a page


def main() -> None:
    """All sets, without and with the dictionaries of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dictionaries", type=Path, help="a folder with files of dictd")
    parser.add_argument("--alone", action="store_true", help="no other texts among the reports")
    parser.add_argument(
        "--no-meaning", action="store_true", help="no vectors, where there could be"
    )
    given = parser.parse_args()
    meaning = bool(encoder.installed()) and not given.no_meaning
    print(machine.describe())
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        collect(home, beside=not given.alone, meaning=meaning)
        with opened(home) as index:
            print(f"{index.engine.articles:,} articles; share among the first ten (and first)")
            for name in ALL_SETS:
                for dictionaries in (None, given.dictionaries):
                    if dictionaries is None or given.dictionaries:
                        found = measured(
                            name, index, Translator(dictionaries), related=_RELATED * meaning
                        )
                        with_what = "list, dictionaries" if dictionaries else "list"
                        print(f"{name}, {with_what} ({found.milliseconds:.0f} ms):")
                        print("  ", _row(found.ten, found.first))
                        if meaning:
                            print("   with those below:", _row(found.shown, found.first))
            for source in languages_asked_in():
                found = measured_from(source, index, Translator())
                print(f"asked in {source} ({found.milliseconds:.0f} ms):")
                print("  ", _row(found.ten, found.first))


def _row(shares: Mapping[str, float], first: Mapping[str, float]) -> str:
    mean = sum(shares.values()) / len(shares)
    cells = (
        f"{language} {share:.2f} ({first[language]:.2f})" for language, share in shares.items()
    )
    return "  ".join(cells) + f"  all {mean:.3f}"


if __name__ == "__main__":
    main()
