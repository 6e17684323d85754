"""The ledger on disk: engine, opening and upgrading, backup, integrity, and one small repository per group of tables.

Import the modules themselves; this package loads nothing by itself.
"""
