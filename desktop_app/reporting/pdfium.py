"""The one lock of PDFium."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
"""PDFium must not be called from two threads at once, not even for two documents."""
