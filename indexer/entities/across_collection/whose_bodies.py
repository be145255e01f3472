"""Bodies of countries: whose Senate, whose Security Council? The one of the country that the
article is most about.

Every country has a parliament and an army, and an article that says only `the Senate` means that
of its own country. So such a name is settled article by article: it goes to the body that the
collection names in full (`U.S. Senate`) where the article names the owner, and no other country
more often. What no owner claims stays itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache

from indexer.entities import lexicon
from indexer.entities.lexicon.tables import kept
from indexer.entities.names.known import known_label
from indexer.entities.names.spelling import plain
from indexer.entities.recognition import ArticleName
from indexer.entities.types import EntityKind

# What every country, or every union of countries, has one of.
_INSTITUTIONS = frozenset(
    """
    air force|armed forces|army|border guard|cabinet|central bank|coast guard|communist party|
    congress|conservative party|constitutional court|defence ministry|defense ministry|
    democratic party|foreign ministry|general assembly|general staff|green party|health ministry|
    house|house of representatives|human rights council|interior ministry|labor party|
    labour party|libertarian party|marine corps|ministry of defence|ministry of defense|
    ministry of foreign affairs|national assembly|national guard|national security council|navy|
    parliament|republican party|security council|senate|supreme court|treasury
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_LONGEST_OWNER = 3  # words
_SHORTEST_STEM = 4  # letters that Russia and Russian must share


class WhoseBodies:
    """Which body an institution named without its owner means, article by article.

    Args:
        body: the number of a body by its plain name; -1 where no article has it.
        owned: number of a body → what `owned_bodies` says of it.
        may_join: whether people left it open that two names are one.
    """

    def __init__(
        self,
        body: Callable[[str], int],
        owned: Mapping[int, Iterable[tuple[str, str]]],
        may_join: Callable[[int, int], bool],
    ) -> None:
        self._owned: dict[int, dict[str, int]] = {}
        for number, bodies in owned.items():
            for bare, owner in bodies:
                lone = body(bare)
                if lone >= 0 and may_join(lone, number):
                    self._owned.setdefault(lone, {}).setdefault(owner, number)

    @property
    def lone(self) -> Collection[int]:
        """Numbers of the names that may mean a body of some owner."""
        return self._owned.keys()

    def meant(self, number: int, owners: Mapping[str, int]) -> int:
        """The number of the body that a name means in an article; itself, when nobody can tell.

        Args:
            owners: what `owners_named` found in the article.
        """
        owned = self._owned.get(number)
        if not owned or not owners:
            return number
        most = max(owners.values())
        chief = [owner for owner in owned if owners.get(owner, 0) == most]
        unions = [owner for owner in owned if owner in _UNIONS and owner in owners]
        fitting = unions or chief
        return owned[fitting[0]] if len(fitting) == 1 else number


def owned_bodies(key: str) -> Iterator[tuple[str, str]]:
    """What the body with this plain name may be called where its owner is clear, and the owner."""
    words = key.split()
    for count in range(1, min(len(words), _LONGEST_OWNER + 1)):
        bare = " ".join(words[count:])
        owner = _owner(" ".join(words[:count])) if bare in _INSTITUTIONS else None
        if owner:
            yield bare, owner


def owners_named(names: Iterable[ArticleName]) -> Counter[str]:
    """Countries and unions of countries that an article names, or whose people, and how often."""
    owners: Counter[str] = Counter()
    for name in names:
        if name.kind in {EntityKind.PLACE, EntityKind.ORG, EntityKind.NORP}:
            owner = _owner(plain(name.full))
            if owner:
                owners[owner] += name.count
    return owners


_UNIONS = frozenset(["United Nations", "European Union", "African Union"])


@cache
def _owner(key: str) -> str | None:
    """The country or union that a plain spelling names, or whose people it names."""
    union = known_label(EntityKind.ORG, key)
    if union in _UNIONS:
        return union
    country = known_label(EntityKind.PLACE, key, is_town=False)
    if country in _countries():
        return country
    return _country_of_people(key) if key in _peoples() else None


def _country_of_people(people: str) -> str | None:
    """Russian → Russia: the country whose name begins most like it."""
    shared = {
        country: max(_shared(people, stem) for stem in stems)
        for country, stems in _countries().items()
    }
    most = max(shared.values())
    best = [country for country, length in shared.items() if length == most]
    return best[0] if most >= _SHORTEST_STEM and len(best) == 1 else None


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


@kept
def _countries() -> dict[str, frozenset[str]]:
    """Label → plain names of one word."""
    countries: dict[str, set[str]] = {}
    for sort, place in lexicon.places():
        label = known_label(EntityKind.PLACE, plain(place.label)) if sort == "country" else None
        if label:
            countries.setdefault(label, set()).add(plain(place.label))
    for known in lexicon.known_names():
        if known.label in countries:
            countries[known.label].update(map(plain, (known.label, *known.others)))
    return {
        label: frozenset(name for name in names if " " not in name) or frozenset([""])
        for label, names in countries.items()
    }


@cache
def _peoples() -> frozenset[str]:
    return frozenset(plain(people) for people in lexicon.peoples())
