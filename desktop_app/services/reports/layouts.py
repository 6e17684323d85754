"""栏目: how the bureau arranges a kind of report; stored as a fact of the ledger, every step in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.services.ledger import actor
from desktop_app.services.results.reports import SectionRow
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.layout import SectionChoice

ACTION = "改报表栏目"
LONGEST_NAME = 40
LONGEST = 5000
"""Characters of the paragraphs of one section."""


def arranged(ledger: Ledger, kind: str, document: Document) -> Document:
    """A computed document as the bureau wants it."""
    layout = stored(ledger, kind)
    if not layout:
        return document
    from desktop_app.reporting.layout import arrange

    return arrange(document, layout)


def sections(ledger: Ledger, kind: str, document: Document, *, shipped: bool = False) -> tuple[SectionRow, ...]:
    """The sections of a report in their order; ``shipped``: as the program arranges them."""
    from desktop_app.reporting.layout import sections_of

    layout = () if shipped else stored(ledger, kind)
    return tuple(SectionRow(c.name, c.on, c.own, c.text) for c in sections_of(document, layout))


def stored(ledger: Ledger, kind: str) -> tuple[SectionChoice, ...]:
    """The bureau's layout; empty when it has none."""
    with ledger.read() as session:
        text = settings.get_setting(session, _place(kind))
    if not text:
        return ()
    from desktop_app.reporting.layout import SectionChoice

    return tuple(SectionChoice(each["name"], each["on"], each["own"], each["text"]) for each in json.loads(text))


def set_layout(ledger: Ledger, kind: str, title: str, rows: Sequence[SectionRow]) -> None:
    """Store a layout; none at all is the program's own again.

    :raises UserError: a section without a name, two of one name, too long, or nothing left to print.
    """
    names = [row.name.strip() for row in rows]
    for row, name in zip(rows, names, strict=True):
        if not name:
            raise UserError("自加的栏目要有标题", hint="例如：下月重点")
        if len(name) > LONGEST_NAME or len(row.text) > LONGEST:
            raise UserError(f"“{name[:12]}”太长", hint=f"标题最多 {LONGEST_NAME} 字，文字最多 {LONGEST} 字")
        if names.count(name) > 1:
            raise UserError(f"有两个栏目都叫“{name}”", hint="请把自加的栏目改个标题")
    if rows and not any(row.on for row in rows):
        raise UserError("没有留下可印的栏目", hint="至少勾选一个栏目")
    plain = [{"name": n, "on": r.on, "own": r.own, "text": r.text} for r, n in zip(rows, names, strict=True)]
    now = json.dumps(plain, ensure_ascii=False) if rows else ""
    with ledger.write() as session:
        before = settings.get_setting(session, _place(kind))
        if now == before:
            return
        settings.set_setting(session, _place(kind), now)
        audit.append(session, actor(), ACTION, title, {"kind": kind, "before": before, "now": now})


def _place(kind: str) -> str:
    return f"layout:{kind}"
