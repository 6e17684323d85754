"""What the calculation returns: frozen dataclasses shared by services, views and reports."""
