"""Mapping profiles (读表方案): the layout of a company's file, likeness of layouts, and what a profile settles.

A profile keeps for every column its head and what it was taken for, in the words that the preview shows
(快递业务量 · 件, 企业, 跳过). A column that explains itself is always read by its own head; a profile speaks only for
columns that do not, and for columns that the clerk has settled by hand.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.catalogue.lookup import find_unit, fold, split_unit
from desktop_app.errors import UserError
from desktop_app.importing.plan import FileKind, ImportPlan
from desktop_app.importing.said import AUTO, SKIP

LIKE = 0.6
"""Least likeness of two layouts that are taken for the same."""
NAME_LIKE = 0.6
"""Least likeness of two heads of which one is taken for the other renamed."""
FORMAT = "邮管台账读表方案"
LEARNED_KINDS = frozenset(
    {
        *(FileKind.OFFICIAL_FORM, FileKind.WIDE, FileKind.LONG, FileKind.GREEN, FileKind.COVERAGE, FileKind.MONTHS),
        FileKind.OUTLETS,
    }
)


@dataclass(frozen=True)
class ProfileColumn:
    """A head as written and its meaning. ``fixed``: the clerk has said so; it goes before the head's own words."""

    head: str
    meaning: str
    fixed: bool = False


@dataclass(frozen=True)
class Layout:
    """The fingerprint of a file (版式指纹)."""

    columns: tuple[ProfileColumn, ...]
    header_rows: int = 1
    unit: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class MappingProfile:
    """A named layout of one company; ``enterprise_id`` None: a table of several companies."""

    id: int
    name: str
    enterprise_id: int | None
    enterprise_name: str
    kind: FileKind
    layout: Layout
    uses: int = 0


@dataclass(frozen=True)
class Match:
    """How a profile lies over a table."""

    profile: MappingProfile
    likeness: float
    columns: Mapping[int, ProfileColumn] = field(default_factory=dict)
    """Column of the table → column of the profile."""
    doubtful: Mapping[int, ProfileColumn] = field(default_factory=dict)
    """Columns that stand where the profile has one of quite another name."""


def layout_of(plan: ImportPlan) -> Layout:
    """The layout that a plan was made from."""
    reading = plan.reading
    columns = tuple(
        ProfileColumn(head, plain_meaning(meaning))
        if said is None
        else ProfileColumn(head, _with_unit(said, plain_meaning(meaning)), fixed=True)
        for head, meaning, said in zip(reading.columns, plan.column_meanings, _by_hand(plan), strict=False)
        if head
    )
    return Layout(columns, len(reading.header_rows), reading.unit, reading.delimiter, reading.sheet)


def _by_hand(plan: ImportPlan) -> list[str | None]:
    """For each column what the user has said of it in this file."""
    said = {column: words for column, words in plan.said.items() if words != AUTO}
    return [said.get(column) for column in range(len(plan.reading.columns))]


def plain_meaning(meaning: str) -> str:
    """Without the remark behind it: 月收件（全村合计…） → 月收件."""
    return meaning.partition("（")[0] if "，" in meaning else meaning


def match(profile: MappingProfile, heads: Sequence[str], own: Sequence[bool]) -> Match:
    """Lay a profile over the heads of a table.

    :param own: for each column whether it explains itself; such a column is no renamed one.
    """
    wanted = list(profile.layout.columns)
    left = {place: fold(column.head) for place, column in enumerate(wanted)}
    found: dict[int, int] = {}
    for column, head in enumerate(heads):
        place = _nearest_same(left, fold(head), column) if head else None
        if place is not None:
            found[column] = place
            del left[place]
    exact = len(found)
    renamed = 0
    for column, head in enumerate(heads):
        if column in found or not head or own[column]:
            continue
        place = _most_like(left, fold(head))
        if place is not None:
            found[column] = place
            del left[place]
            renamed += 1
    filled = sum(map(bool, heads))
    likeness = 2 * (exact + 0.8 * renamed) / (filled + len(wanted)) if filled + len(wanted) else 0.0
    doubtful = {
        column: wanted[place]
        for column, place in _same_slots(heads, found, left).items()
        if not own[column] and wanted[place].meaning != SKIP
    }
    return Match(profile, likeness, {column: wanted[place] for column, place in found.items()}, doubtful)


def _nearest_same(left: Mapping[int, str], word: str, column: int) -> int | None:
    same = [place for place, name in left.items() if name == word]
    return min(same, key=lambda place: abs(place - column), default=None)


def _most_like(left: Mapping[int, str], word: str) -> int | None:
    """The one head that is like enough; none when two are equally like."""
    likes = sorted(((difflib.SequenceMatcher(None, name, word).ratio(), place) for place, name in left.items()))
    if not likes or likes[-1][0] < NAME_LIKE or (len(likes) > 1 and likes[-1][0] - likes[-2][0] < 0.05):
        return None
    return likes[-1][1]


