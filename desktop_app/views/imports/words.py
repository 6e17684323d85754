"""How a file's reading is put into words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.models.values import CellState, Severity, Span, from_fixed
from desktop_app.services.results.imports import (
    AUTO,
    CellChange,
    FilePreview,
    ImportOptions,
    ImportPlan,
    Issue,
    OwnTotal,
    Reading,
    RowRole,
)
from desktop_app.services.results.overview import Alarm, Tone

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8（带签名）",
    "gb18030": "GB18030",
    "gbk": "GB18030",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "big5": "Big5（繁体）",
    "cp950": "Big5（繁体）",
    "cp1252": "西文",
}
ENCODING_CHOICES = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5", "Big5（繁体）"), ("utf-16", "UTF-16"))
"""Encodings that a user may name for a text file."""
_DELIMITERS = {",": "逗号分隔", "\t": "制表符分隔", ";": "分号分隔", "|": "竖线分隔", "，": "全角逗号分隔"}
_COUNTS = {"VILLAGES": ("建制村", "个"), "RECORDS": ("村与品牌记录", "条"), "OUTLETS": ("网点", "个")}
"""Control totals that count records."""
_STATES = frozenset(state.label for state in CellState if state.label)
_QUOTED = 40
"""Characters of a cell that an issue shows."""
_ROLES = {
    RowRole.DATA: "数据",
    RowRole.HEADER: "表头",
    RowRole.TOTAL: "合计",
    RowRole.BLANK: "空行",
    RowRole.UNREAD: "没有读",
}


@dataclass(frozen=True)
class Naming:
    """Names and base units of indicators by code."""

    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def total(self, code: str, amount: int) -> str:
        """One control total: 快递业务量 182,304 件."""
        if code in _COUNTS:
            name, unit = _COUNTS[code]
            return f"{name} {amount:,} {unit}"
        name, unit = self.known.get(code, (code, ""))
        return f"{name} {exact(from_fixed(amount))} {unit}".rstrip()

    def name(self, code: str) -> str:
        """Name of an indicator."""
        return self.known.get(code, (code, ""))[0]

    def unit(self, code: str) -> str:
        """Its base unit."""
        return self.known.get(code, ("", ""))[1]


def exact(amount: Decimal) -> str:
    """All digits, thousands separated: 1,182,304.5."""
    text = f"{amount:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def facts(reading: Reading) -> str:
    """“GB18030 · 逗号分隔 · 第3—4行表头”."""
    parts = [ENCODINGS.get(reading.encoding, reading.encoding.upper())] if reading.encoding else ["工作簿"]
    if reading.delimiter:
        parts.append(_DELIMITERS.get(reading.delimiter, f"“{reading.delimiter}”分隔"))
    if reading.sheet:
        parts.append(f"工作表“{reading.sheet}”")
    if reading.header_rows:
        first, last = reading.header_rows[0], reading.header_rows[-1]
        parts.append(f"第{first}行表头" if first == last else f"第{first}—{last}行表头")
    return " · ".join(parts)


def by_profile(plan: ImportPlan) -> str:
    """“（按方案“丁快递”）”, where the layout is that of a profile."""
    return f"（按方案“{plan.profile}”）" if plan.profile else ""


def counts(plan: ImportPlan) -> str:
    """“读入 10 行 = 数据 4 + 表头 2 + 合计 1 + 题注 3；收 5 行，拒 0，跳过 0”."""
    found = plan.reading.role_counts
    parts = [f"{name} {found[role]}" for role, name in _ROLES.items() if found.get(role)]
    if notes := found.get(RowRole.TITLE, 0) + found.get(RowRole.NOTE, 0):
        parts.append(f"题注 {notes}")
    c = plan.counts
    lines = f"读入 {sum(found.values())} 行 = {' + '.join(parts)}" if parts else "没有读到行"
    told = f"{lines}；计数 {c.read} 行：收 {c.accepted}，拒 {c.rejected}，跳过 {c.skipped}"
    if plan.reading.roles is None:
        return told
    return f"{told}；文件很大，只列出 {len(plan.reading.rows)} 行：开头、结尾和与众不同的行"


def totals(plan: ImportPlan, naming: Naming) -> list[str]:
    """The control totals, one each, to be compared with the paper; the file's own totals stand beside them.

    “快递业务量 1,234,567 件　表内合计 1,234,567 ✓”.
    """
    # A total that is itself wrong is not taken over; what speaks against it comes first.
    taken = {each.indicator for each in plan.observations}
    left = [(code, own) for code, own in plan.own_totals.items() if code not in plan.totals and code not in taken]
    lines = [f"{naming.name(code)} 未收　{_against(own, naming.unit(code))}" for code, own in left]
    for code, amount in plan.totals.items():
        own = plan.own_totals.get(code)
        beside = "" if own is None else f"　{_beside(own, naming.unit(code))}"
        # A repaired unit changes the control total, not what stands in the file.
        written = "（按表内所写）" if own is not None and plan.repairs and amount != own.summed else ""
        spans = {each.span for each in plan.observations if each.indicator == code}
        stretch = "（本年累计）" if spans == {Span.YTD} else ""
        lines.append(f"{naming.total(code, amount)}{stretch}{beside}{written}")
    return lines


def _beside(own: OwnTotal, unit: str) -> str:
    """What the file says to a control total."""
    label, amount = ("分项之和", own.summed) if own.by_parts else ("表内合计", own.stated)
    return f"{label} {exact(from_fixed(amount))} " + ("✓" if own.agrees else _differs(own, unit))


def _against(own: OwnTotal, unit: str) -> str:
    summed = "分项之和" if own.by_parts else "各行之和"
    agrees = "✓" if own.agrees else _differs(own, unit)
    return f"表内合计 {exact(from_fixed(own.stated))}，{summed} {exact(from_fixed(own.summed))} {agrees}"


def _differs(own: OwnTotal, unit: str) -> str:
    return f"≠ 相差 {exact(from_fixed(abs(own.stated - own.summed)))} {unit}".rstrip()


def effect(before: FilePreview, after: FilePreview, naming: Naming) -> str:
    """What saying something has changed: “收 0 → 4 行，错误 1 → 0；控制数 快递业务量 35,391 件（新）”."""
    old, new = before.plan, after.plan
    parts = []
    for word, was, now in (
        ("收", old.counts.accepted if old else 0, new.counts.accepted if new else 0),
        ("错误", len(old.errors) if old else 1, len(new.errors) if new else 1),
        ("提示", len(old.warnings) if old else 0, len(new.warnings) if new else 0),
    ):
        unit = " 行" if word == "收" else ""
        parts.append(f"{word} {was} → {now}{unit}" if was != now else f"{word} {now}{unit}")
    changed = _changed_totals(old.totals if old else {}, new.totals if new else {}, naming)
    return "，".join(parts) + (f"；{'，'.join(changed[:2])}" if changed else "；控制数未变") + _more(changed)


def told(before: ImportOptions, after: ImportOptions) -> str:
    """What the user has just said: “列“票数”改为 快递业务量 · 件”."""
    old, new = dict(before.meanings), dict(after.meanings)
    parts = [f"列“{name}”改为 {meaning}" for name, meaning in new.items() if old.get(name) != meaning]
    parts += [f"列“{name}”回到{AUTO}" for name in old if name not in new]
    for word, was, now in (
        ("企业", before.company, after.company),
        ("月份", before.month and before.month.label, after.month and after.month.label),
        ("状态", before.status and before.status.value, after.status and after.status.value),
        ("工作表", before.sheet, after.sheet),
        ("编码", before.encoding, after.encoding and ENCODINGS.get(after.encoding, after.encoding)),
        ("方案", before.profile, after.profile),
    ):
        if was != now:
            parts.append(f"{word}改为 {now or AUTO}")
    if after.repairs != before.repairs:
        units = "、".join(dict.fromkeys(cell.unit for cell in after.repairs))
        parts.append(f"{len(after.repairs)} 格按{units}改读" if after.repairs else "不再改读单位")
    if after.password != before.password:
        parts.append("填了密码")
    return "，".join(parts) or "重读"


def _more(changed: Sequence[str]) -> str:
    return f" 等 {len(changed)} 项" if len(changed) > 2 else ""


def _changed_totals(old: Mapping[str, int], new: Mapping[str, int], naming: Naming) -> list[str]:
    found = [naming.total(code, amount) for code, amount in new.items() if old.get(code) != amount]
    return found + [f"{naming.name(code)} 不再有" for code in old if code not in new]


def runs(numbers: Sequence[int]) -> str:
    """Batch numbers in short: 3、5—8."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in parts)


