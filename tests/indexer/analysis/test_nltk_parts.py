"""Parts of NLTK are loaded for themselves: the same stemmers, and nothing of the rest."""

import subprocess
import sys

import pytest

_SCRIPT = """
import sys
{before}
from indexer.analysis import analyzer
from indexer.analysis.nltk_parts import ArabicStemmer, EnglishStemmer, RussianStemmer
loaded = [name for name in sys.modules if name.partition(".")[0] == "nltk"]
assert bool(loaded) == {is_whole}, loaded
import nltk
import nltk.stem.snowball as whole
for ours, theirs, words in (
    (ArabicStemmer, whole.ArabicStemmer, "المدينة القوات والجنود يقاتلون"),
    (EnglishStemmer, whole.EnglishStemmer, "shelling cities wounded generously skies"),
    (RussianStemmer, whole.RussianStemmer, "обстрелы города раненых наступали"),
):
    for word in words.split():
        assert ours().stem(word) == theirs().stem(word), word
assert nltk.corpus.stopwords is not None and nltk.translate
print(analyzer().stems(["shelling"]))
"""


@pytest.mark.parametrize("before", ["", "import nltk"])
def test_stems_are_those_of_nltk_and_nltk_stays_whole(before: str) -> None:
    script = _SCRIPT.format(before=before, is_whole=bool(before))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "['shell']\n"
