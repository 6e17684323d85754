"""Everything Qt: the window, one package per tab, widgets, item models, charts and background jobs."""
