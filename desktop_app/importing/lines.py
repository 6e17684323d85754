"""What one line of a sheet looks like: number, total, note, unit or column-index line. Pure text rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_NUMBER = re.compile(
    r"[-+−]?[(]?[-+−]?\s*[¥￥]?[\d,. ]*\d[\d,. ]*(?:[eE][-+]?\d+)?\s*[%‰]?[)]?\s*[万亿]?\s*[件元个票笔家]?-?"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_CODE = re.compile(r"\d{6,18}")
_TOTAL_ENDS = ("合计", "小计", "总计", "共计")
_TOTAL_WORDS = {"计", "全县", "全市", "全区", "全州", "全旗", "全局", "汇总", "总数", "总和", "total", "sum"}
_NOTE = re.compile(
    r"(?:注|说明|备注|附注|附|资料来源|数据来源|来源|填表人|填表|制表人|制表|填报人|填报日期|审核人|审核|复核|经办|"
    r"单位负责人|统计负责人|负责人|联系人|联系电话|联系方式|电话|报出日期|报送日期|(?:制表|打印|导出|生成|下载)(?:日期|时间|人)?|第\s*\d+\s*页|共\s*\d+\s*页|"
    r"本表|以上|上述|数据截至|截至|截止)\s*(?:[:：(（、.\d\s]|$|由|不|为|数据|仅|含|包含)|[*※#①②③④⑤⑥⑦⑧⑨⑩]|[(（]?注|续表|[-—\s]*以下(?:空白|无正文|无数据|为空)|(?i:sources?|(?:foot)?notes?)\s*:"
)
_UNIT_LINE = re.compile(
    r"(?:计量|金额|数量)?单位\s*[:：]\s*([^\s,，;；()（）]+(?:\s*[,，、/和及;；]\s*[^\s,，;；()（）]+)*)"
)
_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff（）()/ \u3000]{1,14}[:：]")
_ORDINALS = "甲乙丙丁戊己庚辛"
_LONG_NOTE = 24
_FEW = 3
_LONGEST_FIGURE = 60
"""Longer texts are no figures; looking at them would take for ever."""
_LONGEST_LINE = 2000


def is_number(text: str) -> bool:
    """Whether a cell is a figure (codes and years are figures here too)."""
    if not text or len(text) > _LONGEST_FIGURE:
        return False
    if text.isascii():
        if text.isdigit():
            return True
        if text[0].isalpha():
            return False
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def once(row: Sequence[str]) -> list[str]:
    """Filled cells, a merged range once."""
    return [cell for column, cell in enumerate(row) if cell and (column == 0 or row[column - 1] != cell)]


def cells_of(row: Sequence[str]) -> int:
    """Filled cells; words that a merge repeats over the whole line are one."""
    filled = [cell for cell in row if cell]
    return 1 if len(set(filled)) == 1 and not is_number(filled[0]) else len(filled)


def is_year(text: str) -> bool:
    """2019, 2020年: a figure that may well stand in a head."""
    return _YEAR.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """A run of 6 to 18 digits."""
    return _CODE.fullmatch(text) is not None


def is_total(cells: Sequence[str]) -> bool:
    """合计, 小计, 总计 …: by the first words of the line (a serial number before them does not matter)."""
    words = 0
    for cell in cells:
        if not cell or is_number(cell):
            continue
        bare = "".join(cell.split()).rstrip("：:").lower()
        bare = bare.split("(")[0].split("（")[0]
        if bare.endswith(_TOTAL_ENDS) or bare in _TOTAL_WORDS:
            return True
        words += 1
        if words == 2:
            break
    return False


def opens_as_note(cells: Sequence[str]) -> bool:
    """注：…, 填表人：… at the beginning of the line."""
    first = next((cell for cell in cells if cell), "")
    return _NOTE.match(first) is not None


def is_note(cells: Sequence[str], columns: int) -> bool:
    """注：…, 填表人：… or one long sentence; never a line that fills most of the table."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return False
    if len(filled) > max(2, columns // 2) and not sum("：" in c or ":" in c for c in filled) * 2 >= len(filled):
        return False
    if opens_as_note(filled):
        # 电话, 100 in a list of expenses is no note; 电话：0432-… is.
        return ":" in filled[0] or "：" in filled[0] or not any(is_number(cell) for cell in filled[1:])
    return len(filled) == 1 and columns >= 3 and len(filled[0]) > _LONG_NOTE and not is_code(filled[0])


def is_labelled(cells: Sequence[str]) -> bool:
    """``开户行：… 账号：…``, ``审批： 复核：``: every filled cell is a label with a colon, and its value."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_LABEL.match(cell) for cell in filled)


def unit_of_line(cells: Sequence[str]) -> str:
    """``单位：件、元`` anywhere in the line → ``件、元``; empty when there is none.

    ``填报单位：`` and ``单位负责人：`` name a company or a person and are no units.
    """
    for cell in cells:
        for match in _UNIT_LINE.finditer(unicodedata.normalize("NFKC", cell[:_LONGEST_LINE])):
            before = match.string[: match.start()].rstrip()
            if not before.endswith(("填报", "报送", "编制", "制表", "主管", "企业", "报告")):
                return match[1].strip()
    return ""


def names_unit_beside(cells: Sequence[str]) -> bool:
    """``2020年快递企业数, , , 计量单位：家``: a title with its unit beside; in the first cell it may be a corner."""
    texts = once(cells)
    return len(texts) <= _FEW and any(_UNIT_LINE.fullmatch(unicodedata.normalize("NFKC", t)) for t in texts[1:])


def is_key_value(cells: Sequence[str]) -> bool:
    """``填报单位：… 填报时间：…``: at least half of the filled cells carry a colon."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(":" in cell or "：" in cell for cell in filled) >= len(filled)


def is_index_line(cells: Sequence[str]) -> bool:
    """``甲 乙 丙 1 2 3``: the column numbers under the head of an official form."""
    filled = [cell.strip("()（）") for cell in cells if cell]
    if filled and filled[0] in {"栏次", "行次"}:
        filled = ["甲", *(cell for cell in filled if cell not in {"栏次", "行次"})]
    if len(filled) < 2 or filled[0] not in {"甲", "A"}:
        return False
    numbers = [cell for cell in filled if cell.isdigit()]
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        # A company of this name and its figures.
        return False
    return all(cell.isdigit() or is_ordinal(cell) for cell in filled)


def is_ordinal(text: str) -> bool:
    """甲, 乙 … or a single Latin letter, in brackets or not."""
    bare = text.strip("()（）")
    return len(bare) == 1 and (bare in _ORDINALS or (bare.isascii() and bare.isalpha()))
