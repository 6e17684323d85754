"""网点名录: one outlet a row (branch, terminal outlet, village station, public station, lockers)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from desktop_app.importing.convert import read_amount
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds import outlet_station
from desktop_app.importing.kinds.cells import read_month
from desktop_app.importing.kinds.outlet_cells import kind_in, read_filing, read_flag, read_kind
from desktop_app.importing.kinds.outlet_checks import Register, restored_filings
from desktop_app.importing.kinds.outlet_places import Places
from desktop_app.importing.kinds.wide import row_company
from desktop_app.importing.outlet_plan import PlannedOutlet
from desktop_app.importing.plan import (
    KnownEnterprise,
    RowRole,
)
from desktop_app.importing.recognise.context import named_company, settle_company
from desktop_app.importing.recognise.towns import TOWN_WORDS
from desktop_app.models.values import CellState, Flag, OutletKind

VOCABULARY: dict[str, tuple[str, ...]] = {
    "name": (
        *("网点名称", "末端网点名称", "分支机构名称", "营业网点名称", "快递网点名称", "备案网点名称"),
        *("公共服务站名称", "服务站名称", "站点名称", "快件箱名称", "快件箱组名称", "机构名称", "网点", "末端网点"),
        *("网点全称", "站名", "名称"),
    ),
    "kind": (
        *("网点类型", "网点类别", "网点性质", "网点种类", "站点类型", "机构类型", "服务站类型", "设施类型"),
        *("末端类型", "类型", "类别", "种类"),
    ),
    "filing": (
        *("备案编号", "备案号", "末端网点备案编号", "网点备案编号", "末端备案编号", "备案登记编号", "备案回执编号"),
        *("备案（许可）编号", "备案/许可证号", "许可证号", "分支机构许可编号", "分支机构编号", "网点编号", "网点编码"),
        *("网点代码", "站点编号", "快件箱编号"),
    ),
    "company": (
        *("企业", "企业名称", "所属企业", "所属企业名称", "所属快递企业", "快递企业", "快递企业名称", "企业全称"),
        *(
            "公司名称",
            "所属公司",
            "法人企业",
            "备案企业",
            "开办企业",
            "运营企业",
            "品牌",
            "所属品牌",
            "快递品牌",
            "单位名称",
        ),
    ),
    "address": (
        *("地址", "网点地址", "详细地址", "经营地址", "营业地址", "所在地址", "经营场所", "场所地址", "通讯地址"),
        *("站点地址", "安装地址", "设置地点", "位置"),
    ),
    "village": (
        *("建制村", "行政村", "村名", "村（居）", "村居", "村", "所在村", "所属村", "村（社区）", "村/社区", "社区"),
        *("建制村名称", "行政村名称", "村名称"),
    ),
    "town": TOWN_WORDS,
    "code": ("区划代码", "统计用区划代码", "12位代码", "村代码", "行政区划代码", "所在地代码"),
    "green": ("绿色网点", "是否绿色网点", "是否为绿色网点", "快递绿色网点", "是否快递绿色网点", "绿色网点（是/否）"),
    "recycling": (
        *("回收装置", "是否设置回收装置", "是否设回收装置", "是否有回收装置", "有无回收装置", "包装废弃物回收装置"),
        *("是否设置包装废弃物回收装置", "设置回收装置", "回收箱", "是否有回收箱", "包装回收装置"),
    ),
    "standardised": ("标准化", "标准化网点", "是否标准化", "是否标准化网点", "标准化达标", "是否达标", "标准化建设"),
    "cells": ("格口数", "格口", "格口数量", "快件箱格口数", "箱格数", "格数", "格口（个）"),
    "opened": (
        "开办日期",
        "开业日期",
        "备案日期",
        "设立日期",
        "启用日期",
        "投用日期",
        "开办时间",
        "备案时间",
        "启用时间",
    ),
    "closed": ("停办日期", "撤销日期", "注销日期", "停业日期", "关闭日期", "停用日期", "停办时间", "注销时间"),
    "state": ("状态", "经营状态", "营业状态", "网点状态", "运营状态", "备案状态"),
    "contact": ("联系人", "负责人", "网点负责人", "站长"),
    "phone": ("电话", "联系电话", "手机", "联系方式", "负责人电话"),
    **outlet_station.VOCABULARY,
}

MEANINGS = {
    "name": "网点名称",
    "kind": "网点类型",
    "filing": "备案编号",
    "company": "企业",
    "address": "地址",
    "village": "建制村",
    "town": "乡镇",
    "code": "区划代码",
    "green": "绿色网点",
    "recycling": "回收装置",
    "standardised": "标准化",
    "cells": "格口数",
    "opened": "开办日期",
    "closed": "停办日期",
    "state": "状态",
    "contact": "联系人",
    "phone": "电话",
    **outlet_station.MEANINGS,
}
_OPEN = {
    "",
    "正常",
    "营业",
    "在营",
    "营业中",
    "正常营业",
    "正常运营",
    "运营",
    "运营中",
    "有效",
    "已备案",
    "在用",
    "使用中",
    "存续",
}
_CLOSED = {
    "停业",
    "停办",
    "注销",
    "已注销",
    "关闭",
    "已关闭",
    "撤销",
    "已撤销",
    "停用",
    "已停用",
    "已停业",
    "停运",
    "失效",
}


def build(draft: Draft, columns: Mapping[str, int]) -> None:
    """Outlets of every row; two rows of one name or filing number within a company are an error."""
    whole = None if "kind" in columns else _kind_of_list(draft)
    if "kind" not in columns and whole is None:
        draft.error(
            "MISSING_COLUMN",
            "名录里缺少“网点类型”列，表题也没有说是哪一种网点",
            f"请补上这一列（{'、'.join(OutletKind)}），或在表题中写明",
        )
    if "company" not in columns:
        _company_of_list(draft, columns, whole)
    elif draft.options.company:
        settle_company(draft)
    if draft.stopped():
        return
    for role, column in columns.items():
        draft.mean(column, MEANINGS[role])
    filings = restored_filings(draft, columns.get("filing"))
    register, places = Register(draft, columns), Places(draft, columns)
    stations = outlet_station.Stations(draft, columns)
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
            continue
        outlet = _read_row(draft, row, columns, whole, places, stations, filings)
        if outlet is not None and (settled := register.settle(outlet)) is not None:
            draft.outlets.append(settled)


def _kind_of_list(draft: Draft) -> OutletKind | None:
    for source, text in (
        ("表题", draft.table.title),
        ("工作表名", draft.table.sheet.name),
        ("文件名", draft.file.stem),
    ):
        kind = kind_in(text)
        if kind is not None:
            draft.ground(f"网点类型：都按{kind.value}读（{source}写明，没有“网点类型”列）")
            return kind
    return None


def _company_of_list(draft: Draft, columns: Mapping[str, int], whole: OutletKind | None) -> None:
    """One company for the whole list; a list of nothing but stations and lockers may belong to none."""
    kinds = [whole or read_kind(draft.cell(row, columns.get("kind"))) for row in draft.table.data_rows]
    nobodys = all(kind is not None and not kind.needs_company for kind in kinds)
    if nobodys and not draft.options.company and named_company(draft) is None:
        draft.ground("企业：没有写明，这些站点和快件箱按不属于哪一家企业读")
    else:
        settle_company(draft)


def _read_row(
    draft: Draft,
    row: int,
    columns: Mapping[str, int],
    whole: OutletKind | None,
    places: Places,
    stations: outlet_station.Stations,
    filings: Mapping[int, str],
) -> PlannedOutlet | None:
    text = {role: draft.cell(row, column) for role, column in columns.items()}
    if not text["name"]:
        draft.error("NAME_MISSING", "这一行没有网点名称", "请补上名称", row=row, column=draft.name(columns["name"]))
        return None
    kind = whole or _kind(draft, row, columns["kind"])
    company = _company(draft, row, columns.get("company"), kind)
    filing = filings.get(row) or _filing(draft, row, columns.get("filing"))
    flags = {role: _flag(draft, row, columns.get(role)) for role in ("green", "recycling", "standardised")}
    cells = _cells(draft, row, columns.get("cells"))
    opened, closed = (read_month(draft, row, columns.get(role)) for role in ("opened", "closed"))
    if opened is not None and closed is not None and closed < opened:
        draft.error(
            "DATES_CROSSED",
            f"停办日期（{closed.label}）早于开办日期（{opened.label}）",
            "请核对日期",
            row=row,
            column=draft.name(columns["closed"]),
            value=text["closed"],
        )
    if "state" in columns:
        _check_state(draft, row, columns["state"], dated=closed is not None)
    region = places.find(row)
    station = stations.read(row, text.get("town", ""))
    if row in draft.broken_rows or row in draft.skipped or kind is None:
        return None
    return PlannedOutlet(
        enterprise_id=company.id if company else None,
        kind=kind,
        name=text["name"],
        filing_no=filing,
        address=text.get("address", ""),
        region_code=region,
        opened=opened,
        closed=closed,
        green=flags["green"],
        recycling=flags["recycling"],
        standardised=flags["standardised"],
        cells=cells,
        contact=text.get("contact", ""),
        phone=text.get("phone", ""),
        row=row + 1,
        brands=station.brands,
        serves=station.serves,
        report_month=station.report_month,
        income=station.income,
        parcels_in=station.parcels_in,
        parcels_out=station.parcels_out,
    )


def _kind(draft: Draft, row: int, column: int) -> OutletKind | None:
    text = draft.cell(row, column)
    kind = read_kind(text)
    if kind is None:
        draft.error(
            "KIND_UNKNOWN",
            f"“{text}”不是认识的网点类型" if text else "这一行没有写网点类型",
            f"可写：{'、'.join(OutletKind)}",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return kind


def _company(draft: Draft, row: int, column: int | None, kind: OutletKind | None) -> KnownEnterprise | None:
    if column is None:
        return draft.enterprise
    if draft.cell(row, column):
        return row_company(draft, row, column)
    if draft.enterprise is not None:
        # The user has asked for one company; what belongs to none is not asked for.
        draft.skipped.add(row)
    elif kind is None or kind.needs_company:
        word = kind.value if kind else "网点"
        draft.error(
            "COMPANY_MISSING",
            f"这一行没有写企业，{word}必须属于一家企业",
            "请补上企业名称；只有村级站、公共服务站和快件箱组可以空着",
            row=row,
            column=draft.name(column),
        )
    return None


def _filing(draft: Draft, row: int, column: int | None) -> str:
    text = draft.cell(row, column)
    if not text:
        return ""
    number, why, problem = read_filing(text)
    if problem:
        draft.error(
            "CODE_LOST",
            problem,
            "请把这一列设为“文本”，照备案回执重新填写",
            row=row,
            column=draft.name(column),
            value=text,
        )
    elif why:
        draft.change(row, column, number, why)
    return number


def _flag(draft: Draft, row: int, column: int | None) -> Flag:
    text = draft.cell(row, column)
    if not text:
        return Flag.MISSING
    read = read_flag(text)
    if read is None:
        draft.error(
            "FLAG_UNKNOWN",
            f"“{text}”看不出是还是否",
            "请填“是”或“否”；没有报的留空",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return Flag.MISSING
    flag, why = read
    if why:
        draft.change(row, column, flag.value, why)
    return flag


def _cells(draft: Draft, row: int, column: int | None) -> int | None:
    text = draft.cell(row, column)
    amount = read_amount(text)
    if amount.state is not CellState.VALUE and not amount.problem:
        return None
    if amount.number is None or amount.number < 0 or amount.number % 1:
        draft.error(
            "NOT_A_NUMBER",
            f"“{text}”不是格口数",
            "请填一个整数，例如 84",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return None
    if amount.change:
        draft.change(row, column, amount.read_as, amount.why)
    return int(amount.number)


def _check_state(draft: Draft, row: int, column: int, *, dated: bool) -> None:
    """A closed outlet without the date would go on being counted."""
    text = draft.cell(row, column)
    if "".join(text.split()) in _OPEN or dated:
        return
    said = "已停办" if "".join(text.split()) in _CLOSED else "不是认识的状态"
    draft.warn(
        "CLOSED_UNDATED",
        f"状态写的是“{text}”（{said}），却没有停办日期：仍按在营记",
        "已停办的请补上停办日期",
        row=row,
        column=draft.name(column),
        value=text,
    )


def looks_like(draft: Draft, columns: Mapping[str, int]) -> bool:
    """Whether these columns make an outlet list: a name, and enough beside it that only outlets have."""
    if "name" not in columns:
        return False
    names = Counter(bool(draft.cell(row, columns["name"])) for row in draft.table.data_rows[:50])
    if not names[True]:
        return False
    special = {"filing", "kind", "green", "recycling", "standardised", "cells", "serves", "brands"} & columns.keys()
    kinds = [draft.cell(row, columns["kind"]) for row in draft.table.data_rows[:50]] if "kind" in columns else []
    known = sum(read_kind(text) is not None for text in kinds)
    if known * 2 >= len(kinds) > 0:
        return True
    named = any(word in draft.names[columns["name"]] for word in ("网点", "分支机构", "服务站", "站点"))
    return named and (len(special) >= 2 or (bool(special) and "address" in columns))
