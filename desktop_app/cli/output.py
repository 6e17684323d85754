"""Printing: one JSON document, or a plain table for people."""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Sequence


def emit(arguments: argparse.Namespace, data: object, text: str) -> None:
    """Print ``data`` as JSON when asked for, else ``text``.

    A reader that has gone (``| head``) takes nothing away from what was done: the command's own status stands.
    """
    try:
        if arguments.json:
            print(json.dumps(data, ensure_ascii=False, indent=2), flush=True)
        elif text:
            print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width(text: str) -> int:
    """Columns of a terminal that a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns padded to equal width."""
    widths = [max(width(line[i]) for line in [heads, *rows]) for i in range(len(heads))]
    lines = [
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *rows]
    ]
    return "\n".join(lines) if rows else "（没有）"
