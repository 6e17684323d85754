"""Charts on paper: vector drawings of a ChartSpec that read as well from a black-and-white printer."""
