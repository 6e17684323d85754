"""The clerk's own words over the paragraphs of a report: stored by kind, period and edition, with an audit event each.

They belong to one edition: words of the internal one may name companies. Stored as a fact of the ledger, they go with
its backups; every step before stands in the audit trail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.models.values import Period
from desktop_app.services.ledger import actor
from desktop_app.services.results.reports import DraftParagraph, ReportRemark, TextMark
from desktop_app.services.results.tone import Tone
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.edits import Edit, ParagraphState

ACTION = "改报表文字"
LONGEST = 5000
"""Characters of one paragraph."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]")


def edited(
    ledger: Ledger, kind: str, period: Period, edition: str, document: Document
) -> tuple[Document, tuple[DraftParagraph, ...]]:
    """A computed document with her words, and its paragraphs in reading order."""
    from desktop_app.reporting.edits import apply_edits

    made, states = apply_edits(document, stored(ledger, kind, period, edition))
    return made, tuple(_draft(state) for state in states)


def stored(ledger: Ledger, kind: str, period: Period, edition: str) -> dict[str, Edit]:
    """Her words by the key of the paragraph."""
    with ledger.read() as session:
        return _read(settings.get_setting(session, _place(kind, period, edition)))


def set_text(ledger: Ledger, kind: str, period: Period, edition: str, document: Document, key: str, text: str) -> None:
    """Write her words over a paragraph, note or title of the computed ``document``; the computed words undo it.

    No words at all leave a paragraph or note out.

    :raises UserError: no such paragraph, a title without words, or too long.
    """
    from desktop_app.reporting.edits import TITLE_KEYS, edit_of, paragraphs_by_key, words_of

    words = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    words = words if words.strip() else ""
    if len(words) > LONGEST:
        raise UserError(f"这一段有 {len(words)} 个字，太长", hint=f"一段最多 {LONGEST} 字，请分成几段")
    paragraph = paragraphs_by_key(document).get(key)
    if paragraph is None:
        raise UserError("这份报表本期没有这一段", hint="可以把改过的文字复制到别的段，再“恢复计算文字”")
    if not words and key.startswith(TITLE_KEYS):
        raise UserError("表和图的标题不能空着", hint="要程序的标题，请点“恢复计算文字”")
    edits = stored(ledger, kind, period, edition)
    before = edits.get(key)
    if words == words_of(paragraph.runs):
        _write(ledger, kind, period, edition, document.title, edits, key, None)
    elif before is None or before.text != words:
        _write(ledger, kind, period, edition, document.title, edits, key, edit_of(paragraph, words, before))


def reset_text(ledger: Ledger, kind: str, period: Period, edition: str, title: str, key: str) -> None:
    """The computed words again, of one paragraph or (``key`` empty) of the whole report."""
    edits = stored(ledger, kind, period, edition)
    for each in [key] if key else list(edits):
        if each in edits:
            _write(ledger, kind, period, edition, title, edits, each, None)


def renew_figures(
    ledger: Ledger, kind: str, period: Period, edition: str, document: Document, paragraph: DraftParagraph
) -> None:
    """Put today's figures in place of those that have moved; her other words stay."""
    from desktop_app.reporting.edits import renewed
    from desktop_app.reporting.matching import FigureMark, MarkKind

    marks = [FigureMark(m.start, m.length, MarkKind(m.kind), m.text, m.now) for m in paragraph.marks]
    set_text(ledger, kind, period, edition, document, paragraph.key, renewed(paragraph.text, marks))


def remarks_of(paragraphs: tuple[DraftParagraph, ...]) -> tuple[ReportRemark, ...]:
    """What the signer should know of edited words."""
    marks = [mark for paragraph in paragraphs if paragraph.placed for mark in paragraph.marks]
    stale = [f"{mark.text}（现为{mark.now or '无'}）" for mark in marks if mark.kind == "stale"]
    loose = [mark.text for mark in marks if mark.kind != "stale"]
    lost = [paragraph.text[:20] for paragraph in paragraphs if not paragraph.placed]
    remarks = []
    if stale:
        remarks.append(ReportRemark("数已变", Tone.BAD, f"改过的文字里 {len(stale)} 个数与数据不符", "、".join(stale)))
    if loose:
        remarks.append(ReportRemark("手写", Tone.WARN, f"改过的文字里 {len(loose)} 个数查不到来处", "、".join(loose)))
    if lost:
        remarks.append(ReportRemark("未印", Tone.WARN, f"改过的 {len(lost)} 段本期没有，没有印出", "；".join(lost)))
    return tuple(remarks)


def _write(
    ledger: Ledger,
    kind: str,
    period: Period,
    edition: str,
    title: str,
    edits: dict[str, Edit],
    key: str,
    edit: Edit | None,
) -> None:
    before = edits.pop(key, None)
    if edit is None and before is None:
        return
    if edit is not None:
        edits[key] = edit
    with ledger.write() as session:
        settings.set_setting(session, _place(kind, period, edition), _dump(edits))
        detail = {
            "kind": kind,
            "period": str(period),
            "edition": edition,
            "paragraph": key,
            "before": before.text if before is not None else None,
            "now": edit.text if edit is not None else None,
        }
        audit.append(session, actor(), ACTION, title, detail)


def _place(kind: str, period: Period, edition: str) -> str:
    return f"texts:{kind}:{period}:{edition}"


def _read(text: str) -> dict[str, Edit]:
    from desktop_app.reporting.edits import Edit

    raw = json.loads(text) if text else {}
    return {
        key: Edit(
            each["text"], each["base"], tuple((c[0], c[1], c[2], c[3], c[4], c[5], c[6]) for c in each["figures"])
        )
        for key, each in raw.items()
    }


def _dump(edits: Mapping[str, Edit]) -> str:
    plain = {key: {"text": e.text, "base": e.base, "figures": e.figures} for key, e in edits.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _draft(state: ParagraphState) -> DraftParagraph:
    marks = tuple(TextMark(m.start, m.length, m.kind.value, m.text, m.now) for m in state.marks)
    return DraftParagraph(
        state.key, state.section, state.computed, state.text, state.edited, marks, state.placed, state.moved
    )
