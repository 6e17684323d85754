"""Reads resources/catalogue/*.toml: indicators, units, official forms, green programmes, check rules."""
