"""Results: what came of each attempt, kept as lines, and the table of them."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.attack.kinds import Kind


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt.

    Attributes:
        outcome: `held`, `broke`, or `none` where nothing could be attacked.
        tried: what was done. why: what broke.
    """

    kind: str
    number: int
    outcome: str
    tried: str
    why: str
    seconds: float


class Results:
    """Those of one file, which goes on where it was cut off.

    Args:
        seed: of the run; None takes that of the file, or a new one. Another one begins anew.
    """

    def __init__(self, path: Path, seed: int | None) -> None:
        self._path = path
        first, kept = self._read()
        if first is None or (seed is not None and seed != first):
            first, kept = secrets.randbelow(1 << 32) if seed is None else seed, []
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"seed": first}) + "\n", encoding="utf-8")
        self.seed = first
        self._kept = {(one.kind, one.number): one for one in kept}

    def _read(self) -> tuple[int | None, list[Result]]:
        if not self._path.exists():
            return None, []
        whole = self._path.read_text(encoding="utf-8").rpartition("\n")[0].split("\n")
        self._path.write_text("\n".join([*whole, ""]), encoding="utf-8")  # without half a line
        return int(json.loads(whole[0])["seed"]), [Result(**json.loads(one)) for one in whole[1:]]

    def add(self, result: Result) -> None:
        self._kept[result.kind, result.number] = result
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result)) + "\n")

    def has(self, kind: str, number: int) -> bool:
        return (kind, number) in self._kept

    def of(self, kind: str) -> list[Result]:
        return [one for one in self._kept.values() if one.kind == kind]

    def broken(self, kinds: Collection[str]) -> list[Result]:
        return [one for one in self._kept.values() if one.kind in kinds and one.outcome == "broke"]


def table(kinds: Iterable[Kind], results: Results) -> str:
    """A table of Markdown: attempts, held, broke, of each kind and of all."""
    lines = ["| attack | attempts | held | broke | seconds |", "|---|---|---|---|---|"]
    total: Counter[str] = Counter()
    for kind in kinds:
        made = [one for one in results.of(kind.name) if one.outcome != "none"]
        counts = Counter(one.outcome for one in made)
        seconds = sum(one.seconds for one in made)
        total.update(counts, attempts=len(made))
        lines.append(
            f"| {kind.does} | {len(made):,} | {counts['held']:,} | {counts['broke']:,}"
            f" | {seconds:,.0f} |"
        )
    lines.append(f"| all | {total['attempts']:,} | {total['held']:,} | {total['broke']:,} | |")
    return "\n".join(lines)
