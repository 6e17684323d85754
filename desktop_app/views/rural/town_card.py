"""The card at the left: townships as heat map, as tiles, on a real map, and their rates."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.services.results.rural import RuralBoard
from desktop_app.services.results.rural_map import RuralMap
from desktop_app.views.rural.heat import LOW_PCT, TownHeat
from desktop_app.views.rural.rates import RatesPage
from desktop_app.views.rural.tile_map import TileMap
from desktop_app.views.rural.village_map import VillageMap
from desktop_app.views.rural.villages import village_lines
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice

HEAT, TILES, MAP, RATES = "heat", "tiles", "map", "rates"
_TITLES = {
    HEAT: ("乡镇 × 品牌通达", f"通达村占比 %，斜纹为低于 {LOW_PCT}%"),
    TILES: ("乡镇方块图", "拖动方块，摆成本地的样子"),
    MAP: ("乡镇地图", ""),
    RATES: ("进村指标", ""),
}


class TownCard(Card):
    """``turned(view)``: another view is shown. ``load_asked()``: load a map."""

    turned = Signal(str)
    load_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(*_TITLES[HEAT], parent)
        self.views = SegmentedChoice(((HEAT, "热力"), (TILES, "方块"), (MAP, "地图"), (RATES, "指标")))
        self.views.chosen.connect(self.turn_to)
        self.definition = DropDown("口径", (("any", "任一品牌通达"),))
        self.reset_button = button("复原", self._reset, small=True, tip="方块按代码重新排")
        self.load_button = button("装入…", self.load_asked.emit, small=True, tip="装入界线或村的点")
        self.heat = TownHeat()
        self.tiles = TileMap()
        self.map = VillageMap()
        self.map.load_asked.connect(self.load_asked)
        self.rates = RatesPage()
        for widget in (self.reset_button, self.load_button, self.views, self.definition):
            self.add_action(widget)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._pages: dict[str, QWidget] = {HEAT: self.heat, TILES: self.tiles, MAP: self.map, RATES: self.rates}
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.add(room, 1)
        self._dress()

    def set_board(self, board: RuralBoard) -> None:
        """Show another month or definition."""
        self.definition.set_options(board.definitions, board.definition)
        self.heat.set_board(board)
        self.tiles.set_towns(board.towns)
        self.map.set_board(board.towns, village_lines(board.villages, board.gaps))

    def set_map(self, loaded: RuralMap) -> None:
        """Boundaries and points."""
        self.map.set_map(loaded)
        self._dress()

    @property
    def view(self) -> str:
        """heat, tiles, map or rates."""
        return self.views.key

    def turn_to(self, view: str) -> None:
        """Show another view of the townships."""
        self.views.set_key(view)
        self._stack.setCurrentWidget(self._pages[view])
        self._dress()
        self.turned.emit(view)

    def _dress(self) -> None:
        title, subtitle = _TITLES[self.view]
        self.set_title(title)
        self.set_subtitle(subtitle)
        self.reset_button.setVisible(self.view == TILES)
        self.load_button.setVisible(self.view == MAP and self.map.drawn)
        self.definition.setVisible(self.view != RATES)

    def _reset(self) -> None:
        self.tiles.reset()
