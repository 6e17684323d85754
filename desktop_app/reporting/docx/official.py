"""The red head and 落款 of a .docx, in styles that can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.reporting.content import Closing, Document, RedHead, Text
from desktop_app.reporting.docx import look
from desktop_app.reporting.docx.xml import add_runs, element
from desktop_app.reporting.pdf.geometry import LEADING, MM, RED

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_LARGEST = 42.0
_EIGHTHS = 8
"""Of a point: widths of rules in Word."""


def add_head(word: Word, head: RedHead, width: float) -> None:
    """发文机关标志, 发文字号 with the red rule below it, two empty lines; ``width`` of the text in points."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    name = word.add_paragraph(style=look.RED_HEAD.name)
    name.paragraph_format.space_before = Pt(35 * MM)
    run = name.add_run(head.organ)
    run.font.color.rgb = RGBColor.from_string(RED.removeprefix("#"))
    run.font.size = Pt(max(min(_LARGEST, width / max(len(head.organ), 1)), look.BODY_SIZE))
    number = _line(word, look.NUMBER, head.number)
    number.paragraph_format.space_before = Pt(2 * LEADING)
    number.paragraph_format.space_after = Pt(2 * LEADING)
    edges = element("pBdr")
    element("bottom", edges, val="single", sz=round(1.5 * _EIGHTHS), space=round(4 * MM), color=RED.removeprefix("#"))
    properties = number._p.get_or_add_pPr()  # noqa: SLF001  python-docx has no door for rules
    follows = [child for child in properties if child.tag in {qn("w:spacing"), qn("w:ind"), qn("w:jc")}]
    if follows:
        follows[0].addprevious(edges)
    else:
        properties.append(edges)


def add_closing(word: Word, closing: Closing, document: Document) -> None:
    """Issuer centred over the day, the day four characters in."""
    from docx.shared import Pt

    made = document.made_on
    day = f"{made.year}年{made.month}月{made.day}日"
    inward = 4 * look.BODY_SIZE
    over = inward + (_width(day) - _width(closing.issuer)) / 2
    for number, (words, indent) in enumerate(((closing.issuer, max(over, 0.0)), (day, inward))):
        line = _line(word, look.CLOSING, words)
        line.paragraph_format.right_indent = Pt(indent)
        line.paragraph_format.keep_with_next = number == 0
        if number == 0:
            line.paragraph_format.space_before = Pt(2 * LEADING)


def _line(word: Word, style: look.Look, words: str) -> Paragraph:
    line = word.add_paragraph(style=style.name)
    add_runs(line._p, (Text(words),))  # noqa: SLF001  runs go in as XML, like all others
    return line


def _width(words: str) -> float:
    """Points in body type: Latin signs take half a character."""
    return sum(look.BODY_SIZE if ord(sign) > 0x2E7F else look.BODY_SIZE / 2 for sign in words)
