"""Villages of a new register, written by a thread while their file is still being read."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from desktop_app.models.region import FIRST_MONTH, Region
from desktop_app.storage.bulk import unchecked
from desktop_app.storage.bulk_regions import FLAGGED, insert_statement

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_WAITING = 4
"""Blocks that may wait for being written; more would only fill the memory."""


_INTERVAL = 0.0005
"""Seconds that reading may keep the interpreter from the thread that writes, which wants it for a moment only."""


class VillageStream:
    """Within a write transaction that does not look at keys; the batch is to be stored before it ends.

    Until ``with`` is left, nothing else may use the session while blocks are being written: call ``discard`` or
    ``finish`` first. SQLite leaves the interpreter free during a statement, so that reading goes on meanwhile.
    """

    def __init__(self, session: Session, kinds: Sequence[str], batch: int) -> None:
        connection = session.connection()
        self.batch = batch
        """Number of the batch that these villages will belong to."""
        self.usable = connection.dialect.name == "sqlite" and _is_empty(session)
        """Whether every unit is new: only then can one be written before the whole file is known."""
        self._kinds = kinds
        self._raw: Any = connection.connection.dbapi_connection
        self._unchecked = unchecked(session)
        self._waiting: deque[Future[None]] = deque()
        self._statements: list[str] = []
        self._open = False

    def __enter__(self) -> Self:
        self._thread = ThreadPoolExecutor(1, "villages")
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(_INTERVAL)
        self._unchecked.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        sys.setswitchinterval(self._interval)
        self._unchecked.__exit__()

    def restart(self, *, counted: bool) -> None:
        """Forget what was written; ``counted``: whether the lines to come have head counts."""
        self.discard()
        self._raw.execute("SAVEPOINT villages")
        self._open = True
        self._statements = [
            insert_statement(kind, flagged=kind == FLAGGED, counted=counted, server=False) for kind in self._kinds
        ]

    def put(self, kind: int, text: bytes) -> None:
        """Write packed villages of one kind, one a line; waits when the database falls behind."""
        self._waiting.append(self._thread.submit(self._write, self._statements[kind], text))
        while len(self._waiting) > _WAITING:
            self._waiting.popleft().result()

    def finish(self) -> None:
        """Wait until all is written.

        :raises sqlite3.Error: what went wrong with it.
        """
        while self._waiting:
            self._waiting.popleft().result()

    def discard(self) -> None:
        """Take back what was written."""
        self.finish()
        if self._open:
            self._raw.execute("ROLLBACK TO villages")
            self._raw.execute("RELEASE villages")
            self._open = False

    def _write(self, statement: str, text: bytes) -> None:
        # No line holds a quote, a backslash or a control character.
        rows = b'["%b"]' % text[:-1].replace(b"\n", b'","')
        self._raw.execute(statement, {"rows": rows, "month": FIRST_MONTH, "batch": self.batch})


def _is_empty(session: Session) -> bool:
    return session.scalars(select(Region.id).limit(1)).first() is None
