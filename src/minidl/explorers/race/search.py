"""Find the best rate of each racer in each landscape, with and without noise, and store them.

    python -m minidl.explorers.race.search

writes `rates.py` anew; some minutes. A race is fair if everybody runs at the rate that suits it. So
that no rate wins by luck, such as a first step that happens to end in the valley, each is judged
from several starts, none of which is that of the race; and a way that climbs far above its start,
from where a perfect bowl happens to send it straight back, is not counted as one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from minidl.explorers.race.landscapes import LANDSCAPES, Landscape
from minidl.explorers.race.racers import RACERS, STEPS, arrival, run

GRID = tuple(float(f"{10 ** (k / 10):.2g}") for k in range(-35, 25))
"""The rates that are tried, from 0.00032 to 250, ten in a factor of ten."""
ASIDE = 0.1
"""How far the starts are scattered."""
CLIMB = 10.0
"""The highest share of its first height that a way may reach."""
FIRST_SEED = 100
"""Of the noise; the race itself has other seeds."""
LAST = 50  # steps of a noisy run over which its height is averaged
HEADER = '''"""The best rate of each racer, without noise and with it; written by `search.py`."""

RATES: dict[str, dict[str, tuple[float, float]]] = {
'''


def other_starts(landscape: Landscape) -> list[Landscape]:
    """Return the landscape with other starts, each a little beside that of the race."""
    x, y = landscape.start
    moved = [(x + dx, y + dy) for dx, dy in np.random.default_rng(0).normal(0, ASIDE, (5, 2))]
    return [replace(landscape, start=(float(x), float(y))) for x, y in moved]


def steps_needed(name: str, landscape: Landscape, lr: float) -> tuple[float, float]:
    """Return after how many steps a racer arrives for good, and what is left at the end: means."""
    needed, left = [], []
    for beside in other_starts(landscape):
        way = run(name, beside, lr, np.zeros((STEPS, 2)))
        heights = beside.share_left(way)
        arrived = arrival(beside, way)
        needed.append(2 * STEPS if arrived is None or heights.max() > CLIMB else arrived)
        left.append(heights[-1])
    return float(np.mean(needed)), _finite(np.mean(left))


def height_in_noise(name: str, landscape: Landscape, lr: float) -> float:
    """Return the share of the height that is left over the last steps, a mean."""
    ends = []
    for seed, beside in enumerate(other_starts(landscape)):
        way = run(name, beside, lr, landscape.noise(STEPS, rng=FIRST_SEED + seed))
        heights = beside.share_left(way)
        ends.append(np.inf if heights.max() > CLIMB else heights[-LAST:])
    return _finite(np.mean([np.mean(end) for end in ends]))


def best_rates(name: str, landscape: Landscape) -> tuple[float, float]:
    """Return the rates with the fewest steps without noise, and the lowest end with it."""
    with np.errstate(all="ignore"):
        calm = min(GRID, key=lambda lr: steps_needed(name, landscape, lr))
        noisy = min(GRID, key=lambda lr: height_in_noise(name, landscape, lr))
    return calm, noisy


def _finite(value: Any) -> float:
    return float(value) if np.isfinite(value) else np.inf


def main() -> None:
    """Write `rates.py`."""
    lines = [HEADER]
    for key, landscape in LANDSCAPES.items():
        lines.append(f'    "{key}": {{\n')
        for name in RACERS:
            calm, noisy = best_rates(name, landscape)
            lines.append(f'        "{name}": ({calm!r}, {noisy!r}),\n')
        lines.append("    },\n")
    (Path(__file__).parent / "rates.py").write_text("".join([*lines, "}\n"]), encoding="utf-8")


if __name__ == "__main__":
    main()
