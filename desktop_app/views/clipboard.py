"""Tables on the clipboard: tab-separated text, and a table that WPS and Excel paste with its columns as they are."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

Rows = Sequence[Sequence[str]]


def put_table(
    rows: Rows, *, heads: Sequence[str] = (), figures: Sequence[bool] = (), notes: Sequence[str] = ()
) -> None:
    """Put a table on the clipboard, with its notes as lines below it.

    :param figures: for each column whether it holds figures; others are pasted as text, so that codes keep their
        zeros and nothing becomes a formula.
    """
    lines = [[cell_text(cell) for cell in row] for row in ([heads] if heads else []) + list(rows)]
    below = [f"注：{cell_text(note)}" for note in notes]
    mime = QMimeData()
    mime.setText("\n".join(["\t".join(line) for line in lines] + below))
    mime.setHtml(_html(lines, figures, below, with_heads=bool(heads)))
    QGuiApplication.clipboard().setMimeData(mime)


def cell_text(text: str) -> str:
    """A cell for the clipboard: figures that Excel and WPS take as figures, no tabs or breaks inside."""
    return text.replace("\t", " ").replace("\n", " ").replace("−", "-").strip("　")


def _html(lines: Rows, figures: Sequence[bool], below: Sequence[str], *, with_heads: bool) -> str:
    body = []
    for number, line in enumerate(lines):
        head = with_heads and number == 0
        cells = "".join(
            _cell(text, head=head, figure=column < len(figures) and figures[column]) for column, text in enumerate(line)
        )
        body.append(f"<tr>{cells}</tr>")
    width = max(map(len, lines), default=1)
    body += [f'<tr><td colspan="{width}">{escape(note)}</td></tr>' for note in below]
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{"".join(body)}</table></body></html>'


def _cell(text: str, *, head: bool, figure: bool) -> str:
    if head:
        return f"<th>{escape(text)}</th>"
    if figure:
        return f'<td align="right">{escape(text)}</td>'
    return f"<td style=\"mso-number-format:'\\@'\">{escape(text)}</td>"
