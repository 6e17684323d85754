"""Loading the catalogue: all TOML files of a folder, the bureau's own files on top, checked and linked."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.catalogue import checks
from desktop_app.catalogue.families import alternates, read_family
from desktop_app.catalogue.forms import read_form
from desktop_app.catalogue.indicators import read_indicator
from desktop_app.catalogue.model import Catalogue, Indicator
from desktop_app.catalogue.programmes import read_programme
from desktop_app.catalogue.reading import Entry, broken, read_toml
from desktop_app.catalogue.rule_reading import read_check, read_rules
from desktop_app.catalogue.scoring import read_scoring
from desktop_app.catalogue.targets import read_document
from desktop_app.catalogue.units import UnitIndex, check_units, read_unit
from desktop_app.paths import resources_dir

_KINDS = {
    "unit": ("name", "单位"),
    "group": ("path", "分组"),
    "indicator": ("code", "指标"),
    "form": ("code", "报表"),
    "programme": ("code", "方案"),
    "plan": ("code", "文件"),
    "family": ("code", "口径"),
    "scoring": ("code", "评分表"),
    "check": ("code", "审核规则"),
}
"""Top-level list → the key that names an entry, and the word for it in messages."""

Places = dict[str, Entry]
_Read = TypeVar("_Read")


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The shipped catalogue, read once; with ``extra``, the bureau's own folder (本局自设) on top of it.

    An entry in ``extra`` replaces the shipped entry of the same code as a whole, or adds a new one; ``[rules]`` there
    replaces single values. Changed files in ``extra`` are noticed at the next call.

    :raises CatalogueError: a file is broken; names file, entry and reason.
    """
    folder = resources_dir() / "catalogue"
    return _cached(folder, extra, _stamps(extra) if extra is not None else ())


@lru_cache(maxsize=4)
def _cached(folder: Path, extra: Path | None, _stamps: tuple[tuple[str, int, int], ...]) -> Catalogue:
    return read_catalogue(folder, extra)


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = ((path.name, path.stat()) for path in _toml_files(folder))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


def read_catalogue(folder: Path, extra: Path | None = None) -> Catalogue:
    """Read and check the catalogue from ``folder`` (and ``extra``), uncached; errors as in load_catalogue."""
    sources = _Sources(folder)
    if extra is not None:
        sources.overlay(_Sources(extra))
    units = sources.read("unit", read_unit)
    check_units(units, sources.places["unit"])
    indicators = sources.read("indicator", lambda entry: read_indicator(entry, units))
    places = sources.places["indicator"]
    groups = tuple(sources.read("group", _read_group))
    checks.check_groups(indicators, places, groups)
    checks.check_formulas(indicators, places)
    indicators = _in_tree_order(checks.link_parts(indicators, places), groups)
    families = sources.read("family", lambda entry: read_family(entry, indicators))
    return Catalogue(
        indicators=indicators,
        units=units,
        forms=sources.read("form", lambda entry: read_form(entry, indicators, units)),
        programmes=sources.read("programme", lambda entry: read_programme(entry, indicators, units)),
        plans=sources.read("plan", lambda entry: read_document(entry, indicators, units)),
        rules=read_rules(Entry(sources.rules, f"{sources.rules_file} · [rules]"), sources.read("check", read_check)),
        scorings=sources.read("scoring", read_scoring),
        groups=groups,
        families=families,
        alternates=alternates(families),
        words=checks.collect_words(indicators, places, UnitIndex(units)),
    )


def _read_group(entry: Entry) -> str:
    path = entry.text("path")
    entry.finish()
    return path


def _in_tree_order(indicators: dict[str, Indicator], groups: tuple[str, ...]) -> dict[str, Indicator]:
    rank = {path: place for place, path in enumerate(groups)}
    return dict(sorted(indicators.items(), key=lambda item: rank[item[1].group]))


def _toml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise broken(str(folder), "找不到目录文件夹", "检查文件夹是否还在，或重新安装程序")
    return sorted(folder.glob("*.toml"))


class _Sources:
    """The entries of all files of one folder, by top-level list and by name; values are read later."""

    def __init__(self, folder: Path) -> None:
        self.places: dict[str, Places] = {kind: {} for kind in _KINDS}
        self.rules: dict[str, Any] = {}
        self.rules_file = "rules.toml"
        for path in _toml_files(folder):
            self._add_file(path)

    def _add_file(self, path: Path) -> None:
        for key, value in read_toml(path).items():
            if key == "rules" and isinstance(value, dict):
                if self.rules:
                    raise broken(path.name, f"[rules] 已经写在 {self.rules_file} 里")
                self.rules, self.rules_file = value, path.name
            elif key in _KINDS and isinstance(value, list):
                for number, table in enumerate(value, start=1):
                    self._add_entry(path.name, key, number, table)
            elif key in _KINDS or key == "rules":
                form = "[rules]" if key == "rules" else f"[[{key}]]"
                raise broken(path.name, f"{key} 应写成 {form}")
            else:
                allowed = "、".join(f"[[{kind}]]" for kind in _KINDS)
                raise broken(path.name, f"不认识的表 {key}；可用：{allowed}、[rules]")

    def _add_entry(self, file: str, kind: str, number: int, table: object) -> None:
        key, word = _KINDS[kind]
        name = Entry(table, f"{file} · 第{number}个{word}").text(key)
        entry = Entry(table, f"{file} · {word} {name}")
        earlier = self.places[kind].setdefault(name, entry)
        if earlier is not entry:
            raise entry.error(f"重复：{earlier.where} 已经有了")

    def overlay(self, upper: _Sources) -> None:
        """Put the entries of ``upper`` over these."""
        for kind, places in upper.places.items():
            self.places[kind].update(places)
        if upper.rules:
            self.rules = {**self.rules, **upper.rules}
            self.rules_file = upper.rules_file

    def read(self, kind: str, reader: Callable[[Entry], _Read]) -> dict[str, _Read]:
        """All entries of one list, by name."""
        return {name: reader(entry) for name, entry in self.places[kind].items()}
