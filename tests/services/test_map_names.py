"""Points of a map that name villages instead of giving their codes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from desktop_app.services.rural_map import load_map
from tests.services.villages import county

VILLAGE, OFFICE, HAMLET = "220281100200", "220281100001", "220281100201"


def test_a_village_and_an_urban_community_of_one_name_are_told_apart(tmp_path: Path) -> None:
    points = tmp_path / "点.csv"
    points.write_text(
        "村名,乡镇,经度,纬度\n天岗村,甲镇,127.1,43.1\n天岗社区居委会,甲镇,127.2,43.2\n崔屯,甲镇,127.3,43.3\n天岗,甲镇,127.4,43.4\n",
        encoding="utf-8",
    )
    with closing(county(tmp_path, (OFFICE, "天岗社区"), (VILLAGE, "天岗村"), (HAMLET, "崔屯村"))) as made:
        loaded = load_map(made, points)
    assert [(point.code, point.x) for point in loaded.points] == [(VILLAGE, 127.1), (OFFICE, 127.2), (HAMLET, 127.3)]
    assert loaded.unmatched == ("天岗",), "either of the two"
