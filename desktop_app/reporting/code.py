"""The short code of a printed report (编号): it follows from what the report says, not from when it was made."""

from __future__ import annotations

import hashlib
import re

from desktop_app.reporting.content import Document, figures

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is read as a digit."""
_LENGTH = 10
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def report_code(document: Document) -> str:
    """``K7Q2M-4XD9P``: two reports have one code exactly when title, edition and every figure are the same.

    The day on which it was made is left out: the same month printed again tomorrow is the same report.
    """
    said = [document.title, document.period_label, document.edition.value]
    said += [f"{f.code}|{f.measure}|{f.period}|{f.subject}|{f.text}|{f.unit}" for f in figures(document)]
    number = int.from_bytes(hashlib.sha256("\n".join(said).encode()).digest())
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_DIGITS))
        letters.append(_DIGITS[place])
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def read_code(typed: str) -> str:
    """A typed or scanned code in its one spelling; what is none comes back as it is, to be said in the message."""
    bare = re.sub(r"[\s\-—－_]", "", typed.upper()).translate(_MISREAD)
    return f"{bare[:5]}-{bare[5:]}" if len(bare) == _LENGTH and set(bare) <= set(_DIGITS) else typed.strip()


def foot_words(document: Document) -> str:
    """What stands in the foot of every page beside its number: title, edition, code."""
    return f"{document.title}\u3000{document.edition_words}\u3000编号 {report_code(document)}"
