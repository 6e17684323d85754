"""Document → .xlsx: numbers as numbers, codes as text, every sheet ready to print (openpyxl)."""
