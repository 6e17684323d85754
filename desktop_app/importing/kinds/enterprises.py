"""企业名录 (一企一档): one company a row, with codes, aliases and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.importing.codes import cut_by_spreadsheet
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import read_month, settle_code
from desktop_app.importing.plan import PlannedEnterprise, RowRole
from desktop_app.importing.recognise.words import key

VOCABULARY: dict[str, tuple[str, ...]] = {
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "uscc"),
    "name": ("企业名称", "单位名称", "公司名称", "企业全称", "名称", "企业", "name"),
    "short_name": ("简称", "企业简称", "单位简称"),
    "brand": ("品牌", "快递品牌", "所属品牌", "品牌名称"),
    "licence_no": ("许可证号", "许可证编号", "快递业务经营许可证号", "经营许可证号", "许可证", "备案号"),
    "kind": ("企业类型", "类型", "经营方式", "企业性质", "类别"),
    "aliases": ("别名", "其他名称", "曾用名", "别称", "文件中的写法"),
    "contact": ("联系人", "负责人", "统计负责人", "统计员"),
    "phone": ("电话", "联系电话", "手机", "联系方式"),
    "opened": ("开办日期", "开业日期", "成立日期", "开办时间", "开业时间", "注册日期"),
    "closed": ("停业日期", "注销日期", "关闭日期", "停业时间", "退出日期"),
}

_MEANINGS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "short_name": "简称",
    "brand": "品牌",
    "licence_no": "许可证号",
    "kind": "企业类型",
    "aliases": "别名",
    "contact": "联系人",
    "phone": "电话",
    "opened": "开办日期",
    "closed": "停业日期",
}
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def valid_uscc(code: str) -> bool:
    """Check digit of a 统一社会信用代码 (GB 32100—2015: weights are powers of 3 modulo 31)."""
    if len(code) != 18 or any(char not in _ALPHABET for char in code):
        return False
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(code, _WEIGHTS, strict=False))
    return _ALPHABET[(31 - total % 31) % 31] == code[17]


def build(draft: Draft, columns: Mapping[str, int]) -> None:
    """Companies of every row; two rows of one code or one name are an error."""
    if "name" not in columns:
        draft.error("MISSING_COLUMN", "名录里缺少“企业名称”列", "请补上这一列再导入")
        return
    for role, column in columns.items():
        draft.mean(column, _MEANINGS[role])
    seen: dict[str, int] = {}
    for row, role in draft.body():
        if role is RowRole.TOTAL:
            draft.skipped.add(row)
            continue
        enterprise = _read_row(draft, row, columns)
        if enterprise is None:
            continue
        marks = [enterprise.uscc, key(enterprise.name)]
        earlier = next((seen[mark] for mark in marks if mark and mark in seen), None)
        if earlier is not None:
            draft.error(
                "DUPLICATE_ROW",
                f"“{enterprise.name}”在第{earlier + 1}行已经有了（名称或信用代码相同）",
                "请删去重复的一行",
                row=row,
                column=draft.name(columns["name"]),
                value=enterprise.name,
            )
            continue
        seen.update({mark: row for mark in marks if mark})
        draft.enterprises.append(enterprise)


def _read_row(draft: Draft, row: int, columns: Mapping[str, int]) -> PlannedEnterprise | None:
    text = {role: draft.cell(row, column) for role, column in columns.items()}
    name = text["name"]
    if not name:
        draft.error("NAME_MISSING", "这一行没有企业名称", "请补上名称", row=row, column=draft.name(columns["name"]))
        return None
    uscc = settle_code(draft, row, columns.get("uscc"), (18,))
    if row in draft.broken_rows:
        return None
    if uscc and not valid_uscc(uscc):
        draft.error(
            "BAD_USCC",
            f"“{name}”的统一社会信用代码 {uscc} 校验不对",
            _uscc_hint(uscc),
            row=row,
            column=draft.name(columns["uscc"]),
            value=uscc,
        )
        return None
    dates = {role: read_month(draft, row, columns.get(role)) for role in ("opened", "closed")}
    if row in draft.broken_rows:
        return None
    return PlannedEnterprise(
        name=name,
        short_name=text.get("short_name", ""),
        brand=text.get("brand", ""),
        uscc=uscc,
        licence_no=text.get("licence_no", ""),
        kind=text.get("kind", ""),
        aliases=tuple(dict.fromkeys(a for a in re.split(r"[;；、,，|/\s]+", text.get("aliases", "")) if a)),
        contact=text.get("contact", ""),
        phone=text.get("phone", ""),
        opened=dates["opened"],
        closed=dates["closed"],
        row=row + 1,
    )


def _uscc_hint(code: str) -> str:
    if cut_by_spreadsheet(code):
        return "末几位变成了 0：表格软件只保留 15 位数字；请把这一列设为文本，对照营业执照重填"
    return "应为18位，末位是校验码；请对照营业执照核对"
