"""Parts of NLTK: an interface and three stemmers, without the rest of the library.

`import nltk` loads all of it, 140 modules with readers of corpora, translation and taggers: a tenth
of a second and 15 MB of each command that looks at words. So these modules are loaded for
themselves, in packages that load nothing, and nothing of that stays: who imports NLTK afterwards
gets the whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_PACKAGES = ("nltk", "nltk.corpus", "nltk.stem", "nltk.tokenize")


class _NoStopWords(ModuleType):
    """In place of `nltk.corpus`: the stemmers have its stop words only where they are told to
    leave these as they are, which ours are not.
    """

    stopwords = None


@contextmanager
def _empty_packages() -> Iterator[None]:
    """Has modules of NLTK load without what their packages load."""
    found = find_spec("nltk")
    if found is None or "nltk" in sys.modules:
        yield  # the whole is here already, or nothing, which the import will say
        return
    (root,) = map(Path, found.submodule_search_locations or ())
    try:
        for name in _PACKAGES:
            package = (_NoStopWords if name == "nltk.corpus" else ModuleType)(name)
            package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
            sys.modules[name] = package
        yield
    finally:
        for name in [one for one in sys.modules if one.partition(".")[0] == "nltk"]:
            del sys.modules[name]


with _empty_packages():
    from nltk.stem.snowball import ArabicStemmer, EnglishStemmer, RussianStemmer
    from nltk.tokenize.api import TokenizerI

__all__ = ["ArabicStemmer", "EnglishStemmer", "RussianStemmer", "TokenizerI"]
