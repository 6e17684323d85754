"""报表打印: choose a report, look at its real pages, save or print it."""
