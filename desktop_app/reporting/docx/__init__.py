"""Document → .docx with real styles and native tables (python-docx)."""
