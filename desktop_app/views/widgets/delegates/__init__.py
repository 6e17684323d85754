"""Painting of table cells: plain text with indent, tags, heat cells, small lines."""
