"""Recognition: which company, which month, which unit, what each column means, and so what kind of file it is."""
