"""Charts of the window: draw a ChartSpec with pyqtgraph, read values on hover, drill down on click."""
