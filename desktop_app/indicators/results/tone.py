"""How a word is meant, for colour and icon."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How a word or tag is coloured; always together with the word itself."""

    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    NEUTRAL = "neutral"