# ----------------------------------------------------------------------------------------------- issues


def place(issue: Issue) -> str:
    """“第9行 业务量/本月 “35,401””; empty when the whole file is meant."""
    where = f"第{issue.row}行" if issue.row else ""
    column = f"{issue.column}" if issue.column else ""
    value = f"“{issue.value[:_QUOTED]}{'…' * (len(issue.value) > _QUOTED)}”" if issue.value else ""
    return " ".join(filter(None, (where, column, value)))


def alarm(issue: Issue) -> Alarm:
    """An issue as a line of the list."""
    error = issue.severity is Severity.ERROR
    detail = "\n".join(filter(None, (place(issue), issue.suggestion)))
    return Alarm("错误" if error else "提示", Tone.BAD if error else Tone.WARN, issue.message, detail, "")


def return_reason(preview: FilePreview) -> str:
    """Why a file goes back, taken from its errors (else its warnings)."""
    errors = [i for i in preview.issues if i.severity is Severity.ERROR] or list(preview.issues)
    said = [f"{place(i)}：{i.message}" if i.row else i.message for i in errors]
    return "；".join(said[:3]) + (f"；等 {len(said)} 处" if len(said) > 3 else "")


# ----------------------------------------------------------------------------------------------- cells


@dataclass(frozen=True)
class Flag:
    """A cell that an issue speaks of, or that was read otherwise than it is written."""

    tone: Tone
    tip: str


