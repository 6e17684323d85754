"""公文格式: red head, 文号, draft mark, 落款 and 附件, as the bureau has set them for a kind of report and a period."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.models.values import Period
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.services.results.reports import FormRow, ReportRemark
from desktop_app.services.results.tone import Tone
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document

ACTION = "改公文格式"
TEMPLATE = "〔{年}〕{号}号"
"""Proposed before the bureau has its own, without the bureau's short name."""
LONGEST = 60
"""Characters of a name or 文号."""
FEET = ("posts", "closing", "both")


def formal(ledger: Ledger, kind: str, period: Period, document: Document) -> Document:
    """A document in the form that is set; as it is when none is."""
    row = stored(ledger, kind, period)
    if row is None:
        return document
    from desktop_app.reporting.official import Foot, Formality, officially

    number = row.number or number_words(row.template, document.made_on.year, "\u3000")
    form = Formality(
        organ=row.organ if row.red_head else "",
        number=number if row.red_head else "",
        draft=row.draft,
        foot=Foot(row.foot),
        signatory=row.signatory,
        annexes=row.annexes,
    )
    return officially(document, form)


def form(ledger: Ledger, kind: str, period: Period) -> FormRow:
    """What is set, or what is proposed: the bureau's name, no red head."""
    row = stored(ledger, kind, period)
    if row is not None:
        return row
    bureau = context.home(ledger).bureau
    return FormRow(organ=f"{bureau}文件" if bureau else "", template=TEMPLATE, signatory=bureau)


def stored(ledger: Ledger, kind: str, period: Period) -> FormRow | None:
    """What is set; None when nothing ever was."""
    with ledger.read() as session:
        of_kind = settings.get_setting(session, _kind_place(kind))
        of_period = settings.get_setting(session, _period_place(kind, period))
    if not of_kind and not of_period:
        return None
    raw = {**json.loads(of_kind or "{}"), **json.loads(of_period or "{}")}
    return FormRow(**{**raw, "annexes": tuple(raw.get("annexes", ()))})


def set_form(ledger: Ledger, kind: str, title: str, period: Period, row: FormRow) -> None:
    """Store the form of a kind of report, and number and draft mark of one period.

    :raises UserError: a red head without a name, words that are too long, or a number that another report bears.
    """
    for words in (row.organ, row.template, row.signatory, row.number, *row.annexes):
        if len(words) > LONGEST:
            raise UserError(f"“{words[:12]}…”太长", hint=f"最多 {LONGEST} 字")
    if row.red_head and not row.organ.strip():
        raise UserError("红头要写机关名称", hint="例如：示例县邮政管理局文件")
    if row.foot != "posts" and not (row.signatory.strip() or context.home(ledger).bureau):
        raise UserError("落款要写署名的机关", hint="例如：示例县邮政管理局")
    number = row.number.strip()
    place = _period_place(kind, period)
    with ledger.write() as session:
        known = settings.all_settings(session)
        if number and number in _numbers(known, but=place):
            raise UserError(f"文号“{number}”已给了别的报表", hint="请换一个号")
        of_kind = {
            "red_head": row.red_head,
            "organ": row.organ.strip(),
            "template": row.template.strip(),
            "foot": row.foot,
            "signatory": row.signatory.strip(),
            "annexes": [name.strip() for name in row.annexes if name.strip()],
        }
        changed = {}
        for key, value in ((_kind_place(kind), of_kind), (place, {"number": number, "draft": row.draft})):
            text = json.dumps(value, ensure_ascii=False)
            if known.get(key, "") != text:
                settings.set_setting(session, key, text)
                changed[key] = {"before": known.get(key, ""), "now": text}
        if changed:
            audit.append(session, actor(), ACTION, title, changed)


def next_number(ledger: Ledger, template: str, on: date) -> str:
    """文号 by the template with the first number of the year that no report bears yet."""
    with ledger.read() as session:
        given = _numbers(settings.all_settings(session))
    head, _, foot = number_words(template, on.year, "\0").partition("\0")
    pattern = re.compile(re.escape(head) + r"(\d+)" + re.escape(foot))
    used = [int(found[1]) for number in given if (found := pattern.fullmatch(number))]
    return number_words(template, on.year, str(max(used, default=0) + 1))


def number_words(template: str, year: int, number: str) -> str:
    """蛟邮管〔2021〕5号 from 蛟邮管〔{年}〕{号}号."""
    return template.replace("{年}", str(year)).replace("{号}", number)


def remarks_of(ledger: Ledger, kind: str, period: Period) -> tuple[ReportRemark, ...]:
    """What the signer should know: a red head without a number."""
    row = stored(ledger, kind, period)
    if row is None or not row.red_head or row.number or row.draft:
        return ()
    return (ReportRemark("文号", Tone.WARN, "红头下还没有文号", "在“公文格式”里填上，或标为征求意见稿"),)


def _numbers(known: dict[str, str], but: str = "") -> list[str]:
    return [
        json.loads(value).get("number", "")
        for key, value in known.items()
        if key.startswith("formal:") and key != but and value
    ]


def _kind_place(kind: str) -> str:
    return f"form:{kind}"


def _period_place(kind: str, period: Period) -> str:
    return f"formal:{kind}:{period}"
