"""测算 on paper: each estimate with its formula and its assumption, under a heading that says what it is."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.indicators.results.savings import Estimate
from desktop_app.reporting.content import Block, Heading, KeepTogether, Note, Text


def estimate_blocks(estimates: Sequence[Estimate]) -> list[Block]:
    """Nothing without estimates: they are off until the bureau wants them."""
    if not estimates:
        return []
    said = (
        Note((Text(each.words, bold=True), Text(f"公式：{each.formula}。{each.assumptions}"))) for each in estimates
    )
    return [KeepTogether((Heading("测算（不是统计数）"), *said))]
