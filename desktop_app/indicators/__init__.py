"""Pure calculation: growth, shares, cumulation, ratios of sums, coverage, green programmes. No database, no clock."""