def column_of(reading: Reading, head: str) -> int | None:
    """Index of the column with this head, as written or as joined from several rows."""
    if not head:
        return None
    joined = list(reading.columns)
    if head in joined:
        return joined.index(head)
    ends = [n for n, name in enumerate(joined) if name.split("/")[-1] == head or head in name.split("/")]
    return ends[0] if ends else None


def flags(preview: FilePreview) -> dict[tuple[int, int], Flag]:
    """(row number of the file, column index) → flag; column −1 when the issue means the whole row."""
    plan = preview.plan
    if plan is None:
        return {}
    found: dict[tuple[int, int], Flag] = {}
    for change in plan.changes:
        column = column_of(plan.reading, change.column)
        found[change.row, -1 if column is None else column] = Flag(_change_tone(change), change_words(change))
    for issue in sorted(preview.issues, key=lambda i: i.severity is Severity.ERROR):
        if issue.row is not None:
            column = column_of(plan.reading, issue.column)
            tone = Tone.BAD if issue.severity is Severity.ERROR else Tone.WARN
            tip = "\n".join(filter(None, (issue.message, issue.suggestion)))
            found[issue.row, -1 if column is None else column] = Flag(tone, tip)
    return found


def change_words(change: CellChange) -> str:
    """“３１,077”按 31,077 读（全角字符）."""
    return f"“{change.raw}”按 {change.read_as} 读" + (f"（{change.why}）" if change.why else "")


def _change_tone(change: CellChange) -> Tone:
    """A word that stands for no figure is only remarked; a figure read otherwise is worth a look."""
    return Tone.INFO if change.read_as in _STATES else Tone.WARN


def is_figure(cells: Sequence[str]) -> bool:
    """Whether a column's cells are mostly figures, so that it is set to the right."""
    said = [unicodedata.normalize("NFKC", c).strip(" %") for c in cells if c.strip() not in {"", "—", "-", "－"}]
    figures = sum(1 for c in said if c.replace(",", "").replace(".", "").lstrip("+-").isdigit())
    return bool(said) and figures * 2 > len(said)
