"""邮管台账 (Bureau Ledger): the monthly ledger of a county postal bureau, offline."""

__version__ = "0.1.0"
