"""Checks of single figures and rows: negative, not whole, numerator over denominator, doubles, company not open."""

from __future__ import annotations

from desktop_app.importing.checks.facts import FactIndex, say, subject, who
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.plan import FileKind
from desktop_app.importing.recognise.contradictions import forget_other_unit
from desktop_app.importing.recognise.units import units_in
from desktop_app.models.values import SCALE, FigureStatus, Month, Span

_WHOLE_UNITS = frozenset({"件", "人", "个", "人次", "次", "家次", "项", "组", "份", "辆"})


def duplicates(draft: Draft) -> None:
    """The same company, month and indicator twice in one file: one issue for each later row."""
    seen: dict[tuple[str, int | None, Month, str, Span], Fact] = {}
    reported: set[int] = set()
    for fact in draft.facts:
        place = (*fact.owner, fact.indicator.code, fact.span)
        earlier = seen.setdefault(place, fact)
        if earlier is fact or fact.figure.row in reported:
            continue
        reported.add(fact.figure.row)
        same = "，数字相同" if earlier.value == fact.value else "，数字还不同"
        what = who(fact) or "本局"
        draft.report(
            "DUPLICATE_ROW",
            f"{what}{fact.month.label}的{fact.indicator.name}在第{earlier.figure.row + 1}行已经有了{same}",
            "请企业只留正确的一行",
            row=fact.figure.row,
            column=fact.figure.name,
            value=fact.figure.text,
        )


def amounts(draft: Draft) -> None:
    """Negative figures, and counted things that are not whole; beside a cell that cannot be read, too."""
    told = _tell_units_apart(draft)
    for fact in (*draft.facts, *draft.left_out):
        if fact.value is None or not fact.indicator.kind.adds_over_companies:
            continue
        if fact.value < 0:
            draft.report(
                "NEGATIVE",
                f"{subject(fact)}是负数 {say(fact.value, fact.indicator.base_unit)}",
                "业务量、收入和数量不能为负；冲减以前月份的请企业更正那个月",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )
        elif _is_broken(fact) and fact.indicator.base_unit != told:
            draft.report(
                "NOT_WHOLE",
                f"{subject(fact)} {say(fact.value, fact.indicator.base_unit)} 不是整数",
                "件数、人数、个数应是整数：可能单位写错（万件写成了件）",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def _is_broken(fact: Fact) -> bool:
    """Pieces, persons or outlets that are not whole."""
    broken = fact.indicator.base_unit in _WHOLE_UNITS and fact.indicator.kind.adds_over_companies
    return broken and bool((fact.value or 0) % SCALE)


def _tell_units_apart(draft: Draft) -> str:
    """The title says 万件, the rows say 件 and their figures are no whole pieces: said once, for all of them.

    :returns: the base unit that was told of; empty for none.
    """
    broken = [fact for fact in draft.facts if _is_broken(fact)]
    for base in sorted({fact.indicator.base_unit for fact in broken}):
        stated = [unit.name for unit in units_in(draft.table.unit) if unit.base == base and unit.factor > 1]
        these = [fact for fact in broken if fact.indicator.base_unit == base]
        if len(stated) != 1 or any(f.figure.unit is None or f.figure.unit.factor != 1 for f in these):
            continue
        figure = these[0].figure
        # That the two differ is part of this; it is not asked a second time.
        forget_other_unit(draft, stated[0])
        draft.report(
            "NOT_WHOLE",
            f"表头写的单位是{stated[0]}，各行或列名却写{base}：按{base}读有 {len(these)} 个数不是整数"
            f"（如第{figure.row + 1}行“{figure.text}”）",
            f"多半是{stated[0]}，请企业只在一处写明单位再报",
            column=figure.name,
            value=figure.text,
        )
        return base
    return ""


def shares(draft: Draft, index: FactIndex) -> None:
    """A numerator larger than its denominator (分子大于分母)."""
    for group in index.groups.values():
        for upper, lower, name in index.ratio_pairs(group):
            if (upper.value or 0) > (lower.value or 0):
                draft.report(
                    "NUMERATOR_EXCEEDS",
                    f"{who(upper)} {upper.indicator.name} {say(upper.value or 0)} 大于{lower.indicator.name} ".lstrip()
                    + f"{say(lower.value or 0)}，{name}会超过 100%",
                    "请企业核对分子和分母是否填反",
                    row=upper.figure.row,
                    column=upper.figure.name,
                    value=upper.figure.text,
                )


def halves(draft: Draft) -> None:
    """A table with a numerator but no denominator (or the reverse) gives no rate."""
    if draft.kind not in {FileKind.GREEN, FileKind.WIDE}:
        return
    present = {figure.indicator.code for figure, _ in draft.figure_units.values()}
    for code, rate in draft.catalogue.indicators.items():
        pair = [half for half in (f"{code}.NUM", f"{code}.DEN") if half in draft.catalogue.indicators]
        missing = [half for half in pair if half not in present]
        if len(pair) == 2 and len(missing) == 1:
            name = draft.catalogue.indicators[missing[0]].name
            part = "分母" if missing[0].endswith(".DEN") else "分子"
            draft.report(
                "MISSING_PART",
                f"缺少“{name}”一列（{rate.name}的{part}），算不出比率",
                "请企业补上这一列再发",
                column=name,
            )


def future_months(draft: Draft) -> None:
    """Figures of a month that has not begun: most often a slip in the year."""
    today = draft.context.today
    if today is None:
        return
    now = Month(today.year, today.month)
    late = [fact for fact in draft.facts if fact.month > now]
    for month in sorted({fact.month for fact in late}):
        first = next(fact for fact in late if fact.month == month)
        draft.report(
            "MONTH_IN_FUTURE",
            f"{month.label}还没有到（今天是 {today:%Y-%m-%d}）",
            "请核对表题里的年份和月份；如是年份写错，请企业更正，或指明月份",
            row=first.figure.row,
            column=first.figure.name,
            value=str(month),
        )


def open_months(draft: Draft) -> None:
    """Monthly figures of a month that is still running; 预计 and 快报 may come before its end."""
    today = draft.context.today
    if today is None or draft.status in {FigureStatus.ESTIMATE, FigureStatus.FLASH}:
        return
    running = Month(today.year, today.month)
    first = next((fact for fact in draft.facts if fact.month == running and fact.enterprise is not None), None)
    if first is not None and today.day < running.days:
        draft.report(
            "MONTH_NOT_CLOSED",
            f"{running.label}还没有结束（今天是 {today:%Y-%m-%d}），{draft.status.value}还不能报",
            "请月末以后再报；提前报的数，请注明是快报或预计",
            row=first.figure.row,
            column=first.figure.name,
            value=str(running),
        )


def open_companies(draft: Draft) -> None:
    """Figures of a company that was not yet open, or had closed."""
    reported: set[tuple[int, Month]] = set()
    for fact in draft.facts:
        enterprise = fact.enterprise
        if enterprise is None or not fact.value or (enterprise.id, fact.month) in reported:
            continue
        early = enterprise.opened is not None and fact.month < enterprise.opened
        late = enterprise.closed is not None and fact.month > enterprise.closed
        if early or late:
            reported.add((enterprise.id, fact.month))
            when = enterprise.opened if early else enterprise.closed
            draft.report(
                "COMPANY_NOT_OPEN",
                f"{who(fact)}{fact.month.label}不在营业期内"
                f"（{when.label if when else ''}{'开业' if early else '停业'}）",
                "请核对月份，或用企业名录文件更正开业、停业日期",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )
