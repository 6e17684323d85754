"""What 快递进村 does beside showing its board: village pages, rates, tiles, maps and main brands, in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.services.results.proof import Proof
from desktop_app.services.results.reports import ReportFile
from desktop_app.services.results.rural_map import RuralMap, TilePlaces
from desktop_app.services.results.tone import Tone
from desktop_app.views.jobs import Lane
from desktop_app.views.rural.proof_dialog import ProofDialog
from desktop_app.views.rural.rates import BrandsDialog
from desktop_app.views.rural.town_card import MAP, RATES, TILES, TownCard
from desktop_app.views.rural.village_page import VillageDialog

if TYPE_CHECKING:
    from desktop_app.services.results.main_brands import BrandList
    from desktop_app.views.rural.tab import RuralTab


class RuralWork:
    """Hands of one tab; every answer comes through the tab's jobs."""

    def __init__(self, tab: RuralTab, card: TownCard) -> None:
        self._tab, self._card = tab, card
        self._by = "town"
        self._known: set[str] = set()
        self.dialog: VillageDialog | None = None
        self.proof: ProofDialog | None = None
        self.brands_dialog: BrandsDialog | None = None
        card.turned.connect(self._turned)
        card.rates.by_chosen.connect(self._regroup)
        card.rates.brands_asked.connect(self._ask_brands)
        card.tiles.moved.connect(self._keep_tiles)
        card.load_asked.connect(self.ask_map)
        card.map.village_asked.connect(self.open_village)

    def board_shown(self) -> None:
        """Another month or other figures: what is derived from them is asked for again when it is looked at."""
        self._known.discard(RATES)
        self._turned(self._card.view)
        if self.dialog is not None and self.dialog.isVisible() and self.dialog.page is not None:
            self.open_village(self.dialog.page.code)

    def _turned(self, view: str) -> None:
        backend, month = self._tab.desk.backend, self._tab.desk.month
        if view in self._known or month is None:
            return
        self._known.add(view)
        if view == TILES:
            self._tab.run(
                "tiles", lambda *_: backend.tile_places(), on_result=self._card.tiles.set_places, lane=Lane.QUICK
            )
        elif view == MAP:
            self._tab.run("map", lambda *_: backend.rural_map(), on_result=self._card.set_map, lane=Lane.QUICK)
        elif view == RATES:
            by = self._by
            self._tab.run(
                "rates",
                lambda *_: backend.rural_rates(month, by),
                on_result=self._card.rates.show_table,
                lane=Lane.QUICK,
            )

    def forget(self) -> None:
        """Another ledger: nothing of the old one holds."""
        self._known.clear()
        if self.dialog is not None:
            self.dialog.close()

    def _regroup(self, by: str) -> None:
        self._by = by
        self._known.discard(RATES)
        self._turned(RATES)

    # ------------------------------------------------------------------------------------------- villages

    def open_village(self, code: str) -> None:
        """Open the page of a village, or turn the open one to it."""
        backend, month = self._tab.desk.backend, self._tab.desk.month
        if month is None:
            return
        if self.dialog is None:
            self.dialog = VillageDialog(self._tab)
            self.dialog.print_asked.connect(self._print_village)
            self.dialog.proof_asked.connect(lambda sha256: self.show_proof(sha256, self.dialog))
        self._tab.run(
            "village",
            lambda *_: backend.village(code, month),
            on_result=self._show_village,
            on_error=self._tab.desk.complain,
            lane=Lane.QUICK,
        )

    def _show_village(self, page: object) -> None:
        if self.dialog is not None:
            self.dialog.show_page(page)  # type: ignore[arg-type]  # what the job above was asked for
            self.dialog.show()
            self.dialog.raise_()

    def show_proof(self, sha256: str, above: QWidget | None) -> None:
        """Show the photo or file of a record over ``above``."""
        backend = self._tab.desk.backend

        def show(proof: Proof) -> None:
            dialog = self.proof = ProofDialog(proof, above or self._tab)
            dialog.save_asked.connect(lambda: self._save_proof(dialog))
            dialog.open()

        self._tab.run(
            "proof", lambda *_: backend.proof(sha256), on_result=show, on_error=self._tab.desk.complain, lane=Lane.QUICK
        )

    def _save_proof(self, dialog: ProofDialog) -> None:
        chooser = QFileDialog(dialog, "另存附件", dialog.proof.name)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.selectFile(dialog.proof.name)
        chooser.fileSelected.connect(lambda name: self.write_proof(Path(name), dialog.proof.content))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def write_proof(self, out: Path, content: bytes) -> None:
        """Write a photo or file."""
        self._tab.run(
            "save proof",
            lambda *_: out.write_bytes(content),
            on_result=lambda _size: self._tab.desk.say(f"已存到 {out}", Tone.GOOD),
            on_error=self._tab.desk.complain,
        )

    def _print_village(self, out: Path) -> None:
        backend, month = self._tab.desk.backend, self._tab.desk.month
        page = self.dialog.page if self.dialog is not None else None
        if month is None or page is None:
            return
        self._tab.run(
            "village-print",
            lambda *_: backend.write_village(page.code, month, out),
            on_result=self._printed,
            on_error=self._tab.desk.complain,
        )

    def _printed(self, made: ReportFile) -> None:
        self._tab.desk.say(f"已存成 {made.file.name}", Tone.GOOD, str(made.file.parent))

    # ------------------------------------------------------------------------------------------- places

    def _keep_tiles(self, places: TilePlaces) -> None:
        backend = self._tab.desk.backend
        self._tab.run("tiles-keep", lambda *_: backend.set_tile_places(places), on_error=self._tab.desk.complain)

    def ask_map(self) -> None:
        """Choose a file of boundaries or points."""
        found, _ = QFileDialog.getOpenFileName(
            self._tab, "装入界线或村的点", "", "界线、点 (*.geojson *.json *.csv *.xlsx *.xls);;全部文件 (*)"
        )
        if found:
            self.load_map(Path(found))

    def load_map(self, file: Path) -> None:
        """Load it."""
        backend = self._tab.desk.backend
        self._tab.run(
            "map-load",
            lambda *_: backend.load_rural_map(file),
            on_result=self._map_loaded,
            on_error=self._tab.desk.complain,
        )

    def _map_loaded(self, loaded: RuralMap) -> None:
        self._known.add(MAP)
        self._card.set_map(loaded)
        words = f"已装入 {len(loaded.shapes)} 个界线、{len(loaded.points)} 个点"
        if loaded.unmatched:
            some = "、".join(loaded.unmatched[:5])
            self._tab.desk.say(words, Tone.WARN, f"有 {len(loaded.unmatched)} 个与名录对不上：{some}")
        else:
            self._tab.desk.say(words, Tone.GOOD)

    # ------------------------------------------------------------------------------------------- main brands

    def _ask_brands(self) -> None:
        backend, month = self._tab.desk.backend, self._tab.desk.month
        if month is not None:
            self._tab.run(
                "brands", lambda *_: backend.main_brands(month.year), on_result=self._show_brands, lane=Lane.QUICK
            )

    def _show_brands(self, known: BrandList) -> None:
        dialog = self.brands_dialog = BrandsDialog(known, self._tab)
        dialog.finished.connect(lambda result: self._set_brands(known, dialog) if result else None)
        dialog.open()

    def _set_brands(self, known: BrandList, dialog: BrandsDialog) -> None:
        backend, brands = self._tab.desk.backend, dialog.brands
        if set(brands) == set(known.chosen):
            return
        self._tab.run(
            "brands-set",
            lambda *_: backend.set_main_brands(known.year, brands),
            on_result=self._brands_set,
            on_error=self._tab.desk.complain,
        )

    def _brands_set(self, made: BrandList) -> None:
        self._tab.desk.say(f"{made.year}年起主要品牌 {len(made.chosen)} 个", Tone.GOOD, "、".join(made.chosen))
        self._tab.desk.announce_change()
