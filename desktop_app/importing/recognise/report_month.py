"""The month of a whole file (报告期): where it is named, what is no month, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import FileKind, RowRole
from desktop_app.importing.recognise.months import Mention, find_month, stretch_head
from desktop_app.importing.said import Answer
from desktop_app.models.values import Month

_WRITTEN_ON = re.compile(r"(?:报出|报送|填报|填表|制表|打印|导出|审核)(?:日期|时间)\s*[:：]?")


def settle_month(draft: Draft) -> Month | None:
    """The one month of the file, or None after an error that says how to name it."""
    mentions = [(source, find_month(text)) for source, text in month_sources(draft)]
    if draft.code is not None:
        mentions.insert(0, ("模板编码", Mention(draft.code.month)))
    told = next(((source, m) for source, m in mentions if m.month), None) or _joined(mentions)
    if (where := _other_stretch(mentions)) and draft.options.month is None:
        draft.error("NOT_A_MONTH", f"{where}{NOT_A_MONTH}", NOT_A_MONTH_HINT)
        return None
    if not _whole_month(draft, mentions):
        return None
    if draft.options.month is not None:
        draft.month = draft.options.month
        draft.ground(f"月份按指定：{draft.month.label}")
        if told is not None and told[1].month != draft.month and told[0] == "表题":
            draft.warn(
                "MONTH_DIFFERS",
                f"指定的是{draft.month.label}，{told[0]}写的却是{told[1].month.label if told[1].month else ''}",
                "请核对是不是这个月的表",
            )
        draft.cumulative = told is not None and told[1].cumulative
        return draft.month
    told = told or _annual(draft, mentions)
    if told is None or told[1].month is None:
        hint = "请在“月份”里指明月份；或请企业在表题中写明年月，如 2021年3月"
        command = "请用 --period 指明月份，如 --period 2021-03；或请企业在表题中写明年月，如 2021年3月"
        draft.error("MONTH_MISSING", "没有找到是哪个月的表", hint, command=command)
        return None
    place, mention = told
    draft.month, draft.cumulative = told[1].month, mention.cumulative
    draft.ground(f"月份：{told[1].month.label}（{place}）")
    if mention.day and draft.kind is not FileKind.COVERAGE:
        _ask_day(draft, place, told[1].month, mention.day)
    _other_months(draft, told[1].month, place, mentions)
    return draft.month


def _whole_month(draft: Draft, mentions: list[tuple[str, Mention]]) -> bool:
    """Whether no part of a month is told first (4月上旬, 3月26日至4月25日); if the user named a month, it is asked."""
    spoken = ((s, m) for s, m in mentions if s != "文件夹名" and (m.part or m.month or m.number))
    place, mention = next(spoken, ("", Mention()))
    if not mention.part or draft.kind is FileKind.COVERAGE:
        # Of villages it is told how things stand, on whatever day.
        return True
    words = f"{place}写的是“{mention.part}”，不是一个整月"
    if draft.options.month is None:
        hint = "请企业按整月（1日至月末）填报；确是整月的数，请在“月份”里选月份，并写明原因"
        command = "请企业按整月（1日至月末）填报；确是整月的数，请用 --period 指明月份，并写明原因"
        draft.error("NOT_A_MONTH", words, hint, value=mention.part, command=command)
        return False
    draft.warn(
        "MONTH_DIFFERS",
        f"{words}，按指定的{draft.options.month.label}读",
        "请核对是不是整月的数；是的写明原因",
        value=mention.part,
    )
    return True


def _ask_day(draft: Draft, place: str, month: Month, day: int) -> None:
    """A single day may be that of writing, early in the month after, or all that the figures are of."""
    draft.warn(
        "MONTH_DIFFERS",
        f"{place}只写了{month.label}{day}日这一天，按{month.label}读",
        "请核对是哪个月的数；只是这一天的，请企业按整月填报",
        answers=[Answer(f"是{each.label}", month=each) for each in (month, month.shift(-1))],
    )


_ONE_MONTH = re.compile("[本当单]月")


def _annual(draft: Draft, mentions: list[tuple[str, Mention]]) -> tuple[str, Mention] | None:
    """``2022年度`` and no month anywhere: January to December, which is asked; not where a column says 本月."""
    if any(_ONE_MONTH.search(head) for head in draft.shown):
        return None
    for place, mention in mentions:
        if mention.annual and mention.year is not None:
            draft.warn(
                "WHOLE_YEAR",
                f"{place}只写了{mention.year}年度，没有月份，按1—12月的累计读",
                "请核对；是某一个月的，请在“月份”里选",
                command="请核对；是某一个月的，请用 --period 指明月份",
            )
            return place, Mention(Month(mention.year, 12), cumulative=True)
    return None


NOT_A_MONTH = "写的几个月不从1月开始，既不是一个月，也不是本年累计，不能入库"
NOT_A_MONTH_HINT = "请企业按月填报，或改报1月以来的累计"


def _other_stretch(mentions: list[tuple[str, Mention]]) -> str:
    """The place that speaks of 4—6月 or 二季度 before any other names a month; a folder's name does not count."""
    for place, mention in mentions:
        if mention.month or mention.number or place == "文件夹名":
            return ""
        if mention.stretch:
            return place
    return ""


