"""What the use cases return: frozen dataclasses of plain values, safe to hand to a window or to print as JSON."""
