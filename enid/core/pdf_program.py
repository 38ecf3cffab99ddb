"""The program that sets one document: an order on standard input, a PDF on standard output. It knows no Django."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import cast

import typst

HERE = Path(__file__).parent
MOST_CPU_S = 10


def main() -> None:
    """Read the order, set the document beside everything that is more urgent, and write it."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    order = json.load(sys.stdin)
    source = (HERE / "documents/base.typ").read_bytes() + Path(order["source"]).read_bytes()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )
    compiler = typst.Compiler(
        source, root=str(HERE / "documents"), font_paths=fonts, sys_inputs={"data": order["data"]}
    )
    sys.stdout.buffer.write(cast("bytes", compiler.compile(format="pdf")))  # one document is one PDF


if __name__ == "__main__":
    main()
