"""Boundaries and village points that the user has loaded: read, matched with the register, kept with the ledger.

Nothing is fetched: a file is read once and what was drawn from it stays in the ledger, rounded to about a metre.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers import load_bytes, open_workbook
from desktop_app.importing.recognise.villages import village_forms
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.services.results.rural_map import Point, Ring, RuralMap, Shape
from desktop_app.storage import audit, regions, settings
from desktop_app.storage.engine import Ledger

SETTING = "rural_map"
MOST_CORNERS = 400_000
"""Corners of all boundaries; more would make every redraw slow and are never seen on a screen."""
_DECIMALS = 5
_CODES = ("code", "adcode", "村代码", "区划代码", "统计用区划代码", "行政区划代码", "代码", "xzqdm", "id")
_NAMES = ("name", "村名", "村", "名称", "乡镇", "行政区名称", "xzqmc", "建制村")
_TOWNS = ("town", "乡镇", "乡镇名称", "街道", "所属乡镇")
_X = ("经度", "lng", "lon", "longitude", "x", "东经")
_Y = ("纬度", "lat", "latitude", "y", "北纬")
_JSON_START = (b"{", b"[")


def rural_map(ledger: Ledger) -> RuralMap:
    """What has been loaded; empty at first."""

    def load() -> RuralMap:
        with ledger.read() as session:
            stored = settings.get_setting(session, SETTING)
        return _thawed(stored) if stored else RuralMap()

    return context.cached(ledger, "rural_map", load)


def load_map(ledger: Ledger, file: Path) -> RuralMap:
    """Read a GeoJSON file of boundaries or points, or a table of village points, and keep it with the ledger.

    Boundaries and points are kept side by side: a file of the one kind replaces only what was there of that kind.

    :raises UserError: no such file, or nothing in it that can be drawn or matched.
    """
    units = _Units(ledger)
    data = load_bytes(file)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in _JSON_START:
        read = _geojson(data, units, file.name)
    else:
        read = _points(file, data, units)
    if read.empty:
        raise UserError("文件里没有能画的界线或点", hint="要有多边形或点，或“村代码、经度、纬度”三列", where=file.name)
    before = rural_map(ledger)
    merged = RuralMap(read.shapes or before.shapes, read.points or before.points)
    with ledger.write() as session:
        settings.set_setting(session, SETTING, _frozen(merged))
        detail = {"界线": len(read.shapes), "点": len(read.points), "对不上": len(read.unmatched)}
        audit.append(session, actor(), "装入地图", file.name, detail)
    return RuralMap(merged.shapes, merged.points, read.unmatched)


class _Units:
    """Townships and villages of the register, found by code or by name."""

    def __init__(self, ledger: Ledger) -> None:
        prefix = context.home(ledger).region.rstrip("0") or "0"
        with ledger.read() as session:
            units = [u for u in regions.every_unit(session, prefix=prefix) if u.level in {"town", "village"}]
        self._codes = {unit.code for unit in units}
        towns = {unit.code: unit.name for unit in units if unit.level == "town"}
        self._names: dict[tuple[str, str], set[str]] = {}
        for unit in units:
            place = towns.get(unit.parent_code, "") if unit.level == "village" else ""
            for town in {"", place}:
                for name in set(village_forms(unit.name)):
                    self._names.setdefault((town, name), set()).add(unit.code)

    def find(self, row: Mapping[str, object]) -> str:
        """The unit's code; empty when none answers, or several do."""
        for key in _CODES:
            digits = "".join(filter(str.isdigit, str(row.get(key, "")).split(".")[0]))
            if len(digits) >= 9 and (code := digits.ljust(12, "0")) in self._codes:
                return code
        name = _first(row, _NAMES)
        for town in dict.fromkeys((_first(row, _TOWNS), "")):
            # 天岗村 beside 天岗社区: as it stands before what it may be short for.
            for form in village_forms(name) if name else ():
                found = self._names.get((town, form), set())
                if len(found) == 1:
                    return next(iter(found))
        return ""


def _first(row: Mapping[str, object], keys: Iterable[str]) -> str:
    return next((text for key in keys if (text := str(row.get(key) or "").strip())), "")


# ----------------------------------------------------------------------------------------------- reading


