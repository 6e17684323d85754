"""Codes (代码) stay text: zeros are kept, restored only where the length proves them; lost digits are refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_FORMULA = re.compile(r'="?([^"]*)"?')


@dataclass(frozen=True)
class CodeRead:
    """A code as it is to be looked up; ``why``: what was changed; ``problem``: why it cannot be read."""

    code: str
    why: str = ""
    problem: str = ""
    hint: str = ""


@lru_cache(maxsize=65536)
def read_code(text: str, lengths: Sequence[int]) -> CodeRead:
    """A code of one of these lengths.

    Full-width digits, blanks, ``="…"``, a leading apostrophe and ``.0`` lose nothing and are taken off. Digits in
    scientific notation are gone for good. A shorter run of digits is left as it is: which zero is missing cannot be
    known, except that a code of one digit too few in a two-digit column begins with one.
    """
    if text.isascii() and text.isalnum() and len(text) in lengths and text.upper() == text:
        return CodeRead(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(plain):
        return CodeRead(
            text,
            problem=f"“{text}”成了科学计数法，后面的数字已经丢失，不能恢复",
            hint="请企业在表格里把这一列设为“文本”，重新填写完整代码再发",
        )
    bare = plain
    if match := _FORMULA.fullmatch(bare):
        bare = match[1]
    bare = re.sub(r"[\s'`\-]", "", bare)
    whole = re.sub(r"\.0+$", "", bare)
    if len(whole) in lengths and whole.isalnum() and whole.isascii():
        return CodeRead(whole.upper(), _why(text, plain, bare, whole))
    if whole.isdigit() and 2 in lengths and len(whole) == 1:
        return CodeRead(whole.zfill(2), "前面的 0 丢了，按两位代码补上")
    return CodeRead(text)


def _why(text: str, plain: str, bare: str, whole: str) -> str:
    if whole != bare:
        return "代码被存成了小数，去掉末尾的“.0”"
    if text.strip() != plain:
        return "全角字符"
    if bare != plain:
        return "去掉代码里的空格和引号"
    return "小写字母改成大写" if whole.upper() != whole else ""


def cut_by_spreadsheet(code: str) -> bool:
    """Whether a long number has gone through a spreadsheet, which keeps 15 digits and puts zeros for the rest."""
    return code.isdigit() and len(code) > 15 and code[15:].strip("0") == ""
