"""What the words around a table say against its rows: another county, another company, another unit. It is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.catalogue.lookup import find_unit
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import FileKind, RowRole
from desktop_app.importing.recognise.context import company_sources
from desktop_app.importing.recognise.months import find_month, plain_date
from desktop_app.importing.recognise.places import core, places_in
from desktop_app.importing.recognise.units import is_unit, units_in
from desktop_app.importing.recognise.words import find_column
from desktop_app.importing.said import Answer
from desktop_app.importing.units_told import bracketed_units
from desktop_app.models.values import Month, Span

_COUNTRY_WIDE = frozenset({FileKind.NATIONAL, FileKind.REGISTRY, FileKind.UNKNOWN})
"""Kinds whose rows or codes say themselves where they belong."""
_ASKED_BASES = ("件", "元")


# --------------------------------------------------------------------------------------------------- place


def tell_other_place(draft: Draft) -> None:
    """A title that names another county or city and not ours is refused until the user says whose figures they are.

    A file's name is a weaker ground: there it is only asked.
    """
    own = draft.context.region_name
    if draft.kind in _COUNTRY_WIDE or draft.options.region or not own or own.isdigit():
        return
    lines = list(_above(draft))
    if any(core(own) in line for line in lines):
        return
    for line in lines:
        for place in places_in(line):
            draft.error(
                "REGION_DIFFERS",
                f"表头写的是“{place}”，本台账是{own}的",
                f"是不是发错了文件？确是{own}的数，请点“是{own}的数”",
                value=place,
                answers=[Answer(f"是{own}的数", region=draft.region)],
                command=f"是不是发错了文件？确是{own}的数，请加 --region {draft.region[:6]}",
            )
            return
    if (level := _other_level(draft)) and not draft.file_broken:
        draft.error(
            "REGION_DIFFERS",
            f"表头写的是“{level}”，本台账是{own}的",
            f"是{level}的数就不是{own}的；确是{own}的数，请点“是{own}的数”",
            value=level,
            answers=[Answer(f"是{own}的数", region=draft.region)],
            command=f"是{level}的数就不是{own}的；确是{own}的数，请加 --region {draft.region[:6]}",
        )
        return
    stem = draft.file.stem
    other = next((place for place in places_in(stem.replace("_", " ")) if core(own) not in stem), "")
    if other:
        draft.warn(
            "REGION_DIFFERS",
            f"文件名写的是“{other}”，本台账是{own}的",
            "请核对是不是发错了文件",
            value=other,
            answers=[Answer(f"是{own}的数", region=draft.region)],
        )


_LEVELS = re.compile(
    r"(全国|全省|全自治区|全市|全州|全盟)"
    r"(?!统一|示范|先进|文明|重点|优秀|性|通用|通办|联网|连锁|布局|网络|第|标准|主要标准|人大|两会)"
)
"""Higher levels that a title speaks of; 全国统一… and the like speak of something else."""


def _other_level(draft: Draft) -> str:
    """全国, 全省 in a title or a sheet's name; 全市 too where our own region is a county, a district or a banner."""
    city = draft.context.region_name.endswith(("市", "州", "盟"))
    for text in [*draft.table.lines(RowRole.TITLE), draft.table.sheet.name]:
        for match in _LEVELS.finditer(text):
            if match[1] in {"全国", "全省", "全自治区"} or not city:
                return match[1]
    return ""


def _above(draft: Draft) -> Iterator[str]:
    """Title and notes above the head, then the sheet's name."""
    head = draft.table.head
    for row, role in draft.table.numbered():
        if head is not None and row >= head.rows[0]:
            break
        if role in {RowRole.TITLE, RowRole.NOTE}:
            yield " ".join(dict.fromkeys(cell for cell in draft.table.cells[row] if cell))
    yield draft.table.sheet.name


# --------------------------------------------------------------------------------------------------- company


def tell_other_company(draft: Draft) -> None:
    """A company that title, reporter or file name speaks of and whose rows these are not."""
    names = {fact.enterprise.id: fact.enterprise for fact in draft.facts if fact.enterprise is not None} | draft.seen
    if not names or draft.options.company or draft.kind is FileKind.COVERAGE:
        return
    told = "、".join(each.short_name or each.name for each in list(names.values())[:4])
    told += f" 等 {len(names)} 家" if len(names) > 4 else ""
    for source, text, whole in company_sources(draft):
        found = draft.companies.in_text(text)
        named = {each.id for each in found.matches}
        # A place's office (市邮政管理局) that is no company says nothing, nor does a text that names several.
        stranger = not found.matches and bool(found.text) and found.text not in {e.name for e in names.values()}
        if whole and not found.matches and not stranger:
            continue
        other = len(named) == 1 and len(found.text) > 1 and named != set(names)
        if stranger or other:
            name = found.text if stranger else found.matches[0].short_name or found.matches[0].name
            draft.warn(
                "COMPANY_DIFFERS",
                f"{source}写的是“{name}”，表里各行却是{told}",
                "请核对是不是发错了文件，或企业名称填错了行",
                value=name,
            )
            return


_BRANDS = ("品牌", "快递品牌", "所属品牌", "品牌名称", "加盟品牌", "经营品牌")
_OF_BRANDS = frozenset({FileKind.COVERAGE, FileKind.OUTLETS, FileKind.ENTERPRISES, FileKind.REGISTRY})
"""Kinds that read the brand themselves."""


