"""Front matter of a .docx: the cover, and a contents field that already holds its entries with their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.reporting.content import Contents, Cover, Document, Text
from desktop_app.reporting.docx import look
from desktop_app.reporting.docx.official import add_head
from desktop_app.reporting.docx.xml import add_runs, element, words
from desktop_app.reporting.outline import Entry

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

_ABOVE_FOOT = 240
_FIELD = " TOC \\h \\z \\u "
"""By the outline level of paragraphs: style names differ between languages of the word processor."""


def add_cover(word: Word, cover: Cover, document: Document, room: float) -> None:
    """Red head, year, title, badges, and who issues it and when, down the page; ``room`` is its width in points."""
    from docx.shared import Pt

    badges = "\u3000".join(document.badges)
    lines = (
        (look.COVER_KICKER, cover.kicker), (look.COVER_TITLE, cover.title), (look.BADGES, badges),
        (look.COVER_FOOT, document.issuer), (look.COVER_FOOT, cover.day),
    )  # fmt: skip
    shown = [(style, text) for style, text in lines if text]
    if document.head is not None:
        add_head(word, document.head, room)
    for number, (style, text) in enumerate(shown):
        line = word.add_paragraph(style=style.name)
        add_runs(line._p, (Text(text),))  # noqa: SLF001  runs go in as XML everywhere in this writer
        if style is look.COVER_FOOT and shown[number - 1][0] is not look.COVER_FOOT:
            line.paragraph_format.space_before = Pt(_ABOVE_FOOT / 3 if document.head is not None else _ABOVE_FOOT)
        elif style is look.COVER_KICKER and document.head is not None:
            line.paragraph_format.space_before = Pt(0)


def add_contents(word: Word, contents: Contents, entries: Sequence[Entry], pages: Sequence[int], room: float) -> None:
    """A TOC field on a page of its own; the word processor renews it on request, until then ours stand."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt

    head = word.add_paragraph(style=look.CONTENTS_TITLE.name)
    head.paragraph_format.page_break_before = True
    add_runs(head._p, (Text(contents.title),))  # noqa: SLF001
    shown = [(n, e, p) for n, (e, p) in enumerate(zip(entries, pages, strict=True)) if e.level <= contents.depth]
    for place, (number, entry, page) in enumerate(shown):
        line = word.add_paragraph(style=look.CONTENTS[min(entry.rank, len(look.CONTENTS) - 1)].name)
        line.paragraph_format.left_indent = Pt(16.0 * entry.rank)
        line.paragraph_format.tab_stops.add_tab_stop(Pt(room), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if place == 0:
            _mark(line, "begin")
            element("instrText", element("r", line._p)).text = _FIELD  # noqa: SLF001
            _mark(line, "separate")
        link = element("hyperlink", line._p, anchor=bookmark_name(number), history=1)  # noqa: SLF001
        element("t", element("r", link)).text = words(entry.words)
        element("tab", element("r", link))
        element("t", element("r", link)).text = str(page)
        if place == len(shown) - 1:
            _mark(line, "end")


def bookmark(line: BaseOxmlElement, number: int) -> None:
    """Mark a heading's paragraph as the goal of its entry in the contents."""
    start = element("bookmarkStart", None, id=number, name=bookmark_name(number))
    properties = line.pPr
    line.insert(0 if properties is None else 1, start)
    element("bookmarkEnd", line, id=number)


def bookmark_name(number: int) -> str:
    """Name of the n-th heading's bookmark, in the form that word processors give theirs."""
    return f"_Toc{number + 1:06d}"


def _mark(line: Paragraph, kind: str) -> None:
    element("fldChar", element("r", line._p), fldCharType=kind)  # noqa: SLF001
