"""The PDF writer: own layout on reportlab's canvas, for Chinese line breaking, whole table rows and fixed bytes."""
