"""What the printing tab does about the words of a report: shows its paragraphs, writes what the clerk has typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.services.results.reports import DraftParagraph
from desktop_app.views.backend import Backend
from desktop_app.views.jobs import Lane
from desktop_app.views.printing.proof import Order, Proof
from desktop_app.views.printing.text_card import TextCard

if TYPE_CHECKING:
    from desktop_app.views.tab import Tab

_ENOUGH = 14
"""Characters by which a paragraph is found on its page."""

Step = Callable[[Backend, Order], None]


class ReportTexts(QObject):
    """Owns the card 改文字. ``changed`` when the report must be made anew; ``found(hits)`` where a paragraph stands."""

    changed = Signal()
    found = Signal(object)

    def __init__(self, tab: Tab[Any]) -> None:
        super().__init__(tab)
        self._tab = tab
        self._proof: Proof | None = None
        self._steps = 0
        self.card = TextCard()
        self.card.picked.connect(self._find)
        self.card.written.connect(self.write)
        self.card.reset_asked.connect(lambda key: self._step(lambda backend, o: backend.reset_text(*_address(o), key)))
        self.card.renew_asked.connect(
            lambda key: self._step(lambda backend, o: backend.renew_figures(*_address(o), key))
        )

    def show_proof(self, proof: Proof | None) -> None:
        """Another report, or the same one made anew; what is typed goes into the report it was typed for."""
        before = self._proof
        same = before is not None and proof is not None and before.order == proof.order
        if not same:
            self.card.commit()
        self._proof = proof
        self.card.show_paragraphs(proof.file.paragraphs if proof is not None else (), anew=not same)

    def forget(self) -> None:
        """The ledger is another one: nothing of the report before is written any more."""
        self._proof = None
        self.card.show_paragraphs((), anew=True)

    def write(self, key: str, text: str) -> None:
        """Write words over a paragraph."""
        self._step(lambda backend, order: backend.edit_text(*_address(order), key, text))

    def _step(self, step: Step) -> None:
        if self._proof is None:
            return
        order, backend = self._proof.order, self._tab.desk.backend
        # A key of its own each time: steps wait for each other, none replaces one before.
        self._steps += 1
        self._tab.run(
            f"text {self._steps}",
            lambda _progress, _cancelled: step(backend, order),
            on_result=lambda _none: self.changed.emit(),
        )

    def _find(self, paragraph: DraftParagraph) -> None:
        """Bring a paragraph into sight on its page."""
        words = paragraph.text.strip()[:_ENOUGH]
        if self._proof is None or not words or not paragraph.placed:
            return
        book = self._proof.book
        self._tab.run(
            "find",
            lambda _progress, cancelled: book.find(words, cancelled)[:1],
            on_result=self.found.emit,
            lane=Lane.QUICK,
        )


def _address(order: Order) -> tuple[str, str, str]:
    return order.kind, order.period, order.edition
