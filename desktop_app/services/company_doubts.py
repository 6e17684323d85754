"""What a company register says that stands against the companies known: changed data, names of two companies.

A company is found as the register finds it when the file is stored: by its 统一社会信用代码, else by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.importing.plan import FileKind, ImportPlan, Issue, PlannedEnterprise
from desktop_app.importing.recognise.words import key
from desktop_app.models.values import Severity
from desktop_app.services.register_changes import company_changes
from desktop_app.storage import enterprises
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import StoredEnterprise, short_of

_APART = "表里只写这个名字时分不清是哪一家；请把其中一家的改得不同（如加上地名），再导入"

_MEANINGS = {
    "名称": "企业名称",
    "全称": "企业名称",
    "信用代码": "统一社会信用代码",
    "类型": "企业类型",
    "开业月份": "开办日期",
    "停业月份": "停业日期",
}
"""What a difference calls a column → what its meaning is called."""


def with_doubts(ledger: Ledger, plan: ImportPlan) -> ImportPlan:
    """The plan with what is doubtful or wrong beside the stored companies; other kinds of file as they are.

    A company of the ledger that the file changes wants a reason (COMPANY_CHANGED). A name, short name or alias that
    another company bears already is an error of the row (NAME_TAKEN), as is another company's code (CODE_TAKEN).
    """
    if plan.kind is not FileKind.ENTERPRISES:
        return plan
    with ledger.read() as session:
        stored = enterprises.enterprises(session)
    by_code = {company.uscc: company for company in stored if company.uscc}
    by_name = {company.name: company for company in stored}
    found: list[Issue] = []
    olds = []
    for row in plan.enterprises:
        coded, named = by_code.get(row.uscc) if row.uscc else None, by_name.get(row.name)
        olds.append(coded or named)
        if coded is not None and named is not None and coded.id != named.id:
            message = f"信用代码 {row.uscc} 是“{coded.name}”的，不是“{row.name}”的"
            found.append(_wrong(plan, row, "CODE_TAKEN", message, "请对照营业执照核对代码", ("信用代码", row.uscc)))
    found += _taken(plan, olds, stored)
    found += [issue for row, old in zip(plan.enterprises, olds, strict=True) for issue in _changed(plan, row, old)]
    wrong = {issue.row for issue in found if issue.severity is Severity.ERROR}
    counts = plan.counts
    counts = replace(counts, accepted=counts.accepted - len(wrong), rejected=counts.rejected + len(wrong))
    order = sorted((*plan.issues, *found), key=lambda issue: (issue.severity is not Severity.ERROR, issue.row or 0))
    return replace(plan, issues=tuple(order), counts=counts)


def _changed(plan: ImportPlan, row: PlannedEnterprise, old: StoredEnterprise | None) -> Iterable[Issue]:
    """The doubt about a company that is known and would become another: every column with both values."""
    changes = company_changes(row, old) if old is not None else []
    if changes:
        told = "；".join(f"{each.span} {each.old} → {each.new}" for each in changes)
        message = f"改动已登记的企业“{old.name if old else row.name}”：{told}"
        hint = "请核对是不是这家企业报来的变更；确要改的，写明原因才能入库"
        column, value = (_head(plan, changes[0].span), changes[0].new) if len(changes) == 1 else ("", row.name)
        place = (plan.reading.sheet, row.row, column, value)
        yield Issue(Severity.WARNING, "COMPANY_CHANGED", message, hint, *place)


def _taken(
    plan: ImportPlan, olds: Sequence[StoredEnterprise | None], stored: Sequence[StoredEnterprise]
) -> Iterable[Issue]:
    """Rows that claim a name by which files already mean another company, of the ledger or of a row above."""
    mentioned = {old.id for old in olds if old is not None}
    owners: dict[str, tuple[str, str, object]] = {}
    for company in stored:
        if company.id not in mentioned:
            names = (("名称", company.name), ("简称", company.short_name), *(("别名", a) for a in company.aliases))
            for what, name in names:
                owners.setdefault(key(name), (f"已登记的“{company.name}”", what, company.id))
    for number, (row, old) in enumerate(zip(plan.enterprises, olds, strict=True)):
        short = row.short_name or (old.short_name if old is not None else short_of(row.name))
        kept = old.aliases if old is not None else ()
        claimed = [("名称", row.name), ("简称", short), *(("别名", alias) for alias in (*row.aliases, *kept))]
        told = False
        for what, name in claimed:
            owner = owners.setdefault(key(name), (f"第{row.row}行“{row.name}”", what, -number)) if name else None
            if owner is not None and owner[2] != -number and not told:
                told = True
                message = f"“{row.name}”的{what}“{name}”，和{owner[0]}的{owner[1]}相同"
                yield _wrong(plan, row, "NAME_TAKEN", message, _APART, (what, name))


def _wrong(
    plan: ImportPlan, row: PlannedEnterprise, code: str, message: str, hint: str, cell: tuple[str, str]
) -> Issue:
    """An error of a row; ``cell``: what its column holds, and what stands in it."""
    what, value = cell
    return Issue(Severity.ERROR, code, message, hint, plan.reading.sheet, row.row, _head(plan, what), value)


def _head(plan: ImportPlan, what: str) -> str:
    """The head of the column that holds this of a company; empty when the file has none."""
    meaning = _MEANINGS.get(what, what)
    pairs = zip(plan.reading.columns, plan.column_meanings, strict=False)
    return next((head for head, meant in pairs if meant == meaning), "")
