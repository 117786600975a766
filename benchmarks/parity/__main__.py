"""Write the tables that are named, or all."""

import sys
from pathlib import Path

from benchmarks.parity import losses, optimizers, schedules
from benchmarks.parity.table import page

PARTS = {"losses": losses, "optimizers": optimizers, "schedules": schedules}
FOLDER = Path(__file__).parents[2] / "docs" / "parity"


def main(names: list[str]) -> None:
    for name in names or PARTS:
        path = FOLDER / f"{name}.md"
        path.write_text(page(PARTS[name], f"python -m benchmarks.parity {name}"), encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
