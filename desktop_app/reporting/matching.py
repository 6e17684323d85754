"""Figures in words that a person has written: which are still those of the data, which have moved, which are hers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.reporting.content import FigureRun, Measure, Run, Text

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_DATE_BEHIND = re.compile(r"\s*(?:[—–\-~至到]\s*\d+\s*)?(?:年|月|日|号|时|季度|个月|、\d+月)")
_PLACE_BEFORE = ("第", "表", "图", "〔", "条", "“", "附件")
_UP = re.compile(r"(?:增长|上升|提高|加快|增加|扩大)(?:了|约)?$")
_DOWN = re.compile(r"(?:下降|减少|降低|回落|缩小|缩短|放缓)(?:了|约)?$")
_CHANGES = {
    Measure.YOY, Measure.MOM, Measure.CUMULATIVE_YOY, Measure.SHARE_CHANGE, Measure.CUMULATIVE_SHARE_CHANGE,
    Measure.YEARLY,
}  # fmt: skip
"""Printed without a sign behind 增长 or 下降."""
_SURE_DIGITS = 3
"""A number of so many digits that stands elsewhere in the report is that figure, not a chance."""


class MarkKind(StrEnum):
    """What is wrong with a figure in edited words."""

    STALE = "stale"
    """The data give another one now."""
    LOOSE = "loose"
    """Written by hand: no figure of the report."""


@dataclass(frozen=True)
class FigureMark:
    """A figure in edited words that cannot be vouched for. ``now``: what stands there today, empty when nothing does.

    ``start``, ``length``: in characters of the words; a direction (增长) before the number belongs to it.
    """

    start: int
    length: int
    kind: MarkKind
    text: str
    now: str = ""


@dataclass(frozen=True)
class Matched:
    """Edited words as runs, with the marks."""

    runs: tuple[Run, ...]
    marks: tuple[FigureMark, ...]


Then = Sequence[tuple[str, str, str, str, str, str, str]]
"""Figures when the words were written: code, measure, period, subject, text, exact value, unit."""


def match_words(
    text: str, then: Then, here: Sequence[FigureRun], everywhere: Sequence[FigureRun], plain_words: Sequence[str]
) -> Matched:
    """``here``: today's figures of the paragraph; ``everywhere``: of the report; ``plain_words``: what else it says.

    A number that stood in the computed words is held against the same figure of today, so that two figures that have
    changed places are not taken for each other.
    """
    finder = _Finder(text, then, here, everywhere, plain_words)
    runs: list[Run] = []
    marks: list[FigureMark] = []
    done = 0
    for number in _NUMBER.finditer(text):
        if number.start() < done:
            continue
        found = finder.at(number.start(), number[0])
        if isinstance(found, FigureRun):
            if done < number.start():
                runs.append(Text(text[done : number.start()]))
            runs.append(found)
            done = number.start() + len(found.text)
        elif found is not None:
            marks.append(found)
    if done < len(text):
        runs.append(Text(text[done:]))
    return Matched(tuple(runs), tuple(marks))


class _Finder:
    """Says of each number of the words what it is."""

    def __init__(
        self,
        text: str,
        then: Then,
        here: Sequence[FigureRun],
        everywhere: Sequence[FigureRun],
        plain_words: Sequence[str],
    ) -> None:
        self._text = text
        self._then = then
        self._here = here
        self._everywhere = everywhere
        self._used: set[int] = set()
        said = {cells[4] for cells in then}
        # With the sign behind it: the 3 of 3月份 is no other 3.
        self._plain = {
            words[number.start() : number.end() + 1]
            for words in plain_words
            for number in _NUMBER.finditer(words)
            if not any(words.startswith(figure, number.start()) for figure in said)
        }

    def at(self, start: int, number: str) -> FigureRun | FigureMark | None:
        """The figure that stands there, a mark, or None for a number that is no figure (dates, 第3)."""
        index = self._base_at(start, number)
        if index is not None:
            return self._against_today(start, index)
        for run in sorted(self._fitting(start, number), key=lambda r: -len(r.text)):
            if self._direction_holds(start, run):
                return run
        if self._text[start : start + len(number) + 1] in self._plain or self._is_no_figure(start, number):
            return None
        return FigureMark(start, len(number), MarkKind.LOOSE, number)

    def _base_at(self, start: int, number: str) -> int | None:
        """Which figure of then stands there; the direction before it and those not yet met go first."""
        fits = [n for n, cells in enumerate(self._then) if self._stands(cells[4], start, number)]
        if not fits:
            return None

        def rank(n: int) -> tuple[bool, bool, int]:
            falls = self._then[n][5].startswith("-")
            return not self._direction_fits(start, self._then[n][1], falls=falls), n in self._used, n

        best = min(fits, key=rank)
        self._used.add(best)
        return best

    def _against_today(self, start: int, index: int) -> FigureRun | FigureMark:
        cells = self._then[index]
        now = self._today(index)
        length = len(cells[4])
        if now is not None and now.text == cells[4] and self._direction_holds(start, now):
            return now
        lead = _lead(self._text, start) if cells[1] in _CHANGES else ""
        words = "" if now is None else (_direction(now) if lead else "") + now.text
        return FigureMark(start - len(lead), length + len(lead), MarkKind.STALE, lead + cells[4], words)

    def _today(self, index: int) -> FigureRun | None:
        """The same figure now; several counts may bear one name (应报、已报), told apart by their order."""
        key = self._then[index][:4]
        order = [n for n, cells in enumerate(self._then) if cells[:4] == key]
        for runs in (self._here, self._everywhere):
            same = [run for run in runs if _key(run) == key]
            if not same:
                continue
            if len(same) == len(order):
                return same[order.index(index)]
            equal = [run for run in same if run.text == self._then[index][4]]
            return (equal or same)[0]
        return None

    def _fitting(self, start: int, number: str) -> Iterator[FigureRun]:
        digits = len(number.replace(",", "").replace(".", "").lstrip("0"))
        for runs in (self._here, self._everywhere if digits >= _SURE_DIGITS else ()):
            yield from (run for run in runs if self._stands(run.text, start, number))

    def _stands(self, figure: str, start: int, number: str) -> bool:
        head = _NUMBER.match(figure)
        return head is not None and head[0] == number and self._text.startswith(figure, start)

    def _direction_holds(self, start: int, run: FigureRun) -> bool:
        return self._direction_fits(start, run.measure.value, falls=run.value < 0)

    def _direction_fits(self, start: int, measure: str, *, falls: bool) -> bool:
        before = self._text[:start]
        wrong = _UP if falls else _DOWN
        return measure not in _CHANGES or wrong.search(before) is None

    def _is_no_figure(self, start: int, number: str) -> bool:
        before, behind = self._text[:start], self._text[start + len(number) :]
        in_a_name = bool(re.search(r"[A-Za-z—–\-~]$", before)) and bool(_DATE_BEHIND.match(behind))
        return (
            bool(_DATE_BEHIND.match(behind))
            or in_a_name
            or before.endswith(_PLACE_BEFORE)
            or bool(re.search(r"[A-Za-z]$", before))
        )


def _key(run: FigureRun) -> tuple[str, str, str, str]:
    return run.code, run.measure.value, run.period, run.subject


def _direction(run: FigureRun) -> str:
    points = run.measure in {Measure.SHARE_CHANGE, Measure.CUMULATIVE_SHARE_CHANGE}
    return "下降" if run.value < 0 else "上升" if points else "增长"


def _lead(text: str, start: int) -> str:
    before = text[:start]
    found = _UP.search(before) or _DOWN.search(before)
    return found[0] if found is not None else ""
