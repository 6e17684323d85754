"""The code in the hidden sheet of a template (模板编码): whose form it is and for which month, beyond any doubt."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.models.values import Month

SHEET = "模板编码"
"""Name of the hidden sheet."""
MARK = "邮管台账模板"
_VERSION = "1"


@dataclass(frozen=True)
class TemplateCode:
    """What the sheet says. ``form``: code of the official form."""

    form: str
    company: str
    month: Month
    region: str

    def rows(self) -> tuple[tuple[str, str], ...]:
        """The lines of the sheet, closed by a check word over all of them."""
        lines = (
            (MARK, _VERSION),
            ("表式", self.form),
            ("企业", self.company),
            ("月份", str(self.month)),
            ("地区", self.region),
        )
        return (*lines, ("校验", _check(lines)))


def _check(lines: Sequence[Sequence[str]]) -> str:
    text = "\n".join(f"{name}={value}" for name, value in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_code(lines: Sequence[Sequence[str]]) -> TemplateCode | None:
    """The code of a sheet; None when the sheet is no such code or was changed by hand."""
    pairs = [(row[0].strip(), row[1].strip()) for row in lines if len(row) >= 2 and row[0].strip()]
    if not pairs or pairs[0] != (MARK, _VERSION) or pairs[-1] != ("校验", _check(pairs[:-1])):
        return None
    said = dict(pairs)
    try:
        return TemplateCode(said["表式"], said["企业"], Month.parse(said["月份"]), said["地区"])
    except (KeyError, ValueError):
        return None
