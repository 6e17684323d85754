"""Tables of words whose rows are numbered: problems of a file, items of a scoring sheet, companies of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop_app.reporting.content import Align, Column, Row, Table, Text

NUMBER = Column("序号", Align.CENTER, Decimal("0.5"))


def numbered_table(
    title: str, columns: Sequence[Column], lines: Iterable[Sequence[str]], *, reason: str, form: bool = False
) -> Table:
    """A table with 序号 before ``columns``.

    :param lines: the words of each row.
    :param reason: printed when there are none.
    :param form: it is filled in by hand.
    """
    rows = tuple(words_row((str(number), *line)) for number, line in enumerate(lines, start=1))
    return Table(title, (NUMBER, *columns), rows, reason=reason, form=form)


def words_row(words: Iterable[str]) -> Row:
    """A row of plain words."""
    return Row(tuple((Text(text),) for text in words))
