"""Reports: one content model, wording, and writers that put it on paper."""
