"""The clipboard of Excel and WPS, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.views.entry.block import read_block, write_block


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ("1\t2\n3\t4", (("1", "2"), ("3", "4"))),
        ("1\r2\r", (("1",), ("2",))),
        ("1\t\t3\n", (("1", "", "3"),)),
        ("1\n\n3\n", (("1",), ("",), ("3",))),
        ("1\t2\n3\n", (("1", "2"), ("3", ""))),
        ('"多\n行"\t2', (("多 行", "2"),)),
        ('"说""是"""\t2', (('说"是"', "2"),)),
        ('5" 管\t2', (('5" 管', "2"),)),
        ('"没有合上\t2', (('"没有合上', "2"),)),
        (" 1 \t２", (("1", "２"),)),
        ("7\0", (("7",),)),
        ("", (("",),)),
        ("\t\n", (("", ""),)),
    ],
)
def test_blocks_as_they_come(text: str, cells: tuple[tuple[str, ...], ...]) -> None:
    assert read_block(text) == cells


CELLS = st.text(st.sampled_from('1.,万人未报—"x'), max_size=5)


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), min_size=1, max_size=4)))
def test_what_is_copied_is_pasted_as_it_was(rows: list[tuple[str, ...]]) -> None:
    assert read_block(write_block(rows) + "\n") == tuple(rows)
