"""Tells how many hostile answers were generated, killed and explained, and who survives.

What is generated and changes nothing ("idle") is not counted among them.

From the repository's root: `python -m tests.lessons.hostile [moons neurons/collapse …]`.
"""

from __future__ import annotations

import sys
import time

from tests.lessons.helpers import all_exercises
from tests.lessons.hostile.equivalence import explanations, written
from tests.lessons.hostile.runner import run_all

LINE = "{:34} {:>5} {:>8} {:>7} {:>9} {:>9} {:>8} {:>8}"
HEADINGS = "exercise", "idle", "hostile", "killed", "explained", "survivors", "by hand", "s"


def main(wanted: list[str]) -> None:
    print(LINE.format(*HEADINGS))  # noqa: T201
    total = [0, 0, 0, 0, 0, 0, 0.0]
    survivors = []
    for exercise in all_exercises():
        slug, word = exercise.name.split("/")
        if wanted and not {slug, exercise.name} & set(wanted):
            continue
        begun = time.process_time()
        report = run_all(exercise)
        known = explanations(exercise)
        alive = [each for each in report.survivors if each.name not in known]
        survivors += [(exercise.name, each) for each in alive]
        counts = [
            len(report.idle),
            len(report.hostile),
            len(report.hostile) - len(report.survivors),
            len(report.survivors) - len(alive),
            len(alive),
            len(written(slug).get(word, {})),
            round(time.process_time() - begun, 1),
        ]
        print(LINE.format(exercise.name, *counts), flush=True)  # noqa: T201
        total = [a + b for a, b in zip(total, counts, strict=True)]
    print(LINE.format("in total", *total[:6], round(total[6], 1)))  # noqa: T201
    for name, each in survivors:
        print(f"\n{name}: {each.operator}\n    {each.name}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