def _same_slots(heads: Sequence[str], found: Mapping[int, int], left: Mapping[int, str]) -> dict[int, int]:
    """Columns without a match whose left neighbour is followed in the profile by a head that is gone."""
    slots: dict[int, int] = {}
    for column, head in enumerate(heads):
        before = found.get(column - 1, -1 if column == 0 else None)
        if head and column not in found and before is not None and before + 1 in left:
            slots[column] = before + 1
    return slots


def head_levels(meaning: str, written: Sequence[str], table_unit: str) -> tuple[str, ...]:
    """The head under which recognition understands a meaning; the file's own unit goes before the profile's."""
    words, _, unit = meaning.partition(" · ")
    words = words.removeprefix("品牌 ")
    words = {"地区": "地区代码", "期别": "口径"}.get(words, words)
    own = next((level for level in written if _names_unit(level)), "")
    if own:
        found = find_unit(own.strip("()（） ")) or split_unit(own)[1]
        unit = found.name if found else unit
    elif table_unit:
        unit = ""
    return (words, f"（{unit}）") if unit else (words,)


def _names_unit(level: str) -> bool:
    return find_unit(level.strip("()（） ")) is not None or split_unit(level)[1] is not None


# --------------------------------------------------------------------------------------------------- as a file


def dump_layout(layout: Layout) -> str:
    """Layout → JSON."""
    return json.dumps(_layout_data(layout), ensure_ascii=False)


def load_layout(text: str) -> Layout:
    """JSON → layout.

    :raises UserError: not a layout.
    """
    try:
        return _read_layout(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("方案内容损坏", hint="请删去这个方案；下次入库时会重新学到") from error


def to_file(profiles: Sequence[MappingProfile]) -> str:
    """Profiles as a shareable JSON file; companies go by name, because their numbers differ from ledger to ledger."""
    items = [
        {"name": p.name, "company": p.enterprise_name, "kind": p.kind.value, "layout": _layout_data(p.layout)}
        for p in profiles
    ]
    return json.dumps({"format": FORMAT, "version": 1, "profiles": items}, ensure_ascii=False, indent=1) + "\n"


def from_file(text: str) -> tuple[MappingProfile, ...]:
    """Profiles of a shared file, not yet tied to companies (id 0).

    :raises UserError: no such file.
    """
    try:
        data = json.loads(text)
        known = data["format"] == FORMAT and data["version"] == 1
        found = tuple(
            MappingProfile(
                0, str(item["name"]), None, str(item["company"]), FileKind(item["kind"]), _read_layout(item["layout"])
            )
            for item in data["profiles"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("这不是读表方案文件", hint="请选用 profiles export 导出的 JSON 文件") from error
    if not known:
        raise UserError("这不是读表方案文件，或来自更新的程序", hint="请选用 profiles export 导出的 JSON 文件")
    return found


def _layout_data(layout: Layout) -> dict[str, object]:
    columns = [{"head": c.head, "meaning": c.meaning, "fixed": c.fixed} for c in layout.columns]
    return {
        "columns": columns,
        "header_rows": layout.header_rows,
        "unit": layout.unit,
        "delimiter": layout.delimiter,
        "sheet": layout.sheet,
    }


def _read_layout(data: Mapping[str, object]) -> Layout:
    columns = data["columns"]
    if not isinstance(columns, list):
        raise TypeError
    return Layout(
        tuple(ProfileColumn(str(c["head"]), str(c["meaning"]), c["fixed"] is True) for c in columns),
        int(str(data["header_rows"])),
        str(data["unit"]),
        str(data["delimiter"]),
        str(data["sheet"]),
    )


def merged(old: Layout, new: Layout, released: Collection[str] = ()) -> Layout:
    """A layout learned again: what the clerk has settled stays settled, what she settles now goes before it.

    :param released: heads that are to be read by themselves again.
    """
    free = {fold(head) for head in released}
    fixed = {fold(column.head): column for column in old.columns if column.fixed and fold(column.head) not in free}
    same_units = old.unit == new.unit
    columns = tuple(
        column
        if column.fixed or (settled := fixed.get(fold(column.head))) is None
        else _kept(settled, column, same_units=same_units)
        for column in new.columns
    )
    return replace(new, columns=columns)


def _kept(settled: ProfileColumn, now: ProfileColumn, *, same_units: bool) -> ProfileColumn:
    """A settled column under its new head; when the file names its units otherwise, with the unit it was read in."""
    if now.head == settled.head and same_units:
        return settled
    return ProfileColumn(now.head, _with_unit(settled.meaning.partition(" · ")[0], now.meaning), fixed=True)


def _with_unit(said: str, read: str) -> str:
    """The words of the clerk, with the unit in which the column was read where she named none."""
    return read if read.partition(" · ")[0] == said else said
