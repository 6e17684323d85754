"""What the user has said of single columns, before anything is recognised: it goes before heads and profiles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.importing.draft import Draft
from desktop_app.importing.profiles import head_levels
from desktop_app.importing.recognise.by_profile import roles_of, understood
from desktop_app.importing.said import AUTO, SKIP

_NUMBER = re.compile(r"第\s*(\d{1,3})\s*列")


def settle_said(draft: Draft) -> None:
    """Let the user's words stand for the heads of their columns; a word that nobody understands is refused."""
    for name, meaning in draft.options.meanings:
        column = _column(draft.shown, name)
        if column is None:
            heads = "、".join(head for head in draft.shown if head)[:80]
            draft.error("COLUMN_UNKNOWN", f"表里没有列“{name}”", f"列名有：{heads}；也可写第几列，如 第3列")
        elif meaning not in {AUTO, SKIP} and not understood(head_levels(meaning, (), "")):
            draft.error(
                "MEANING_UNKNOWN",
                f"“{meaning}”不是认识的含义",
                f"写指标名称（可加单位，如 快递业务量 · 万件）、企业、月份，或 {SKIP}",
                column=draft.shown[column],
            )
        else:
            draft.said[column] = meaning
    levels = list(draft.levels)
    for column, meaning in draft.said.items():
        if meaning == AUTO:
            draft.ground(f"列“{_name(draft, column)}”按您说的自动识别，不用方案")
            continue
        levels[column] = _levels(draft, column, meaning)
        draft.ground(f"列“{_name(draft, column)}”按您说的读作 {meaning}")
    _one_of_a_role(draft, levels)
    draft.levels = tuple(levels)
    draft.names = tuple("/".join(level) for level in levels)


def _name(draft: Draft, column: int) -> str:
    return draft.shown[column] or f"第{column + 1}列"


def _column(heads: Sequence[str], name: str) -> int | None:
    """By the head as written, else by number (第3列)."""
    if name in heads:
        return heads.index(name) if name else None
    found = _NUMBER.fullmatch(name.strip())
    number = int(found[1]) - 1 if found else -1
    return number if 0 <= number < len(heads) else None


def _levels(draft: Draft, column: int, meaning: str) -> tuple[str, ...]:
    """The head that the words stand for; a unit in them goes before the file's own."""
    if meaning == SKIP:
        return ()
    if " · " in meaning:
        return head_levels(meaning, (), "")
    return head_levels(meaning, draft.levels[column], draft.table.unit)


def _one_of_a_role(draft: Draft, levels: list[tuple[str, ...]]) -> None:
    """A column that the user names 企业 is the one of its role; another whose own head says so gives way."""
    for column, meaning in draft.said.items():
        roles = roles_of(levels[column]) if meaning not in {AUTO, SKIP} else frozenset()
        for other, level in enumerate(levels):
            if roles and other not in draft.said and level and roles & roles_of(level):
                levels[other] = ()
                draft.ground(f"列“{_name(draft, other)}”不用：您指定了“{_name(draft, column)}”是{meaning}")
