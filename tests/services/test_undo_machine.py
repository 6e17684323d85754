"""Imports, corrections, returns and undos in any order: what is left equals a ledger that never saw what was undone."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from desktop_app.errors import LedgerError
from desktop_app.models.values import Month
from desktop_app.services import imports, ledger
from desktop_app.services.dependants import dependants
from desktop_app.storage.engine import Ledger
from tests.services.demo import REGION
from tests.services.undoing import (
    BRANDS,
    COMPANIES,
    MODES,
    MONTHS,
    VILLAGES,
    Step,
    companies,
    do,
    market,
    registry,
    rural,
    shown,
)

SOME_VILLAGES = st.sets(st.sampled_from(sorted(VILLAGES)), min_size=1).map(lambda found: tuple(sorted(found)))
SOME_COMPANIES = st.sets(st.sampled_from(range(len(COMPANIES))), min_size=1).map(lambda found: tuple(sorted(found)))
MONTH = st.sampled_from(MONTHS)
VOLUME = st.integers(min_value=1000, max_value=1400)


class Desk(RuleBasedStateMachine):
    """A clerk's weeks: whatever is done, the ledger equals one that only saw what still stands."""

    blank: Path
    """An empty ledger, copied for each run."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="undo-"))
        self.ledger = self._fresh("a")
        self.standing: dict[int, Step] = {}

    def _fresh(self, name: str) -> Ledger:
        path = Path(shutil.copy(self.blank, self.folder / f"{name}.db"))
        return ledger.open_ledger(path)

    def _do(self, step: Step) -> None:
        batch = do(self.ledger, step, self.folder)
        event(f"{step.name[:2]} {'stored' if batch else 'not stored'}")
        if batch is not None:
            self.standing[batch] = step

    @initialize(known=st.sampled_from([True, True, False]))
    def begin(self, *, known: bool) -> None:
        """Most runs begin with registers, so that figures find their companies and villages."""
        if known:
            self._do(registry(tuple(sorted(VILLAGES)), ""))
            self._do(companies((0, 1, 2), "", "快递"))

    @rule(present=SOME_VILLAGES, renamed=st.sampled_from(["", *sorted(VILLAGES)]))
    def registry(self, present: tuple[str, ...], renamed: str) -> None:
        """A village register comes in: the first one, or one with other villages and names."""
        self._do(registry(present, renamed))

    @rule(present=SOME_COMPANIES, short=st.sampled_from(["", "新"]), alias=st.sampled_from(["快递", "速运"]))
    def companies(self, present: tuple[int, ...], short: str, alias: str) -> None:
        """A company register comes in."""
        self._do(companies(present, short, alias))

    @rule(numbers=SOME_COMPANIES, month=MONTH, volume=VOLUME, status=st.sampled_from(["快报", "月报"]))
    def market(self, numbers: tuple[int, ...], month: Month, volume: int, status: str) -> None:
        """Figures come in: first ones, revisions and corrections alike."""
        self._do(market(numbers, month, volume, status))

    @precondition(lambda self: self._figures())
    @rule(data=st.data(), volume=VOLUME)
    def correct(self, data: st.DataObject, volume: int) -> None:
        """A sheet that stands already comes again with other figures."""
        old = self.standing[data.draw(st.sampled_from(self._figures()), label="corrected")]
        name, _, month = old.name.removesuffix(".csv").partition("_")
        self._do(market((0, 1), Month.parse(month), volume, name))

    @rule(number=st.sampled_from(range(len(COMPANIES))), month=MONTH, volume=VOLUME)
    def send_back(self, number: int, month: Month, volume: int) -> None:
        """A company's file is returned."""
        self._do(market((number,), month, volume, "月报", returned=True))

    @rule(villages=SOME_VILLAGES, month=MONTH, modes=st.permutations(MODES).map(lambda m: tuple(m[: len(BRANDS)])))
    def rural(self, villages: tuple[str, ...], month: Month, modes: tuple[str, ...]) -> None:
        """Village records come in."""
        self._do(rural(villages, month, modes))

    @precondition(lambda self: self._figures())
    @rule(data=st.data())
    def undo_figures(self, data: st.DataObject) -> None:
        """A sheet of figures or a return is taken back, corrected since or not."""
        self._undo(data.draw(st.sampled_from(self._figures()), label="batch"))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Any batch is taken back, the oldest as well as the newest; a refusal is the one that was foretold."""
        self._undo(data.draw(st.sampled_from(sorted(self.standing)), label="batch"))

    def _figures(self) -> list[int]:
        return [batch for batch, step in self.standing.items() if step.name.startswith(("快报", "月报"))]

    def _undo(self, batch: int) -> None:
        foretold = dependants(self.ledger, batch)
        before = shown(self.ledger) if foretold.refused else {}
        try:
            imports.undo_batch(self.ledger, batch, "放错了")
        except LedgerError as error:
            said = error.message
        else:
            said = ""
        assert said == foretold.refused, "what would be refused is told before, and nothing else"
        if said:
            assert shown(self.ledger) == before
            event("undo refused")
            return
        event(f"undone {self.standing[batch].name[:2]}")
        del self.standing[batch]

    def teardown(self) -> None:
        other = self._fresh("b")
        try:
            for step in self.standing.values():
                assert do(other, step, self.folder) is not None, f"{step.name} stands here and would not stand alone"
            assert shown(self.ledger) == shown(other)
        finally:
            self.ledger.close()
            other.close()
            shutil.rmtree(self.folder)


def test_undo_equals_a_ledger_that_never_saw_it(tmp_path: Path) -> None:
    Desk.blank = tmp_path / "blank.db"
    ledger.create(Desk.blank, REGION).close()
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=20,
            stateful_step_count=16,
            deadline=None,
            # Shrinking would take minutes; the steps of the failing run are printed as they are.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