def tell_other_brand(draft: Draft) -> None:
    """A row whose column of brands names another company than the one that its figures are taken for."""
    column = None if draft.kind in _OF_BRANDS else find_column(draft.names, _BRANDS)
    if column is None:
        return
    owners = {fact.figure.row: fact.enterprise for fact in draft.facts if fact.enterprise is not None}
    for row, owner in sorted(owners.items()):
        text = draft.cell(row, column)
        found = draft.companies.in_cell(text) if text else None
        brands = {owner.brand, owner.short_name, owner.name}
        if found is None or not found.matches or owner in found.matches or text in brands:
            continue
        if owner.brand and owner.brand in {match.brand for match in found.matches}:
            continue
        draft.warn(
            "COMPANY_DIFFERS",
            f"这一行按{owner.short_name or owner.name}读，“{draft.shown[column]}”列写的却是“{text}”",
            "请核对这一行是哪家企业的数；品牌列写错的，写明原因",
            row=row,
            column=draft.shown[column],
            value=text,
        )


# --------------------------------------------------------------------------------------------------- unit


def tell_other_unit(draft: Draft) -> None:
    """A unit that the file states and in which not one of its figures was read (表头写万件，列名写件)."""
    if draft.repaired or draft.file_broken:
        return
    weak = [word for text in (draft.table.sheet.name, draft.file.stem) for word in bracketed_units(text, is_unit)]
    for base in _ASKED_BASES:
        used = {
            fact.figure.unit.name
            for fact in draft.facts
            if fact.figure.unit is not None and fact.figure.unit.base == base and fact.figure.stored
        }
        stated = [unit.name for unit in units_in(draft.table.unit) if unit.base == base]
        place = "表头或表注"
        if not stated:
            place = "文件名或工作表名"
            stated = [unit.name for word in weak if (unit := find_unit(word)) is not None and unit.base == base]
        if used and stated and not used & set(stated) and not _all_said(draft, base):
            draft.warn(
                "UNIT_DIFFERS",
                f"{place}写的单位是{'、'.join(stated)}，表里的数却都按{'、'.join(sorted(used))}读（列名或格内写明，或没有写）",
                "请核对用哪一个单位；不是的，在列名上改读单位，或退回企业改正",
                value="、".join(stated),
            )


def forget_other_unit(draft: Draft, unit: str) -> None:
    """Take the question of :func:`tell_other_unit` back where an error says the same and more."""
    draft.issues[:] = [issue for issue in draft.issues if (issue.code, issue.value) != ("UNIT_DIFFERS", unit)]


def _all_said(draft: Draft, base: str) -> bool:
    """Whether the user has given the units of all these columns."""
    columns = {f.figure.column for f in draft.facts if f.figure.unit is not None and f.figure.unit.base == base}
    return all(find_unit(draft.said.get(column, "").partition(" · ")[2]) is not None for column in columns)


# --------------------------------------------------------------------------------------------------- month

_TWO_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s*月?\s*份?\s*(?:[、,，和及与]|以及)\s*(?:20\d\d\s*年)?\s*(\d{1,2})\s*月")


def tell_other_month(draft: Draft) -> None:
    """Two months in one title; rows of other months than title or file name; a month that exceeds its own 累计."""
    pair = _TWO_MONTHS.search(plain_date(draft.table.title))
    if pair and pair[1] != pair[2] and draft.options.month is None and draft.month is not None:
        draft.warn(
            "MONTH_DIFFERS",
            f"表题写了两个月（{pair[0]}），按{draft.month.label}读",
            "请核对是哪个月的表；几个月的合计请企业分月填报",
            answers=[Answer(f"是{month.label}", month=month) for month in _both(draft.month, pair)],
        )
    months = {fact.month for fact in draft.facts}
    if draft.seen_months and months and draft.month is None:
        for place, text in (("表题", draft.table.title), ("文件名", draft.file.stem)):
            told = find_month(text)
            if told.month is not None and not told.cumulative and told.month not in months:
                rows = "、".join(month.label for month in sorted(months)[:3])
                draft.warn(
                    "MONTH_DIFFERS", f"{place}写的是{told.month.label}，各行却是{rows}", "请核对是不是填错了月份"
                )
                return


def _both(month: Month, pair: re.Match[str]) -> list[Month]:
    return [Month(month.year, int(number)) for number in pair.groups() if 1 <= int(number) <= 12]


def tell_month_over_total(draft: Draft) -> None:
    """A month's flow that is larger than its own 累计: columns are easily swapped."""
    totals = {(f.owner, f.indicator.code): f for f in draft.facts if f.span is Span.YTD and f.value is not None}
    for fact in draft.facts:
        total = totals.get((fact.owner, fact.indicator.code)) if fact.span is Span.MONTH else None
        if total is None or fact.value is None or not fact.indicator.kind.adds_over_months:
            continue
        if total.value is not None and fact.value - total.value > max(fact.figure.step, total.figure.step):
            draft.warn(
                "MONTH_OVER_TOTAL",
                f"{fact.indicator.name}：“{fact.figure.name}” {fact.figure.text} 大于"
                f"“{total.figure.name}” {total.figure.text}",
                "是不是两列写反了？冲减过以前月份的，写明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )
