"""The units that a file states around its table (单位：件、万元; 注：金额单位为万元), wherever it says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from desktop_app.importing.lines import unit_of_line

_OF_WRITER = ("填报", "报送", "编制", "制表", "主管", "企业", "报告")
"""Before 单位 these make it a company or an office."""
_STATED = re.compile(r"单位\s*(?:[:：]|(?:均|都|皆)?(?:为|是))\s*")
_UNIT = r"(?:[十百千万亿]{0,2}(?:件|票|元)|[十百千万亿]{0,2}(?:美元|美金|港元|港币|欧元|日元|英镑|外币)|吨|公斤|千克)"
_SPOKEN = re.compile(
    rf"(?:金额|收入|业务量|件量|数量|票数|数据|件数|量)[^，。；,;:：\d]{{0,6}}?(?:为|以|按|用)\s*({_UNIT})"
    r"(?=计|为单位|填|表示|统计|[，。；,;、\s)）]|$)"
)
"""收入以万元计, 金额均为万元; never with a figure between (收入为3万元)."""
_LABELLED = re.compile(rf"(?:量|收入|金额|件数|票数)\s*[:：]\s*({_UNIT})(?=[，。；,;、\s)）]|$)")
_BRACKETS = re.compile(r"[(（\[【]\s*(?:(?:计量|金额)?单位\s*[:：]\s*)?([^()（）\[\]【】]{1,16})[)）\]】]")
_SPLIT = re.compile(r"[,，、/;；]|和|及")
_MEASURED = re.compile(rf"^[\u4e00-\u9fff]{{1,8}}?[量入额数]\s*({_UNIT})$")
_LONGEST_LINE = 2000


def told_units(before: Sequence[Sequence[str]], notes: Sequence[Sequence[str]], is_unit: Callable[[str], bool]) -> str:
    """Everything that is stated, joined by 、; empty when nothing is.

    :param before: cells of the lines above the head, a merged range once.
    :param notes: cells of the notes below the table.
    :returns: one plain statement as it stands (``件/元``); of several, each unit once.
    """
    plain = next((found for cells in before if (found := unit_of_line(cells))), "")
    plain = plain or next((found for cells in notes if (found := unit_of_line(cells))), "")
    stated: list[str] = []
    for lines, titled in ((before, True), (notes, False)):
        for cells in lines:
            for cell in cells:
                stated += _stated(unicodedata.normalize("NFKC", cell[:_LONGEST_LINE]), is_unit, titled=titled)
    words = list(dict.fromkeys(stated))
    return plain if set(words) <= set(_words(plain, is_unit)) else "、".join(words)


def bracketed_units(text: str, is_unit: Callable[[str], bool]) -> list[str]:
    """``2021年5月业务量（万件）`` → 万件; brackets that hold anything but units say nothing."""
    found: list[str] = []
    for match in _BRACKETS.finditer(text):
        words = _words(match[1], is_unit)
        if words and all(is_unit(word) or re.fullmatch(_UNIT, word) for word in words):
            found += words
    return found


def _words(text: str, is_unit: Callable[[str], bool]) -> list[str]:
    if is_unit(text.strip()):
        return [text.strip()]
    return [word.strip() for word in _SPLIT.split(text) if word.strip()]


def _stated(text: str, is_unit: Callable[[str], bool], *, titled: bool) -> Iterator[str]:
    for match in _STATED.finditer(text):
        if not text[: match.start()].rstrip().removesuffix("计量").endswith(_OF_WRITER):
            words = _list_after(text[match.end() :], is_unit)
            # “单位：” may be followed by a unit that nobody knows; “单位是…” mostly begins a sentence.
            colon = match[0].rstrip().endswith(":")
            yield from (word for word in words if colon or is_unit(word) or re.fullmatch(_UNIT, word))
    for pattern in (_SPOKEN, _LABELLED):
        yield from (match[1] for match in pattern.finditer(text))
    if titled:
        yield from bracketed_units(text, is_unit)


def _list_after(tail: str, is_unit: Callable[[str], bool]) -> Iterator[str]:
    """Units behind “单位：”: a list, or words of measures with their units (业务量（万件）、收入万元)."""
    tail = _STATED.split(tail)[0].split("。")[0]
    first, *others = tail.split() or [""]
    outside = _BRACKETS.sub("、", first)
    for word in (*_words(outside.strip("()"), is_unit), *bracketed_units(first, is_unit)):
        measured = _MEASURED.match(word)
        unit = measured[1] if measured else word
        if ":" not in unit and not unit.endswith(("量", "收入", "金额", "单位", "其他")):
            yield unit
    for word in others:
        # Behind a blank only what is a unit belongs to the list (万件 万元).
        words = _words(word, is_unit)
        if not words or not all(is_unit(each) for each in words):
            return
        yield from words