def _other_months(draft: Draft, month: Month, place: str, mentions: list[tuple[str, Mention]]) -> None:
    """A file name that speaks of another month than the title is worth a question; a folder's name is not."""
    for other, found in mentions:
        differs = found.month not in {None, month} or found.number not in {None, month.month}
        if differs and other not in {place, "文件夹名", "列名"}:
            label = found.month.label if found.month else f"{found.number}月"
            others = [found.month or Month(month.year, found.number or month.month)]
            draft.warn(
                "MONTH_DIFFERS",
                f"{place}写的是{month.label}，{other}却是{label}",
                "请核对是哪个月的表",
                answers=[Answer(f"是{each.label}", month=each) for each in (month, *others)],
            )
            return


def month_sources(draft: Draft) -> Iterator[tuple[str, str]]:
    """Where a month may be named, most reliable first; dates of writing and printing are no reporting months."""
    for line in draft.table.lines(RowRole.TITLE):
        yield "表题", _WRITTEN_ON.split(line)[0]
    head = draft.table.head
    for row, cells in enumerate(draft.table.cells[: head.rows[0]] if head else ()):
        if draft.table.roles[row] is RowRole.NOTE:
            for cell in cells:
                if cell and not _WRITTEN_ON.search(cell):
                    yield "表头说明", cell
    yield from _serials_above(draft)
    if draft.table.sheet.name:
        yield "工作表名", draft.table.sheet.name
    yield "文件名", draft.file.stem
    if draft.head_month is not None:
        yield "各列的名称", draft.head_month.label
    heads = {month for levels in draft.levels if levels and (month := find_month("".join(levels)).month)}
    if len(heads) == 2 and max(heads) == min(heads).shift(12):
        # A month beside the same month of the year before.
        yield "列名", max(heads).label
    stretches = [head for head in draft.shown if stretch_head(head)]
    if len(stretches) == 1 and not _months_beside(draft, stretch_head(stretches[0])):
        # 一季度 below a title that only names the year.
        yield "列名", stretches[0]
    yield "文件夹名", draft.file.parent.name


def _months_beside(draft: Draft, last: int) -> bool:
    """Whether a head names another month than the stretch ends with (一季度 beside 4月): neither is the file's."""
    mentions = [find_month(head) for head in draft.shown]
    numbers = {m.month.month if m.month else m.number for m in mentions if not m.cumulative and not m.stretch}
    return bool(numbers - {None, last})


_SERIAL = re.compile(r"[45]\d{4}")


def _serials_above(draft: Draft) -> Iterator[tuple[str, str]]:
    """A cell above the head that is nothing but a spreadsheet's number of a day (44562): its format was lost."""
    head = draft.table.head
    for cells in draft.table.cells[: head.rows[0]] if head else ():
        filled = [cell for cell in cells if cell]
        for before, cell in zip(["", *filled], filled, strict=False):
            labelled = before.endswith((":", "：")) and not re.search("期|月|时间", before)
            if _SERIAL.fullmatch(cell) and not labelled and not _WRITTEN_ON.search(before):
                found = read_date(cell)
                if found is not None:
                    yield f"表头里的日期序号 {cell}", found.month.label


def _joined(mentions: list[tuple[str, Mention]]) -> tuple[str, Mention] | None:
    """A month's number in one place and a year in another (3月份 in the title, 2021年 in the sheet's name)."""
    number = next(((s, m) for s, m in mentions if m.number), None)
    year = next(((s, m) for s, m in mentions if m.year or (m.month and s != "表题")), None)
    if number is None or number[1].number is None or year is None:
        return None
    written = year[1].year or (year[1].month.year if year[1].month else None)
    if written is None:
        return None
    month = Month(written, number[1].number)
    return f"{number[0]}写{month.month}月，{year[0]}写{written}年", Mention(month, cumulative=number[1].cumulative)
