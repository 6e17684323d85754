"""One module per kind of file: each builds what its kind would store from a recognised table."""
