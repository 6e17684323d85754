"""Signatures keep the end of what they sign on their page, as in the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.reporting.pdf.table import LEAST_ROWS

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

_MOST_LINES = 8
"""So many paragraphs of small print at most go along with the signatures under them."""


def hold_to_what_is_signed(word: Word, small_print: str) -> None:
    """The signatures just added stay with the small print over them and the last rows or paragraph over that.

    :param small_print: id of the style of notes.
    """
    from docx.oxml.ns import qn

    # Behind the fields to sign come the day and the section's properties.
    fields = word.element.body[-2].getprevious()
    _keep_rows(fields)
    above: BaseOxmlElement | None = fields.getprevious()
    for _ in range(_MOST_LINES):
        if above is None or above.tag != qn("w:p"):
            break
        _keep(above)
        if above.style != small_print:
            return
        above = above.getprevious()
    if above is not None and above.tag == qn("w:tbl"):
        _keep_rows(above)


def _keep_rows(table: BaseOxmlElement) -> None:
    from docx.oxml.ns import qn

    for row in table.findall(qn("w:tr"))[-LEAST_ROWS:]:
        for line in row.iter(qn("w:p")):
            _keep(line)


def _keep(line: BaseOxmlElement) -> None:
    line.get_or_add_pPr().get_or_add_keepNext()
