"""Catalogue files as checked tables: every slip in a file becomes a CatalogueError with file, entry and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.errors import CatalogueError

_REASONS = {
    "Cannot overwrite a value": "同一个键写了两次",
    "Cannot declare": "同一张表写了两次",
    "Cannot mutate immutable": "同一张表写了两次",
    "Invalid value": "值的写法不对，文字要放在英文双引号里",
    "Expected '='": "键的后面缺少等号",
    "Unterminated string": "文字缺少右引号",
    "Expected newline": "值的后面有多余的字，一行只写一个键",
    "Unclosed": "括号没有配对",
    "Illegal character": "有不允许的字符，或文字缺少右引号",
    "Invalid statement": "这一行不是“键 = 值”",
    "Invalid initial character": "键的第一个字符不对，键用英文",
    "Unescaped": "文字里的反斜杠要写两个",
    "Expected ']'": "缺少右方括号",
}
EDIT_HINT = "用记事本打开该文件改正，或恢复为随程序提供的文件"

MAX_EXPONENT = 18
"""Numbers beyond 10¹⁸ are slips; an exponent of millions would exhaust the memory."""

KEY_WORDS = {
    "code": "代码",
    "name": "名称",
    "short": "简称",
    "group": "分组",
    "kind": "指标性质",
    "owner": "数据来源方",
    "base_unit": "基本单位",
    "county": "县级印法",
    "national": "全国印法",
    "unit": "单位",
    "decimals": "小数位数",
    "polarity": "方向",
    "definition": "口径",
    "definition_version": "口径版本",
    "source": "出处",
    "formula": "公式",
    "parts": "分项",
    "parent": "所属合计",
    "aliases": "别名",
    "core": "核心",
    "entry": "录入",
    "every": "录入频次",
    "towns": "分乡镇录入",
    "base": "基本单位",
    "factor": "换算倍数",
    "comparator": "比较符",
    "value": "目标值",
    "as_of": "完成时间",
    "scope": "范围",
    "clause": "条款",
    "text": "原文",
    "path": "分组路径",
    "indicator": "指标",
    "title_words": "表名用字",
    "row": "行",
    "line": "目标行",
    "target": "目标",
    "severity": "松紧",
    "threshold": "界限",
    "label": "中文名",
    "frequency": "频度",
    "dimensions": "维度",
    "retired": "停用",
    "campaign": "专项治理",
    "sampled": "抽查",
    "item": "评分项",
    "full": "满分",
    "vetoes": "一票否决",
    "pass_pct": "达标比例",
    "earlier": "以前的口径",
    "valid_from": "启用月份",
    "valid_to": "止于月份",
    "min": "最小值",
    "max": "最大值",
    "version": "口径版本",
    "key": "口径代号",
    "how": "算法",
    "note": "说明",
}


def broken(where: str, reason: str, hint: str = EDIT_HINT) -> CatalogueError:
    """The error for one broken entry."""
    return CatalogueError(reason, hint=hint, where=where)


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file as a dictionary, decimals kept exact; a Windows byte-order mark is accepted.

    :raises CatalogueError: unreadable, not UTF-8 or not TOML, with line and column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise broken(path.name, "文件读不出来", "检查文件是否还在、能否打开") from error
    return parse_toml(content, path.name)


def parse_toml(content: bytes, name: str) -> dict[str, Any]:
    """The bytes of a TOML file as a dictionary; ``name`` is what errors call it.

    :raises CatalogueError: not UTF-8 or not TOML, with line and column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(name, "文件不是 UTF-8 编码", "在记事本中另存为 UTF-8 编码") from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise broken(name, _toml_reason(str(error))) from error
    except (ArithmeticError, RecursionError, ValueError) as error:
        raise broken(name, "有一个数太大，或者括号套得太深") from error


def _toml_reason(message: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", message)
    at = f"第{place[1]}行第{place[2]}列" if place else "文件末尾"
    reason = next((said for start, said in _REASONS.items() if message.startswith(start)), "写法不合 TOML 规则")
    return f"{at}：{reason}"


def _key(key: str) -> str:
    word = KEY_WORDS.get(key)
    return f"{key}（{word}）" if word else key


class Entry:
    """One table of a catalogue file; reads typed values and remembers which keys were asked for.

    :param table: the table as parsed.
    :param where: file and entry for messages, e.g. ``green.toml · 指标 GRN.TAPE``.
    """

    def __init__(self, table: object, where: str) -> None:
        if not isinstance(table, dict):
            raise broken(where, "此处应为一张表（键 = 值）")
        self._table: Mapping[str, Any] = table
        self._asked: set[str] = set()
        self.where = where

    def error(self, reason: str) -> CatalogueError:
        """An error about this entry."""
        return broken(self.where, reason)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        self._asked.add(key)
        return key in self._table

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; ``default`` when the key is absent."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self.error(f"{_key(key)}应为文字，要放在英文双引号里")
        if not value.strip() and default is None:
            raise self.error(f"{_key(key)}不能为空")
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{_key(key)}应为整数")
        return value

    def decimal(self, key: str) -> Decimal:
        """A finite number, exact."""
        value = self._value(key, None)
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
            raise self.error(f"{_key(key)}应为数字，不加引号和单位")
        number = Decimal(value)
        if abs(number.adjusted()) > MAX_EXPONENT:
            raise self.error(f"{_key(key)}的数太大或太小")
        return number

    def flag(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{_key(key)}应为 true 或 false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is absent."""
        return tuple(self._list(key, str, "文字"))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty when the key is absent."""
        return tuple(self._list(key, int, "整数"))

    def table(self, key: str) -> Entry:
        """An inner table."""
        return Entry(self._value(key, None), f"{self.where} · {_key(key)}")

    def tables(self, key: str) -> list[Entry]:
        """A list of inner tables, each named by its place."""
        return [Entry(item, f"{self.where} · 第{n}{KEY_WORDS.get(key, key)}") for n, item in self._numbered(key)]

    def _numbered(self, key: str) -> list[tuple[int, object]]:
        return list(enumerate(self._list(key, dict, "表"), start=1))

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be passed over in silence."""
        for key in self._table:
            if key not in self._asked:
                known = "、".join(sorted(self._asked))
                raise self.error(f"不认识的键 {key}；可用：{known}")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._table:
            return self._table[key]
        if default is None:
            raise self.error(f"缺少 {_key(key)}")
        return default

    def _list(self, key: str, kind: type, word: str) -> list[Any]:
        value = self._value(key, [])
        if not isinstance(value, list) or any(type(item) is not kind for item in value):
            raise self.error(f"{_key(key)}应为{word}的列表，写在方括号里")
        return value
