"""行业指标: tree of indicators, the month's table, trend, composition, provenance."""
