"""Words in the cells of a village sheet: modes (进村方式), states, dates, frequencies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop_app.models.values import CoverageMode, CoverageState

_MODES: dict[str, CoverageMode] = {
    "直投": CoverageMode.DIRECT,
    "企业直投": CoverageMode.DIRECT,
    "直投到村": CoverageMode.DIRECT,
    "直送": CoverageMode.DIRECT,
    "邮快": CoverageMode.POST,
    "快邮": CoverageMode.POST,
    "邮政": CoverageMode.POST,
    "邮政代投": CoverageMode.POST,
    "快快": CoverageMode.SHARED,
    "快递共配": CoverageMode.SHARED,
    "共同配送": CoverageMode.SHARED,
    "共配": CoverageMode.SHARED,
    "交邮": CoverageMode.TRANSPORT,
    "交快": CoverageMode.TRANSPORT,
    "快交": CoverageMode.TRANSPORT,
    "客货邮": CoverageMode.TRANSPORT,
    "交通": CoverageMode.TRANSPORT,
    "快商": CoverageMode.COMMERCE,
    "商超": CoverageMode.COMMERCE,
    "电商": CoverageMode.COMMERCE,
    "供销": CoverageMode.COMMERCE,
    "第三方": CoverageMode.THIRD_PARTY,
    "第三方企业": CoverageMode.THIRD_PARTY,
    "第三方代投": CoverageMode.THIRD_PARTY,
    "驻村设点": CoverageMode.STATION,
    "驻村": CoverageMode.STATION,
    "驻点": CoverageMode.STATION,
    "设点": CoverageMode.STATION,
    "村级站点": CoverageMode.STATION,
}
_STATES: dict[str, CoverageState] = dict.fromkeys(
    ("是", "有", "通", "已通", "正常", "覆盖", "已覆盖", "√", "✓", "✔", "☑", "v", "y", "yes", "1", "true", "运行"),
    CoverageState.NORMAL,
)
_STATES |= dict.fromkeys(
    ("否", "无", "未通", "不通", "没有", "未覆盖", "×", "x", "✗", "✘", "☒", "n", "no", "0", "false", "未进村", "未"),
    CoverageState.NONE,
)
_STATES |= dict.fromkeys(("停运", "暂停", "停", "停投", "已停运"), CoverageState.SUSPENDED)
_STATES |= dict.fromkeys(("回退", "已回退"), CoverageState.RELAPSED)
_SILENT = {"", "-", "--", "—", "/", "未报", "不适用", "…"}
_SPLIT = re.compile(r"[+、,，;；/和及与&\s()（）:：]+")


@dataclass(frozen=True)
class Service:
    """What a cell says of a brand in a village."""

    state: CoverageState
    modes: frozenset[CoverageMode]


@lru_cache(maxsize=4096)
def read_service(text: str) -> Service | str | None:
    """``直投+驻村设点``, ``邮快（停运）``, ``√``, ``否`` → Service; None when blank; else the odd word."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _SILENT:
        return None
    state: CoverageState | None = None
    modes: set[CoverageMode] = set()
    words: list[str] = [word for word in _SPLIT.split(plain) if word]
    for word in words:
        mode = _MODES.get(word) or _MODES.get(re.sub(r"(?:合作|模式|方式|进村)$", "", word))
        if mode is not None:
            modes.add(mode)
        elif word in _STATES:
            # The worse word wins: 邮快（停运） is not running.
            state = _STATES[word] if state in {None, CoverageState.NORMAL} else state
        else:
            return word
    if state is CoverageState.NONE:
        return Service(state, frozenset()) if not modes else text
    return Service(state or CoverageState.NORMAL, frozenset(modes))


class EvidenceKind(StrEnum):
    """How somebody knows that a brand serves a village (证据)."""

    VISIT = "实地核查"
    PHOTO = "照片"
    PHONE = "电话核实"
    SYSTEM = "系统数据"
    COMPANY = "企业自报"
    FILE = "文件"


_EVIDENCE: dict[str, EvidenceKind] = {
    **{kind.value: kind for kind in EvidenceKind},
    **dict.fromkeys(("实地", "现场", "现场核查", "走访", "实地走访", "现场检查", "巡查"), EvidenceKind.VISIT),
    **dict.fromkeys(("图片", "拍照", "现场照片"), EvidenceKind.PHOTO),
    **dict.fromkeys(("电话", "电话抽查", "电话回访"), EvidenceKind.PHONE),
    **dict.fromkeys(("系统", "后台数据", "平台数据", "运单", "轨迹"), EvidenceKind.SYSTEM),
    **dict.fromkeys(("企业报送", "自报", "企业上报"), EvidenceKind.COMPANY),
    **dict.fromkeys(("文件材料", "书面", "证明"), EvidenceKind.FILE),
}
MOST_CHECKER = 60


def read_evidence_kind(text: str) -> str:
    """现场 → 实地核查; an unknown word is kept as it stands, cut to twenty characters; empty when nothing is said."""
    plain = text.strip()
    if plain in _SILENT or plain in {"无", "没有"}:
        return ""
    return _EVIDENCE.get(plain, plain)[:20]


def read_checker(text: str) -> str:
    """Who has looked; empty when nobody is named."""
    plain = text.strip()
    return "" if plain in _SILENT or plain == "无" else plain[:MOST_CHECKER]


_CHARGED = frozenset({"收费", "加收", "收", "存在", "有收费", "有加收", "二次收费", "违规收费", "另收费"})
_FREE = frozenset(
    {"不收费", "不加收", "未收费", "未加收", "不收", "未收", "免费", "无加收", "不存在", "未发现", "无收费"}
)
_PRICE = re.compile(r"^(?:加?收|另收|每件)*(\d+(?:\.\d+)?)元?(?:[/每]件)?$")


def read_charge(text: str) -> bool | str | None:
    """Whether people pay extra: 是, 收费, 加收2元 → True, 否, 免费, 0元 → False; None when blank, else the odd word."""
    plain = re.sub(r"(?<=.)\(.*\)$", "", unicodedata.normalize("NFKC", text).strip())
    if plain in _CHARGED or plain in _FREE:
        return plain in _CHARGED
    price = _PRICE.match(plain)
    if price is not None:
        return float(price.group(1)) > 0
    service = read_service(plain)
    if isinstance(service, Service) and not service.modes:
        return service.state is CoverageState.NORMAL
    return None if service is None else text


def read_count(text: str) -> int | None:
    """A whole number from 0, with or without words around it (每周7次 → 7); None when there is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-")
    numbers = re.findall(r"-?\s*\d+(?:\.\d+)?|负\s*\d+", plain)
    return int(numbers[0]) if len(numbers) == 1 and numbers[0].isdecimal() else None


_DAILY = re.compile(r"^(?:每天|天天|每日|日日|一天一次|每天一次|每日一次|一日一投|每日投递|每天投递)$")
_IN_WORDS = re.compile(r"^(?:每周|一周|周)?([一二两三四五六七十])(?:次|班|趟)?(?:/周)?(?:以上|及以上)?$")
_NUMERALS = {**{sign: n for n, sign in enumerate("一二三四五六七", start=1)}, "两": 2, "十": 10}


def read_frequency(text: str) -> int | None:
    """Deliveries a week: 每周2次, 三次, 每天 (7); None when there is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _DAILY.match(plain):
        return 7
    said = _IN_WORDS.match(plain)
    return _NUMERALS[said.group(1)] if said is not None else read_count(text)