def _geojson(data: bytes, units: _Units, name: str) -> RuralMap:
    try:
        document = json.loads(data.decode("utf-8-sig"))
        features = document.get("features", [document]) if isinstance(document, dict) else []
        shapes: list[Shape] = []
        points: list[Point] = []
        unmatched: list[str] = []
        for feature in features:
            row = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items()}
            code, title = units.find(row), _first(row, _NAMES)
            geometry = feature.get("geometry") or feature
            rings, dots = _rings(geometry)
            if rings:
                shapes.append(Shape(code, title, rings))
            elif dots and code:
                points += [Point(code, x, y) for x, y in dots]
            if not code:
                unmatched.append(title or "（没有名称）")
    except (UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise UserError("不是能读的 GeoJSON 文件", hint="请用 UTF-8 的 GeoJSON，坐标为经纬度", where=name) from error
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MOST_CORNERS:
        raise UserError("界线太细，画不动", hint=f"请先简化到 {MOST_CORNERS // 10_000} 万个点以内", where=name)
    return RuralMap(tuple(shapes), tuple(points), tuple(unmatched))


def _rings(geometry: Mapping[str, Any]) -> tuple[tuple[Ring, ...], list[tuple[float, float]]]:
    """Rings of polygons, and lone points."""
    kind, corners = geometry.get("type"), geometry.get("coordinates")
    match kind:
        case "Polygon":
            return tuple(_ring(ring) for ring in corners or ()), []
        case "MultiPolygon":
            return tuple(_ring(ring) for polygon in corners or () for ring in polygon), []
        case "Point" if corners:
            return (), [(float(corners[0]), float(corners[1]))]
        case _:
            return (), []


def _ring(corners: Sequence[Sequence[float]]) -> Ring:
    """Rounded, with what falls on the corner before left out."""
    rounded = [(round(float(c[0]), _DECIMALS), round(float(c[1]), _DECIMALS)) for c in corners]
    return tuple(rounded[:1] + [now for before, now in pairwise(rounded) if now != before])


def _points(file: Path, data: bytes, units: _Units) -> RuralMap:
    """A table with 经度 and 纬度 and a code or names."""
    points: list[Point] = []
    unmatched: list[str] = []
    for sheet in open_workbook(file, ImportOptions(), data=data).sheets:
        head = next((n for n, row in enumerate(sheet.rows) if _columns(row)), None)
        if head is None:
            continue
        names = [cell.strip().lower() for cell in sheet.rows[head]]
        x, y = _columns(sheet.rows[head]) or (0, 0)
        for cells in sheet.rows[head + 1 :]:
            row = dict(zip(names, cells, strict=False))
            at = _number(cells, x), _number(cells, y)
            if at[0] is None or at[1] is None:
                continue
            if code := units.find(row):
                points.append(Point(code, round(at[0], _DECIMALS), round(at[1], _DECIMALS)))
            else:
                unmatched.append(_first(row, (*_NAMES, *_CODES)) or "（没有名称）")
    return RuralMap((), tuple(points), tuple(unmatched))


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    names = [cell.strip().lower() for cell in row]
    x = next((n for n, name in enumerate(names) if name in _X), None)
    y = next((n for n, name in enumerate(names) if name in _Y), None)
    return None if x is None or y is None else (x, y)


def _number(cells: Sequence[str], column: int) -> float | None:
    try:
        return float(cells[column])
    except (ValueError, IndexError):
        return None


# ----------------------------------------------------------------------------------------------- keeping


def _frozen(made: RuralMap) -> str:
    """As text for the ledger's settings, packed: boundaries are long."""
    content = {
        "shapes": [[s.code, s.name, s.rings] for s in made.shapes],
        "points": [[p.code, p.x, p.y] for p in made.points],
    }
    return b64encode(zlib.compress(json.dumps(content, ensure_ascii=False).encode())).decode()


def _thawed(stored: str) -> RuralMap:
    content = json.loads(zlib.decompress(b64decode(stored)))
    return RuralMap(
        tuple(
            Shape(code, name, tuple(tuple((x, y) for x, y in ring) for ring in rings))
            for code, name, rings in content["shapes"]
        ),
        tuple(Point(code, x, y) for code, x, y in content["points"]),
    )
