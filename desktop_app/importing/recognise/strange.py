"""Units that nobody may read as the usual ones: currencies and weights in heads, names of rows and columns of units."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.catalogue.lookup import find_unit
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import FileKind
from desktop_app.importing.recognise.figures import find_indicator, names_aspect, read_head
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.said import SKIP, Answer

_CURRENCY = re.compile(
    r"[(\[{/]?\s*(?:单位:)?[十百千万亿]{0,2}(?:美元|美金|美圆|港元|港币|港纸|欧元|日元|日圆|英镑|韩元|卢布|澳元|加元|新台币|台币|澳门元|外币"
    r"|US\$|HK\$|[$€£]|(?<![A-Za-z])(?:USD|HKD|EUR|JPY|GBP|KRW|RUB|TWD|MOP)(?![A-Za-z]))[计]?\s*[)\]}]?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"[(\[/]\s*(?:单位:)?[十百千万亿]{0,2}(?:吨|公斤|千克|市斤|斤|克|kg|立方米|m³|m3)\s*[)\]]?", re.IGNORECASE
)
_VALUE_WORDS = {"数值", "数量", "金额", "指标值", "值", "数据", "本期数", "本月数", "完成数"}
_ROWS = frozenset({FileKind.OFFICIAL_FORM, FileKind.LONG, FileKind.MONTHS})
_FIGURES = _ROWS | {FileKind.WIDE, FileKind.GREEN}


def strange_unit(text: str) -> tuple[str, str]:
    """The foreign unit in a text and the text without it (``收入(万美元)`` → 万美元, 收入); empty words for none."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (_CURRENCY, _WEIGHT):
        if match := pattern.search(plain):
            return match[0].strip("()[]{}/ "), (plain[: match.start()] + plain[match.end() :]).strip()
    return "", plain


def tell_strange_heads(draft: Draft) -> None:
    """A column of figures whose head names such a unit is refused; what the user has said of it goes before."""
    if draft.kind not in _FIGURES:
        return
    for column, levels in enumerate(draft.levels):
        if column in draft.said or column in draft.by_profile:
            continue
        found = [strange_unit(level) for level in levels]
        unit = next((unit for unit, _ in found if unit), "")
        if unit and _is_figures([rest for _, rest in found if rest], column, draft.shown[column]):
            draft.error(
                "UNIT_UNKNOWN",
                f"“{draft.shown[column]}”的单位写着“{unit}”，不是认识的单位，不能当作元或件读",
                "请企业折算成元、件再报；这一列不用的，可以不收",
                column=draft.shown[column],
                value=unit,
                answers=[Answer("不收这一列", meanings=((draft.key(column), SKIP),))],
            )


def _is_figures(levels: list[str], column: int, name: str) -> bool:
    if not levels:
        return True
    word = levels[-1]
    if names_aspect(word) or word in _VALUE_WORDS or read_head(levels, column, name) is not None:
        return True
    mention = find_month("".join(levels))
    return mention.month is not None or mention.number is not None


def tell_strange_rows(draft: Draft) -> None:
    """Rows whose name or column of units says such a unit, in tables whose rows are indicators."""
    if draft.kind not in _ROWS:
        return
    names = [column for column, meaning in draft.meanings.items() if meaning in {"指标", "分项"}]
    units = [column for column, meaning in draft.meanings.items() if meaning == "单位"]
    for row in draft.table.data_rows:
        if row in draft.broken_rows or row in draft.skipped:
            continue
        for column in names:
            unit, rest = strange_unit(draft.cell(row, column))
            if unit and find_indicator((rest,)) is not None:
                _tell_row(draft, row, column, unit)
                break
        else:
            for column in units if draft.kind is FileKind.MONTHS else ():
                text = draft.cell(row, column)
                if any(map(str.isalpha, text)) and find_unit(text) is None:
                    _tell_row(draft, row, column, text)


def _tell_row(draft: Draft, row: int, column: int, unit: str) -> None:
    draft.error(
        "UNIT_UNKNOWN",
        f"“{unit}”不是认识的单位，不能当作元或件读",
        "请企业折算成元、件再报",
        row=row,
        column=draft.shown[column],
        value=draft.cell(row, column),
    )
