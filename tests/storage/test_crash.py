"""The power goes in the middle of an import: what was committed stays, what was not is gone whole."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from desktop_app.storage.batches import list_batches
from desktop_app.storage.engine import Ledger
from desktop_app.storage.integrity import check_ledger
from desktop_app.storage.observations import current_observations, observations_of_batch

WRITER = """
import sys
from desktop_app.storage.opening import open_ledger
from tests.storage.makers import figure, store_figures

ledger = open_ledger(sys.argv[1])
with ledger.write() as session:
    store_figures(session, *[figure(n, indicator=f"DONE{n}") for n in range(500)])
print("committed", flush=True)
with ledger.write() as session:
    for part in range(1000):
        store_figures(session, *[figure(n, indicator=f"LOST{part}.{n}") for n in range(500)])
        if part == 5:  # far enough that rows have been spilled to the disk
            session.connection().exec_driver_sql("PRAGMA cache_spill=1")
            print("half way", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_writer_loses_nothing_committed_and_leaves_no_half_batch(ledger: Ledger) -> None:
    assert ledger.path is not None
    arguments = [sys.executable, "-c", WRITER, str(ledger.path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["committed\n", "half way\n"]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with ledger.read() as session:
        found = current_observations(session)
        assert sorted(row.indicator for row in found) == sorted(f"DONE{n}" for n in range(500))
        (only,) = list_batches(session)
        assert len(observations_of_batch(session, only.id)) == 500
    assert all(result.ok for result in check_ledger(ledger))
    with ledger.write() as session:  # and the ledger can be written again at once
        assert list_batches(session)
