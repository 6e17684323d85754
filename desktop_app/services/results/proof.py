"""A photo or file kept with a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """``content`` has been checked against ``sha256``. ``picture``: an image of it, or empty."""

    sha256: str
    name: str
    content: bytes
    picture: bytes = b""
