"""此数从何来: one dialog for every figure of the window."""
