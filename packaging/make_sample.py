"""Make resources/sample/ and tests/sample/expected.json anew: ``python packaging/make_sample.py``.

The same seed gives the same text files byte for byte and the same cells in workbooks. Needs openpyxl, xlwt and
msoffcrypto-tool (development extras).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from demo_county.build import make_truth, write_sample
from demo_county.expected import expected_json
from demo_county.files import write

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Parse arguments, write the files, say where."""
    parser = argparse.ArgumentParser(description="生成示例数据")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "resources" / "sample", help="放到哪个文件夹")
    parser.add_argument(
        "--registry",
        type=Path,
        default=ROOT / "tests" / "data" / "villages_220200_jilin.csv",
        help="村级名录（全地级市）",
    )
    parser.add_argument(
        "--expected",
        type=Path,
        default=ROOT / "tests" / "sample" / "expected.json",
        help="核对用的合计数写到哪里",
    )
    arguments = parser.parse_args()
    truth = make_truth(arguments.registry)
    write_sample(arguments.output, truth)
    write(arguments.expected, expected_json(truth))
    print(f"示例数据已写入 {arguments.output}")


if __name__ == "__main__":
    main()
