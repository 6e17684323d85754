"""The bureau's own indicators (自设指标) and green programmes: a TOML file beside the ledger, or text in its database.

The file holds ``[[indicator]]`` and ``[[programme]]`` entries of the same form as the shipped ones and is laid over the
shipped catalogue. An entry that cannot be used is left out and told; everything else, the shipped catalogue first of
all, works on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop_app.catalogue import checks
from desktop_app.catalogue.indicators import read_indicator
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import Catalogue, Indicator, Programme
from desktop_app.catalogue.programmes import read_programme
from desktop_app.catalogue.reading import EDIT_HINT, Entry, parse_toml
from desktop_app.catalogue.units import UnitIndex
from desktop_app.errors import CatalogueError

HINT = "用记事本打开该文件改正；改好以前，出错的自设指标不参加计算，其他指标不受影响"
INDICATOR, PROGRAMME = "indicator", "programme"
HEADER = re.compile(rf"^\s*\[\[\s*({INDICATOR}|{PROGRAMME})\s*\]\]\s*(?:#.*)?$")
GROUP = re.compile(r"[^/\s][^/]*/[^/]*[^/\s]")

Stamp = tuple[int, int, int]
"""Time of change, size and place on the disk of a file; together they change with every replacement."""


@dataclass(frozen=True)
class OwnReading:
    """The catalogue with the own file on top, and what could not be used of it.

    ``entries``: every own indicator that could be read, in the file's order; ``programmes``: every own programme.
    """

    catalogue: Catalogue
    entries: Mapping[str, Indicator]
    faults: tuple[CatalogueError, ...] = ()
    programmes: Mapping[str, Programme] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnText:
    """The own entries as they are written, and what the place is called where they stand."""

    name: str
    content: bytes

    def lines(self) -> list[str]:
        """The lines as text; what is no UTF-8 is replaced."""
        return self.content.decode("utf-8-sig", "replace").splitlines()


def stamp_of(path: Path | None) -> Stamp | None:
    """What tells that the file has changed; None when there is none."""
    if path is None:
        return None
    try:
        found = path.stat()
    except (OSError, UnicodeError):
        # A system without Chinese file names cannot have made one either.
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def load_own(path: Path | None) -> OwnReading:
    """The shipped catalogue with the file on top, read anew only when it has changed; never fails for it."""
    found = stamp_of(path)
    return OwnReading(load_catalogue(), {}) if path is None or found is None else _cached(path, found)


@lru_cache(maxsize=8)
def _cached(path: Path, _stamp: Stamp) -> OwnReading:
    try:
        content = path.read_bytes()
    except OSError:
        unread = CatalogueError("文件读不出来", hint="检查文件是否还在、能否打开", where=path.name)
        return OwnReading(load_catalogue(), {}, (unread,))
    return read_own(load_catalogue(), OwnText(path.name, content))


@lru_cache(maxsize=8)
def own_of_text(text: OwnText) -> OwnReading:
    """The shipped catalogue with entries on top that are kept elsewhere than in a file; never fails for them."""
    return read_own(load_catalogue(), text)


def read_own(shipped: Catalogue, own: OwnText) -> OwnReading:
    """Read the entries, uncached."""
    try:
        tables = parse_toml(own.content, own.name)
    except CatalogueError as error:
        return OwnReading(shipped, {}, (_told(error),))
    faults: list[CatalogueError] = []
    strange = [key for key in tables if key not in {INDICATOR, PROGRAMME}]
    if strange:
        words = f"自设指标文件里只能写 [[indicator]] 和 [[programme]]，不认识 {'、'.join(strange)}"
        faults.append(CatalogueError(words, hint=HINT, where=own.name))
    listed = _listed(tables, INDICATOR, own, faults)
    lines = entry_lines(own)
    places: dict[str, Entry] = {}
    pool: dict[str, Indicator] = {}
    for number, table in enumerate(listed):
        line = lines[number] if number < len(lines) else 0
        try:
            _read_entry(shipped, table, f"{own.name} 第{line}行", places, pool)
        except CatalogueError as error:
            faults.append(_told(error, own, line))
    laid = _laid_over(shipped, pool, places, faults, own)
    return _with_programmes(laid, _listed(tables, PROGRAMME, own, faults), faults[len(laid.faults) :], own)


def _listed(tables: Mapping[str, Any], kind: str, own: OwnText, faults: list[CatalogueError]) -> list[object]:
    listed = tables.get(kind, [])
    if not isinstance(listed, list):
        faults.append(CatalogueError(f"{kind} 应写成 [[{kind}]]", hint=HINT, where=own.name))
        return []
    return listed


def entry_lines(own: OwnText, kind: str = INDICATOR) -> list[int]:
    """Line numbers, from 1, of the heads of the entries of one kind."""
    return [n for n, line in enumerate(own.lines(), start=1) if (head := HEADER.match(line)) and head[1] == kind]


def _with_programmes(
    laid: OwnReading, listed: Sequence[object], more: Sequence[CatalogueError], own: OwnText
) -> OwnReading:
    """The reading with the own green programmes; one that does not fit is left out and told."""
    faults = [*laid.faults, *more]
    known = laid.catalogue
    lines = entry_lines(own, PROGRAMME)
    found: dict[str, Programme] = {}
    for number, table in enumerate(listed):
        line = lines[number] if number < len(lines) else 0
        try:
            name = Entry(table, f"{own.name} 第{line}行").text("code")
            entry = Entry(table, f"{own.name} 第{line}行 · 方案 {name}")
            if name in known.programmes or name in found:
                raise entry.error(f"code（代码）{name} 已经有了，请换一个代码")
            found[name] = read_programme(entry, known.indicators, known.units)
        except CatalogueError as error:
            faults.append(_told(error))
    programmes = {**known.programmes, **found}
    catalogue = replace(known, programmes=programmes, own_programmes=frozenset(found)) if found else known
    return OwnReading(catalogue, laid.entries, tuple(faults), found)


def _read_entry(
    shipped: Catalogue, table: object, place: str, places: dict[str, Entry], pool: dict[str, Indicator]
) -> None:
    name = Entry(table, place).text("code")
    entry = Entry(table, f"{place} · 指标 {name}")
    if name in shipped.indicators:
        raise entry.error(f"code（代码）{name} 是程序自带的指标“{shipped.indicators[name].name}”，请换一个代码")
    if name in pool:
        raise entry.error(f"code（代码）{name} 写了两次，后一个没有用")
    indicator = read_indicator(entry, shipped.units)
    if GROUP.fullmatch(indicator.group) is None:
        raise entry.error(f"group（分组）“{indicator.group}”应写成“上级/下级”，例如 本局自设/自设指标")
    places[name], pool[name] = entry, indicator


def _laid_over(
    shipped: Catalogue, pool: dict[str, Indicator], places: dict[str, Entry], faults: list[CatalogueError], own: OwnText
) -> OwnReading:
    """Leave out, one after another, the entries that do not fit the rest, until what is left fits."""
    everywhere = {code: Entry({}, "随程序提供的目录") for code in shipped.indicators} | places
    codes = {entry.where: code for code, entry in places.items()}
    while pool:
        try:
            return OwnReading(lay_over(shipped, pool, everywhere), pool, tuple(faults))
        except CatalogueError as error:
            line = re.search(r"第(\d+)行", error.where)
            faults.append(_told(error, own, int(line[1]) if line else 0))
            del pool[codes[error.where]]
    return OwnReading(shipped, {}, tuple(faults))


def lay_over(shipped: Catalogue, own: Mapping[str, Indicator], places: Mapping[str, Entry]) -> Catalogue:
    """The shipped catalogue with own indicators.

    :raises CatalogueError: one of them does not fit: an unknown input, a circle, a word of another indicator.
    """
    indicators = {**shipped.indicators, **own}
    checks.check_formulas(indicators, places)
    linked = checks.link_parts(indicators, places)
    words = dict(shipped.words)
    units = UnitIndex(shipped.units)
    for code, indicator in own.items():
        if not indicator.retired:
            checks.add_words(words, indicator, places[code], units)
    groups = (*shipped.groups, *dict.fromkeys(i.group for i in own.values() if i.group not in shipped.groups))
    rank = {path: place for place, path in enumerate(groups)}
    ordered = dict(sorted(linked.items(), key=lambda item: rank[item[1].group]))
    return replace(shipped, indicators=ordered, groups=groups, words=words, own=frozenset(own))


def _told(error: CatalogueError, own: OwnText | None = None, line: int = 0) -> CatalogueError:
    """The error with our hint, and with the line of the field it is about where that can be found."""
    where = error.where
    key = re.match(r"(?:缺少 |不认识的键 )?([a-z_]+)", error.message)
    if own is not None and line and key is not None and not error.message.startswith("缺少"):
        exact = _line_of(own, line, key[1])
        where = where.replace(f"第{line}行", f"第{exact}行", 1)
    return CatalogueError(error.message, hint=HINT if error.hint == EDIT_HINT else error.hint, where=where)


def _line_of(own: OwnText, head: int, key: str) -> int:
    """The line below an entry's head on which a key is written; the head's when there is none."""
    for number, line in enumerate(own.lines()[head:], start=head + 1):
        if HEADER.match(line):
            break
        if re.match(rf"\s*{key}\s*=", line):
            return number
    return head
