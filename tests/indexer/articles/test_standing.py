"""What stands for many texts is the same for the same text, and another for each other one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.standing import _stand_for


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=20), min_size=1))
def test_texts_that_differ_are_told_apart(texts: list[str]) -> None:
    """Whatever else is asked at the same time: an update asks for other families than a rebuild."""
    told = [tuple(one) for one in _stand_for(texts).tolist()]
    assert len(set(told)) == len(set(texts))
    assert dict(zip(texts, told, strict=True)) == {
        one: tuple(_stand_for([one]).tolist()[0]) for one in texts
    }
