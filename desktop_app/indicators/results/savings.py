"""Result of an estimate (测算)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """One estimate in a sentence, with the formula and the assumptions that are printed beside it."""

    words: str
    formula: str
    assumptions: str
