"""Outlets against each other and against the register: doubles, changed names and numbers, lost zeros."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from desktop_app.importing.draft import Draft
from desktop_app.importing.outlet_plan import KnownOutlet, PlannedOutlet
from desktop_app.importing.recognise.words import key

_MOST_ZEROS = 2
_SAME_START = 6
"""Digits that tell the office that gave a number."""


class Register:
    """What the list has named so far, and what the ledger holds."""

    def __init__(self, draft: Draft, columns: Mapping[str, int]) -> None:
        self._draft, self._columns = draft, columns
        self._seen: dict[tuple[int | None, str, str], int] = {}
        self._met: dict[KnownOutlet, int] = {}
        known = draft.context.outlets
        self._by_name = {(o.enterprise_id, key(o.name)): o for o in known}
        self._by_number = {(o.enterprise_id, o.filing_no): o for o in known if o.filing_no}

    def settle(self, outlet: PlannedOutlet) -> PlannedOutlet | None:
        """The row as it may stand; None after an error.

        A name that differs from the ledger's in nothing but width, blanks and marks is taken for the ledger's.
        """
        marks = {"name": key(outlet.name), "filing": outlet.filing_no}
        for role, mark in marks.items():
            earlier = self._seen.get((outlet.enterprise_id, role, mark)) if mark else None
            if earlier is not None:
                word = "名称" if role == "name" else "备案编号"
                self._error(outlet, role, "DUPLICATE_ROW", f"{word}与第{earlier}行相同", "请删去重复的一行，或改正编号")
                return None
        by_name = self._by_name.get((outlet.enterprise_id, marks["name"]))
        by_number = self._by_number.get((outlet.enterprise_id, outlet.filing_no)) if outlet.filing_no else None
        known = by_number or by_name
        if known is not None and not self._fits(outlet, known, by_name):
            return None
        self._seen |= {(outlet.enterprise_id, role, mark): outlet.row for role, mark in marks.items() if mark}
        if known is None:
            return outlet
        self._met[known] = outlet.row
        self._tell(outlet, known)
        return replace(outlet, name=known.name) if key(known.name) == marks["name"] else outlet

    def _fits(self, outlet: PlannedOutlet, known: KnownOutlet, by_name: KnownOutlet | None) -> bool:
        """Whether the row speaks of one outlet of the ledger, which no other row speaks of."""
        if by_name is not None and by_name is not known:
            said = f"备案编号 {outlet.filing_no} 在台账里是“{known.name}”的"
            self._error(outlet, "filing", "FILING_TAKEN", said, "请核对名称和备案编号")
        elif known in self._met:
            said = f"与第{self._met[known]}行在台账里是同一个网点“{known.name}”"
            self._error(outlet, "name", "DUPLICATE_ROW", said, "请核对名称和备案编号，只留一行")
        elif outlet.closed is not None and known.opened is not None and outlet.closed < known.opened:
            said = f"停办月份早于台账里的开办月份（{known.opened.label}）"
            self._error(outlet, "closed", "DATES_CROSSED", said, "请核对日期")
        else:
            return True
        return False

    def _tell(self, outlet: PlannedOutlet, known: KnownOutlet) -> None:
        """A new name or a new number is a change worth a look."""
        if key(known.name) != key(outlet.name):
            said = f"备案编号 {outlet.filing_no} 在台账里是“{known.name}”，表里写的是“{outlet.name}”：按改名记"
            self._warn(outlet, "name", "OUTLET_RENAMED", said)
        elif known.filing_no and outlet.filing_no and known.filing_no != outlet.filing_no:
            said = f"“{outlet.name}”在台账里的备案编号是 {known.filing_no}，表里是 {outlet.filing_no}：按换号记"
            self._warn(outlet, "filing", "FILING_CHANGED", said)

    def _error(self, outlet: PlannedOutlet, role: str, code: str, message: str, suggestion: str) -> None:
        self._draft.error(
            code,
            f"“{outlet.name}”：{message}",
            suggestion,
            row=outlet.row - 1,
            column=self._draft.name(self._columns[role]),
            value=self._draft.cell(outlet.row - 1, self._columns[role]),
        )

    def _warn(self, outlet: PlannedOutlet, role: str, code: str, message: str) -> None:
        self._draft.warn(
            code,
            message,
            "请核对是不是同一个网点",
            row=outlet.row - 1,
            column=self._draft.name(self._columns[role]),
            value=self._draft.cell(outlet.row - 1, self._columns[role]),
        )


def restored_filings(draft: Draft, column: int | None) -> dict[int, str]:
    """Rows whose number has lost zeros at its front, with the whole number; each is asked about.

    The length proves it: with its zeros the number stands in the register, or it begins as whole numbers of the list
    or the register do that have one digit or two more and begin with 0.
    """
    if column is None:
        return {}
    numbers = {row: text for row, _ in draft.body() if (text := draft.cell(row, column)).isdigit()}
    known = {outlet.filing_no for outlet in draft.context.outlets if outlet.filing_no.isdigit()}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for whole in (*numbers.values(), *known):
        if whole.startswith("0"):
            lengths[whole[:_SAME_START]].add(len(whole))
    restored: dict[int, str] = {}
    for row, text in numbers.items():
        full = None if text in known or text.startswith("0") else _with_zeros(text, lengths, known)
        if full is not None:
            restored[row] = full
            draft.change(row, column, full, "前面的 0 丢了，按别的编号的位数补上")
            draft.warn(
                "CODE_RESTORED",
                f"备案编号“{text}”比别的少 {len(full) - len(text)} 位，前面的 0 丢了，按 {full} 读",
                "请核对；以后请把这一列设为文本",
                row=row,
                column=draft.name(column),
                value=text,
            )
    return restored


def _with_zeros(text: str, lengths: Mapping[str, Collection[int]], known: Collection[str]) -> str | None:
    """The number with its zeros, where there is one that fits; None where none or several do.

    :param lengths: of the whole numbers, by the digits that they begin with.
    """
    fulls = ["0" * zeros + text for zeros in range(1, _MOST_ZEROS + 1)]
    fitting = [full for full in fulls if full in known]
    if not fitting and len(text) > _SAME_START:
        fitting = [full for full in fulls if len(full) in lengths.get(full[:_SAME_START], ())]
    return fitting[0] if len(fitting) == 1 else None
