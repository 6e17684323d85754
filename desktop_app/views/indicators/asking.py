"""What the tab asks of the backend, resolved in the worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.models.values import CellState, Month
from desktop_app.services.results.figures import IndicatorBoard, IndicatorDetail, TreeNode
from desktop_app.views.backend import Backend

FIRST_CODE = "MKT.VOL"


@dataclass(frozen=True)
class Wish:
    """What the user wants to see; an empty group means the group of ``code``."""

    code: str = FIRST_CODE
    group: str = ""
    enterprise: str = ""
    region: str = ""

    @property
    def enterprise_id(self) -> int | None:
        """For the backend."""
        return int(self.enterprise) if self.enterprise.isdecimal() else None


@dataclass(frozen=True)
class Answer:
    """Table and details for a wish that has been made definite."""

    wish: Wish
    nodes: tuple[TreeNode, ...]
    board: IndicatorBoard
    detail: IndicatorDetail | None
    blank: bool = False
    """The ledger holds no figures at all."""


@dataclass(frozen=True)
class PageAnswer:
    """What a page beside 数据 asked for, with the tree that its boxes choose from."""

    nodes: tuple[TreeNode, ...]
    answer: object


def on_page(backend: Backend, question: Callable[[], object]) -> Callable[[], PageAnswer]:
    """The question of a page."""
    return lambda: PageAnswer(backend.indicator_tree(), question())


def definite(wish: Wish, nodes: tuple[TreeNode, ...]) -> Wish:
    """The same wish with its group named; an unknown code falls back to the first indicator."""
    places = {
        node.code: f"{upper.name}/{lower.name}"
        for upper in nodes
        for lower in upper.children
        for node in lower.children
    }
    if wish.group:
        return wish
    code = wish.code if wish.code in places else FIRST_CODE
    return Wish(code, places.get(code, ""), wish.enterprise, wish.region)


def ask(backend: Backend, month: Month, wish: Wish) -> Callable[[], Answer]:
    """The question of the tab."""

    def question() -> Answer:
        nodes = backend.indicator_tree()
        wanted = definite(wish, nodes)
        region = wanted.region or None
        board = backend.indicator_board(month, wanted.group, wanted.enterprise_id, region)
        codes = [line.figure.code for line in board.lines]
        code = wanted.code if wanted.code in codes else (codes[0] if codes else "")
        detail = backend.indicator_detail(code, month, wanted.enterprise_id, region) if code else None
        silent = all(line.figure.state is not CellState.VALUE for line in board.lines)
        blank = silent and not backend.open().first_month
        return Answer(Wish(code, wanted.group, wanted.enterprise, wanted.region), nodes, board, detail, blank)

    return question
