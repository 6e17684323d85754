"""What the set-up scripts say, in Chinese and English."""

from __future__ import annotations


class Stop(Exception):  # noqa: N818  it ends the run; the reason is the user's to mend
    """Set-up cannot go on; the message says why and what to do."""


def say(chinese: str, english: str) -> None:
    """Print one line of progress at once, before a long step begins."""
    print(f"{chinese} / {english}", flush=True)
