"""Photos and files of coverage records, as they are shown: checked against their hash first."""

from __future__ import annotations

import io
from pathlib import PurePath

from desktop_app.reporting.pdfium import PDFIUM
from desktop_app.services.coverage_entry import evidence_of
from desktop_app.services.results.proof import Proof
from desktop_app.storage.engine import Ledger

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif"})
_SCALE = 1.6
"""Pixels a point: an A4 page fills a screen."""


def proof_of(ledger: Ledger, sha256: str) -> Proof:
    """The photo or file with what can be shown of it: a picture itself, a PDF's first page.

    :raises LedgerError: it is not there, or is no longer what was stored.
    """
    name, content = evidence_of(ledger, sha256)
    ending = PurePath(name).suffix.lower()
    picture = content if ending in _PICTURES else _first_page(content) if ending == ".pdf" else b""
    return Proof(sha256, name, content, picture)


def _first_page(content: bytes) -> bytes:
    """The first page as PNG; nothing when it is no PDF after all."""
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return b""
        try:
            image = document[0].render(scale=_SCALE).to_pil()
        finally:
            document.close()
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
