"""Widgets of the house: cards, key figures, tags, tables, choices, empty states."""
