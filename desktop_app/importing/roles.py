"""What each line of a sheet is: title, note, head, data, total, blank; where the table ends and another begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from desktop_app.importing.columns import is_typed, typed_columns, worded
from desktop_app.importing.heads import Head
from desktop_app.importing.lines import (
    cells_of,
    is_labelled,
    is_note,
    is_number,
    is_total,
    once,
    opens_as_note,
    unit_of_line,
)
from desktop_app.importing.plan import RowRole
from desktop_app.importing.preamble import is_pairs, keys_above

Row = Sequence[str]
_LOOK_AHEAD = 4
_SHORT_NOTE = 24
_LOOKED = 200
_LEAST_TITLE = 5
_SUMMARY = ("合计", "总计", "总额", "笔数")
_LABELS = (*_SUMMARY, "金额", "件数", "余额")


def find_roles(
    cells: Sequence[Row], head: Head | None, lengths: Sequence[int] | None, warnings: list[str]
) -> tuple[RowRole, ...]:
    """One role a line.

    :param lengths: cells of each line as written, where the lines differ in that.
    :param warnings: what was left out is added.
    """
    first = _first_line(cells, lengths) if head is None else head.rows[0]
    roles = [_role_above(row) for row in cells[:first]]
    if head is not None:
        roles += [RowRole.HEADER] * (head.last + 1 - first)
        if head.index_row is not None:
            labels = "、".join(once(cells[head.index_row])[:3])
            warnings.append(f"第{head.index_row + 1}行是各列的编号（{labels} …），不当数据")
    end = _end_of_table(cells, head, lengths, len(roles))
    if end < len(cells):
        warnings.append(f"第{end + 1}行起像是另一个表，没有读；如有需要请另存成一个文件")
    body = _Body(cells, head, lengths, end)
    for place in range(len(roles), end):
        roles.append(body.role(place))
    body.mark_closing_notes(roles)
    roles += [RowRole.UNREAD if any(line) else RowRole.BLANK for line in cells[end:]]
    return tuple(roles)


def _first_line(cells: Sequence[Row], lengths: Sequence[int] | None) -> int:
    """Where the data of a table without a head begin: below lines of one cell, if the table has three or more."""
    filled = Counter(width for row in cells[:200] if (width := sum(map(bool, row))) > 1)
    usual = max(filled, key=lambda width: (filled[width], width)) if filled else 0
    if usual < 3 and lengths is None:
        return _behind_titles(cells) if usual == 2 else 0
    skipped = keys_above(cells, lengths)
    for place, row in enumerate(cells[:60]):
        if place >= skipped and sum(map(bool, row)) > 1:
            return place
    return 0


def _behind_titles(cells: Sequence[Row]) -> int:
    """In a table of two columns: behind lines of one cell that a blank line sets off."""
    first = next((place for place, row in enumerate(cells[:60]) if sum(map(bool, row)) > 1), 0)
    return first if first > 1 and not any(cells[first - 1]) else 0


def _role_above(row: Row) -> RowRole:
    if not any(row):
        return RowRole.BLANK
    texts = once(row)
    if texts[0].startswith("#") or _names_more(texts[0]):
        # A comment of a text file above the head is its title; one that says its unit too is no mere line of units.
        return RowRole.TITLE
    if opens_as_note(texts) or (unit_of_line(texts) and len("".join(texts)) < _SHORT_NOTE):
        return RowRole.NOTE
    return RowRole.TITLE


def _names_more(text: str) -> bool:
    """``示例甲快递业务情况表（单位：件、元）``: a title with the unit behind it."""
    before, found, _ = text.partition("单位")
    return bool(found) and before.endswith(("（", "(")) and len(before) > _LEAST_TITLE


def _end_of_table(cells: Sequence[Row], head: Head | None, lengths: Sequence[int] | None, start: int) -> int:
    """Line on which another table begins; the number of lines when there is none."""
    blank = next((row for row in range(start + 1, len(cells)) if not any(cells[row])), len(cells))
    typed = typed_columns(cells[:blank], start)
    figures = [c for c in typed if any(is_number(row[c]) for row in cells[start : start + 30])]
    heads = {tuple(cells[row]) for row in head.rows} if head else set()
    above = {tuple(row) for row in cells[: head.rows[0]] if any(row)} if head else set()
    seen: set[tuple[str, ...]] = set()
    widths: Counter[int] = Counter()
    after_blank = False
    for place in range(start, len(cells)):
        row = tuple(cells[place])
        if not any(row):
            after_blank = True
            continue
        if row in above and _is_next_page(cells, place, above, heads):
            after_blank = False
            continue
        if row in heads:
            if _repeats(cells, place, seen):
                return place
        elif _opens_table(cells, place, figures) if after_blank else _is_full_head(cells, place, typed):
            return place
        if lengths is not None:
            if _other_width(cells, lengths, place, widths, after_blank=after_blank):
                return place
            widths[lengths[place]] += 1
        seen.add(row)
        after_blank = False
    return len(cells)


def _is_next_page(cells: Sequence[Row], place: int, above: AbstractSet[Row], heads: AbstractSet[Row]) -> bool:
    """From here come only lines that stand above the head too, and then the head again (分页)."""
    for row in map(tuple, cells[place:]):
        if row in heads:
            return True
        if any(row) and row not in above:
            return False
    return False


def _repeats(cells: Sequence[Row], place: int, seen: set[tuple[str, ...]]) -> bool:
    """Below a repeated head the same lines come again: a copy of the table, not its next page."""
    below = [tuple(row) for row in cells[place + 1 : place + 6] if any(row)]
    return bool(below) and all(row in seen for row in below)


def _opens_table(cells: Sequence[Row], place: int, figures: Sequence[int]) -> bool:
    """The line is the head of another table, or a title a few lines above one."""
    for at in range(place, min(place + _LOOK_AHEAD, len(cells))):
        if _is_head(cells, at, figures):
            return True
        if len(once(cells[at])) > 1:
            return False
    return False


def _is_head(cells: Sequence[Row], place: int, figures: Sequence[int]) -> bool:
    """A line of words only where figures stood, with figures again below it."""
    row = cells[place]
    if len(once(row)) < 2 or not figures or any(is_typed(cell) for cell in row) or is_total(row):
        return False
    inked = sum(1 for column in figures if row[column])
    below = next((line for line in cells[place + 1 :] if any(line)), ())
    return inked * 2 >= len(figures) and sum(map(is_number, below)) > 0 and not is_note(once(row), len(row))


def _is_full_head(cells: Sequence[Row], place: int, typed: Sequence[int]) -> bool:
    """Without a blank line above, another head must have words in every column of figures, and figures below."""
    row = cells[place]
    if not worded(row, typed, 3) or not all(row[c] for c in typed) or place + 1 >= len(cells):
        return False
    return sum(is_typed(cells[place + 1][c]) for c in typed) * 2 > len(typed)


def _other_width(
    cells: Sequence[Row], lengths: Sequence[int], place: int, before: Counter[int], *, after_blank: bool
) -> bool:
    """From here to the next blank line every line has another number of cells than every line before."""
    length = lengths[place]
    least = 1 if after_blank else 2
    if length < 2 or before[length] or max(before.values(), default=0) < least:
        return False
    count = 0
    for row in range(place, len(cells)):
        if not any(cells[row]):
            break
        if lengths[row] != length:
            return False
        count += 1
    named = length > 2 and place + 1 < len(cells) and not _digits(cells[place]) and _digits(cells[place + 1])
    return count >= (2 if after_blank or named else 3)


def _digits(row: Row) -> bool:
    return any(char.isdigit() for cell in row for char in cell)


class _Body:
    """The lines below the head."""

    def __init__(self, cells: Sequence[Row], head: Head | None, lengths: Sequence[int] | None, end: int) -> None:
        self._cells, self._lengths, self._end = cells, lengths, end
        self._start = head.last + 1 if head else 0
        self._columns = sum(1 for levels in head.levels if levels) if head else (len(cells[0]) if cells else 0)
        before = range(head.rows[0]) if head else range(0)
        self._repeated = {tuple(cells[row]): RowRole.TITLE for row in before if any(cells[row])}
        self._repeated |= {tuple(cells[row]): RowRole.HEADER for row in (head.rows if head else ())}
        if head is not None and head.index_row is not None:
            self._repeated[tuple(cells[head.index_row])] = RowRole.HEADER
        self._seen_note = False
        self._typed = typed_columns(cells, self._start)
        self._figures = typed_columns(
            [row for row in cells[self._start : min(end, self._start + _LOOKED)] if not is_pairs(row)], 0
        )
        full = (row for row in range(end - 1, self._start - 1, -1) if len(once(cells[row])) > 2)
        labels = (row for row in full if not is_labelled(cells[row]) and not self._is_pairs(cells[row]))
        self._last_full = next(labels, -1)
        self._usual = 0
        if lengths is not None:
            counted = Counter(lengths[row] for row in range(self._start, end) if any(cells[row]))
            self._usual = counted.most_common(1)[0][0] if counted else 0

    def role(self, place: int) -> RowRole:
        """What a line is by its own text."""
        row = self._cells[place]
        if not any(row):
            return RowRole.BLANK
        if tuple(row) in self._repeated:
            return self._repeated[tuple(row)]
        first = next(cell for cell in row if cell)
        texts = once(row)
        if self._is_footer(place, texts):
            self._seen_note = True
            return RowRole.NOTE
        if (not first.isdigit() or len(first) < 6) and is_total(row):
            return RowRole.TOTAL
        if is_note(texts, self._columns) and (opens_as_note(texts) or self._closes(place)):
            self._seen_note = True
            return RowRole.NOTE
        more = self._seen_note and cells_of(row) <= max(1, self._columns // 3)
        return RowRole.NOTE if more else RowRole.DATA

    def _is_footer(self, place: int, texts: Sequence[str]) -> bool:
        """Labels with colons, or a summary whose words stand in columns of figures (合计笔数, 3, 收入合计, 500)."""
        if self._columns < 3 or not self._closes(place):
            return False
        if is_labelled(texts) or (is_labelled(texts[:1]) and self._is_short(place, texts)):
            return True
        row = self._cells[place]
        first = next(column for column, cell in enumerate(row) if cell)
        words = [row[c] for c in self._typed if c > first and row[c] != row[first]]
        summary = is_total(row) and any(word.endswith(_SUMMARY) for word in words)
        return summary or self._is_pairs(row)

    def _is_pairs(self, row: Row) -> bool:
        """``借方笔数, 3, 借方金额, 300.00``: words and values by turns, and words in a column of figures."""
        return is_pairs(row) and any(row[c].rstrip("：:").endswith(_LABELS) for c in self._figures)

    def _is_short(self, place: int, texts: Sequence[str]) -> bool:
        """``已收入:0笔,0.00元``: fewer cells than the lines of the table, behind a note or as written."""
        written = self._lengths is not None and self._lengths[place] < self._usual
        return len(texts) < self._columns and (self._seen_note or written)

    def _closes(self, place: int) -> bool:
        """No full line comes after this one, but lines of labels."""
        return place >= self._last_full

    def mark_closing_notes(self, roles: list[RowRole]) -> None:
        """Lines of one cell at the end that are no data: shorter than the others, set off, or words under figures."""
        for place in range(len(roles) - 1, self._start - 1, -1):
            row = self._cells[place]
            if roles[place] is RowRole.DATA:
                if cells_of(row) != 1 or not self._is_closing(place, roles):
                    return
                roles[place] = RowRole.NOTE

    def _is_closing(self, place: int, roles: Sequence[RowRole]) -> bool:
        row = self._cells[place]
        short = self._lengths is not None and self._lengths[place] == 1
        if self._usual == 2:
            return short and place > 0 and self._set_off(place, roles)
        if self._columns < 3:
            return self._columns == 2 and not row[1] and self._both_filled(place) and self._set_off(place, roles)
        column = next(c for c, cell in enumerate(row) if cell)
        misplaced = column in self._typed and not is_typed(row[column])
        return short or misplaced or row[column].endswith("。") or self._set_off(place, roles)

    def _both_filled(self, end: int) -> bool:
        """Every line above with a second cell, down to the last that has one: a line without is no data."""
        above = [row for row in self._cells[self._start : end] if any(row)]
        while above and not above[-1][1]:
            above.pop()
        return bool(above) and all(all(row[:2]) for row in above)

    def _set_off(self, place: int, roles: Sequence[RowRole]) -> bool:
        """A blank line stands above this line or above the notes that it belongs to."""
        at = place
        while at > self._start and roles[at] in {RowRole.DATA, RowRole.NOTE} and sum(map(bool, self._cells[at])) == 1:
            at -= 1
        return roles[at] is RowRole.BLANK
