"""Generator of the demo county (示例数据): 12 invented companies in the real villages of 蛟河市, seeded and repeatable.

The package only makes files. It knows nothing of the program, so that its totals are an independent check of it.
"""
