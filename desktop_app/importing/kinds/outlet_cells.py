"""Words in the cells of an outlet list: kinds of outlet, yes or no, filing numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop_app.importing.convert import STATES, read_amount
from desktop_app.importing.kinds.coverage_cells import Service, read_service
from desktop_app.importing.recognise.words import bare_key
from desktop_app.models.values import CellState, CoverageState, Flag, OutletKind

_KINDS: dict[OutletKind, tuple[str, ...]] = {
    OutletKind.BRANCH: ("分支机构", "分支", "分公司", "营业部", "分部", "营业网点"),
    OutletKind.TERMINAL: ("末端网点", "末端", "快递末端网点", "备案网点", "末端备案网点"),
    OutletKind.VILLAGE: (
        *("村级站", "村级站点", "村级服务站", "村级快递服务站", "村级寄递服务站", "村级综合服务站", "村邮站"),
        *("村级寄递物流综合服务站", "村级寄递物流服务站", "快递进村站点", "村级快递站", "村级网点", "村站"),
    ),
    OutletKind.PUBLIC: (
        *(
            "公共服务站",
            "末端公共服务站",
            "快递公共服务站",
            "快递末端公共服务站",
            "末端综合服务站",
            "快递末端综合服务站",
        ),
        *("公共投递服务站", "住宅投递服务站", "公共服务站点"),
    ),
    OutletKind.LOCKERS: (
        *("快件箱组", "快件箱", "智能快件箱", "智能快件箱组", "智能快递柜", "快递柜", "智能信包箱", "信包箱"),
        *("智能快件箱（组）", "快件箱（组）"),
    ),
}
_BY_WORD = {bare_key(word): kind for kind, words in _KINDS.items() for word in words}
_YES = {
    "已设",
    "已设置",
    "已配",
    "已配备",
    "已建",
    "已建成",
    "已创建",
    "已达标",
    "达标",
    "已完成",
    "是（已达标）",
    "设置",
}
_NO = {"未设", "未设置", "未配", "未配备", "未建", "未创建", "未达标", "不达标", "未完成", "不是", "待建", "在建"}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_FORMULA = re.compile(r'="?([^"]*)"?')


def read_kind(text: str) -> OutletKind | None:
    """末端网点, 智能快件箱（组）, 村级服务站点 … → kind; None for anything else."""
    return _BY_WORD.get(bare_key(text))


def kind_in(text: str) -> OutletKind | None:
    """The one kind that a title speaks of; None when it speaks of none or of several."""
    found = {kind for kind in OutletKind if any(len(word) > 2 and word in text for word in _KINDS[kind])}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2048)
def read_flag(text: str) -> tuple[Flag, str] | None:
    """是, √, 有, 已配备, 2个 …, 否, ×, 无, 0 …; blank is 未报, / is 不适用; with why where it had to be read so.

    None when it is none of these. 无 answers the question here: there is none.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if plain in _YES | _NO:
        return (Flag.YES if plain in _YES else Flag.NO), ""
    said = read_service(text)
    if isinstance(said, Service) and not said.modes and said.state in {CoverageState.NORMAL, CoverageState.NONE}:
        return (Flag.YES if said.state.served else Flag.NO), ""
    amount = read_amount(text)
    if amount.state is CellState.NOT_APPLICABLE:
        return Flag.NOT_APPLICABLE, ""
    if amount.number is not None and amount.number > 0 and amount.number % 1 == 0 and not amount.problem:
        return Flag.YES, "写的是个数，按有读"
    if amount.state is CellState.MISSING and not amount.problem:
        return Flag.MISSING, ""
    return None


def read_filing(text: str) -> tuple[str, str, str]:
    """(number, what was changed, why it cannot be read) of a 备案编号: text of any length, its zeros kept.

    Full-width digits, ``="…"``, a leading apostrophe and ``.0`` lose nothing and are taken off. What a spreadsheet
    has turned into 2.2E+11 or cut after 15 digits is gone for good.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(plain):
        return text, "", f"“{text}”成了科学计数法，后面的数字已经丢失，不能恢复"
    if STATES.get(plain.lower()) is not None or not plain.strip("-—–"):
        return "", "", ""
    if plain.isdigit() and len(plain) > 15 and not plain[15:].strip("0"):
        return text, "", f"“{text}”末几位变成了 0：表格软件只保留 15 位数字"
    bare = match[1] if (match := _FORMULA.fullmatch(plain)) else plain
    bare = re.sub(r"^(\d+)\.0+$", r"\1", bare.strip("'` "))
    if bare == text:
        return text, "", ""
    return bare, "全角字符" if bare == plain and bare != text.strip() else "去掉了引号、空格或末尾的“.0”", ""
