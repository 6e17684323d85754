"""Small pieces of WordprocessingML for what must be fast or has no door in python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop_app.reporting.content import Run
from desktop_app.reporting.pdf.fonts import clean

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, parent: BaseOxmlElement | None = None, **attributes: str | int) -> BaseOxmlElement:
    """``w:tag`` with ``w:`` attributes, below ``parent`` if there is one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    if parent is not None:
        parent.append(made)
    return made


def words(text: str) -> str:
    """Text as a file may hold it: nothing that XML forbids, line ends and tabs as blanks."""
    return _NOT_XML.sub("", clean(text))


def add_runs(paragraph: BaseOxmlElement, runs: Iterable[Run], *, bold: bool = False, size: float | None = None) -> None:
    """Put runs behind each other; each typed run stays a run of its own."""
    from docx.oxml.ns import qn

    for run in runs:
        made = element("r", paragraph)
        heavy = bold or getattr(run, "bold", False)
        if heavy or size is not None:
            looks = element("rPr", made)
            if heavy:
                element("b", looks)
                element("bCs", looks)
            if size is not None:
                element("sz", looks, val=round(size * 2))
        text = element("t", made)
        text.text = words(run.text)
        text.set(qn("xml:space"), "preserve")


def paragraph(style: str, parent: BaseOxmlElement) -> BaseOxmlElement:
    """An empty paragraph of the style with this id."""
    made = element("p", parent)
    element("pStyle", element("pPr", made), val=style)
    return made
