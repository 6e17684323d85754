"""测算 on paper: each estimate with its formula and its assumption, under a heading that says what it is."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.indicators.results.savings import Estimate
from desktop_app.reporting.content import Block, Heading, KeepTogether, Note, Paragraph, Text


def estimate_blocks(estimates: Sequence[Estimate]) -> list[Block]:
    """Nothing without estimates: they are off until the bureau wants them."""
    if not estimates:
        return []
    said: list[Block] = [Heading("测算（不是统计数）")]
    for each in estimates:
        said.append(Paragraph((Text(each.words),)))
        said.append(Note((Text(f"{each.formula}。{each.assumptions}"),), label="公式和假设"))
    return [KeepTogether(tuple(said))]
