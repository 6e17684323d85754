"""The parts of the window around the tabs: header, month choice, tab strip, footer, dialogs."""
