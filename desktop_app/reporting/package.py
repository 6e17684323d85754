"""Office files are zip archives: one with the same contents gets the same bytes, whatever the clock says."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def settle(data: bytes, made_on: date, out: Path) -> None:
    """Write the package ``data`` to ``out`` with the document's own day as its only date.

    :raises OSError: the place cannot be written.
    """
    stamp = f"{made_on:%Y-%m-%d}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _STAMP.sub(rb"\g<1>" + stamp, content)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
