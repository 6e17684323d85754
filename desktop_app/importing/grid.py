"""What every reader hands over: sheets of text cells with what is known about them, and nothing decided yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Merge:
    """A merged range (合并单元格), 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class CellFlag:
    """A cell whose text must not be trusted as a value: ``code`` is stable, ``text`` what the cell showed."""

    code: str
    text: str


FORMULA_WITHOUT_VALUE = "FORMULA_WITHOUT_VALUE"
"""A formula that was saved without its result (公式没有保存结果)."""
ERROR_CELL = "ERROR_CELL"
"""``#REF!``, ``#DIV/0!`` … (单元格出错)."""


@dataclass(frozen=True)
class RawSheet:
    """One sheet as text. Row ``i`` of ``rows`` is line ``i + 1`` of the file, blanks included; may be ragged."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    flags: Mapping[tuple[int, int], CellFlag] = field(default_factory=dict)
    """(row, column), 0-based → why the cell has no usable value."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawBook:
    """A whole file as text."""

    sheets: tuple[RawSheet, ...]
    encoding: str = ""
    """Of a text file: utf-8, utf-8-sig, gb18030, utf-16, big5; empty for workbooks."""
    delimiter: str = ""
    quote: str = ""
    warnings: tuple[str, ...] = ()
