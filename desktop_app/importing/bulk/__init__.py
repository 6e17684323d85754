"""Large text files (大文件): registries and village sheets of hundreds of thousands of lines, read piece by piece.

Lines that hold nothing unusual are judged all at once; every other line, with its neighbours, goes through the very
code that reads small files. What does not fit (cells over several lines, several tables …) is left to that code as a
whole. Decision 0011 has the reasons.
"""
