"""A block of cells as Excel and WPS put it on the clipboard: tab-separated lines, cells with breaks in quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Block = tuple[tuple[str, ...], ...]


def read_block(text: str) -> Block:
    """Clipboard text → rows of cells, ragged rows filled up with empty cells.

    A quote opens a quoted cell only at its beginning, and only where a quote closes it before a tab, a line end or
    the end of the text; any other quote is a letter (``5" 管``). CRLF, LF and CR end lines; the line end that closes
    the last line opens no further one.
    """
    rows: list[list[str]] = [[]]
    place = 0
    text = text.removesuffix("\0")
    while place <= len(text):
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            break
        if text[place] == "\t":
            place += 1
            continue
        place += 2 if text[place : place + 2] == "\r\n" else 1
        if place >= len(text):
            break
        rows.append([])
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins at ``place``, and where its separator stands."""
    if text[place : place + 1] == '"':
        found = _quoted(text, place + 1)
        if found is not None:
            return found
    end = place
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[place:end].strip(), end


def _quoted(text: str, place: int) -> tuple[str, int] | None:
    """A cell in quotes, doubled ones inside for one; None when nothing closes it."""
    letters: list[str] = []
    while place < len(text):
        if text[place] != '"':
            letters.append(text[place])
            place += 1
        elif text[place + 1 : place + 2] == '"':
            letters.append('"')
            place += 2
        else:
            place += 1
            return (" ".join("".join(letters).split()), place) if text[place : place + 1] in "\t\r\n" else None
    return None


def write_block(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells → clipboard text that :func:`read_block`, Excel and WPS read back."""
    return "\n".join("\t".join(map(_written, row)) for row in rows)


def _written(cell: str) -> str:
    if cell.startswith('"') or any(mark in cell for mark in "\t\r\n"):
        return '"' + cell.replace('"', '""') + '"'
    return cell
