"""How a word is meant, by itself: the window's frame needs it before anything else of the services is loaded."""

from __future__ import annotations

from desktop_app.indicators.results.tone import Tone

__all__ = ["Tone"]
