"""One line → cells: the reading that breaks the rules of quoting least (RFC 4180, 2.5–2.7), by dynamic programming."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush

from desktop_app.importing.readers.dialect import Dialect

OTHER_WIDTH = 2.0
"""What a record of an unusual number of cells costs."""
_LONE_QUOTE = 1.1
_UNQUOTED_OPENING = 2.0
_QUOTE_INSIDE = 0.3
_QUOTE_WITHIN = 0.1
MAX_CLOSERS = 12
_MAX_STATES = 60_000


@dataclass(frozen=True)
class Split:
    """Cells of a line and how far they break the rules."""

    cost: float
    cells: list[str]


@dataclass(frozen=True)
class _Step:
    cost: float
    back: tuple[int, int] | None
    """Layer and place of the cell before."""
    cell: str


def split_line(line: str, dialect: Dialect, width: int | None) -> Split | None:
    """The cheapest reading with exactly ``width`` cells (any number when None); None when there is none.

    A quoted cell ends at a quote before a delimiter or the end. A quote inside that is not doubled costs, and so does
    a cell that opens with a quote and is read as it stands.
    """
    cuts = line.count(dialect.delimiter) + 1
    if not dialect.quote or dialect.quote not in line:
        cells = _trimmed(line.split(dialect.delimiter), dialect)
        return Split(0.0, cells) if width is None or len(cells) == width else None
    if width is not None and (width > cuts or cuts * width > _MAX_STATES):
        return None
    if cuts > _MAX_STATES:
        return None
    return _Search(line, dialect).run(width)


def _trimmed(cells: list[str], dialect: Dialect) -> list[str]:
    return [cell.removeprefix(" ") for cell in cells] if dialect.skip_space else cells


class _Search:
    def __init__(self, line: str, dialect: Dialect) -> None:
        self._line, self._dialect = line, dialect
        self._closers = self._find_closers()

    def _find_closers(self) -> list[int]:
        line, quote, delimiter = self._line, self._dialect.quote, self._dialect.delimiter
        places = []
        at = line.find(quote)
        while at >= 0:
            rest = at + 1
            if rest == len(line) or line[rest] == delimiter:
                places.append(at)
            at = line.find(quote, at + 1)
        return places

    def run(self, width: int | None) -> Split | None:
        end = len(self._line) + 1
        if width is None:
            return self._any(end)
        layers: list[dict[int, _Step]] = [{0: _Step(0.0, None, "")}]
        for layer in range(width):
            following: dict[int, _Step] = {}
            for start, step in layers[-1].items():
                if start >= end:
                    continue
                for after, cost, cell in self._cells(start):
                    total = step.cost + cost
                    if after not in following or total < following[after].cost:
                        following[after] = _Step(total, (layer, start), cell)
            layers.append(following)
        last = layers[width].get(end)
        return None if last is None else Split(last.cost, _walk(layers, last))

    def _any(self, end: int) -> Split | None:
        steps: dict[int, _Step] = {0: _Step(0.0, None, "")}
        queue = [0]
        done: set[int] = set()
        while queue:
            start = heappop(queue)
            if start in done or start >= end:
                continue
            done.add(start)
            for after, cost, cell in self._cells(start):
                total = steps[start].cost + cost
                if after not in steps or total < steps[after].cost:
                    steps[after] = _Step(total, (0, start), cell)
                    heappush(queue, after)
        last = steps.get(end)
        return None if last is None else Split(last.cost, _walk([steps], last))

    def _cells(self, start: int) -> list[tuple[int, float, str]]:
        """Possible cells from here: (where the next begins, cost, text)."""
        line, dialect = self._line, self._dialect
        begin = start
        if dialect.skip_space and line[start : start + 1] == " ":
            begin += 1
        cut = line.find(dialect.delimiter, begin)
        stop = len(line) if cut < 0 else cut
        plain = line[begin:stop]
        if not plain.startswith(dialect.quote):
            return [(stop + 1, _QUOTE_INSIDE * plain.count(dialect.quote), plain)]
        found = [(stop + 1, _UNQUOTED_OPENING, plain)]
        quote = dialect.quote
        first = bisect_right(self._closers, begin)
        for close in self._closers[first : first + MAX_CLOSERS]:
            inner = line[begin + 1 : close]
            bare = inner.replace(quote * 2, "")
            lone = bare.count(quote)
            text = inner if lone else inner.replace(quote * 2, quote)
            found.append((close + 2, self._lone_cost(bare, lone), text))
        return found

    def _lone_cost(self, inner: str, lone: int) -> float:
        """Quotes that nobody doubled: the first costs most; one beside a delimiter may well end a cell."""
        if not lone:
            return 0.0
        quote, delimiter = self._dialect.quote, self._dialect.delimiter
        edges = inner.count(quote + delimiter) + inner.count(delimiter + quote)
        return _LONE_QUOTE * (1 + edges) + _QUOTE_WITHIN * max(0, lone - 1 - edges)


def _walk(layers: list[dict[int, _Step]], last: _Step) -> list[str]:
    cells: list[str] = []
    step = last
    while step.back is not None:
        cells.append(step.cell)
        layer, place = step.back
        step = layers[layer][place]
    return cells[::-1]
