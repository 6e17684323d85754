"""The kinds of file that we know."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file that we know (文件种类)."""

    OFFICIAL_FORM = "official_form"
    """国邮定2.1表: one company, one month; rows = indicators, columns = 本期/上年同期/同比/本年累计."""
    WIDE = "wide"
    """rows = companies, columns = indicators."""
    LONG = "long"
    """period, company, indicator, value, unit."""
    COVERAGE = "coverage"
    """village × brand with modes."""
    GREEN = "green"
    """company × numerators/denominators."""
    REGISTRY = "registry"
    """village registry."""
    NATIONAL = "national"
    """national monthly series."""
    ENTERPRISES = "enterprises"
    """一企一档 register."""
    OUTLETS = "outlets"
    """branches, terminal outlets, stations, lockers."""
    MONTHS = "months"
    """months in the columns; rows = indicators of one company, or companies."""
    ENTRY = "entry"
    """typed by hand: the bureau's own figures, one a line."""
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Chinese name."""
        return {
            "official_form": "国邮定2.1表（企业月报）",
            "wide": "企业汇总表",
            "long": "指标明细表",
            "coverage": "快递进村表",
            "green": "绿色包装表",
            "registry": "村级名录",
            "national": "全国月度数据",
            "enterprises": "企业名录",
            "outlets": "网点名录",
            "months": "分月表（月份在列）",
            "entry": "本局录入",
            "unknown": "未能识别",
        }[self.value]

    @property
    def is_register(self) -> bool:
        """A list of what there is, without month or status of its own."""
        return self in {FileKind.REGISTRY, FileKind.ENTERPRISES, FileKind.OUTLETS}
