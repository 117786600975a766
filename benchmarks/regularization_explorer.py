"""Key press on the regularization explorer → first and last new picture painted, in JupyterLab.

Every change trains a network anew. Asked is that a reader sees its last picture within 300 ms, or
a picture on the way to it within 100 ms. Needs Chromium. Run from the repository's root with
`python -m benchmarks.regularization_explorer`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page

from benchmarks.moons_explorer import CLOCK, WATCH, ask, press
from tests.browser.lab import chromium, serve
from tests.browser.notebook_page import NotebookPage

LAST_WITHIN, FIRST_WITHIN = 300, 100  # milliseconds
SLIDERS = ("noise", "points", "hidden", "lam", "keep_prob", "patience", "lr", "seed")
"""The explorer's sliders, in the order of the page."""

EXPLORER = """
from minidl.explorers import regularization_explorer

explorer = regularization_explorer()
explorer._show = timed(explorer._show, "drawing")
explorer._slices._show = explorer._show
explorer
"""


def to_and_fro(page: Page, slider: Locator, presses: int) -> list[dict[str, float]]:
    """Press keys on a slider, off its place and back by turns; return what each press took."""
    low, now = (slider.get_attribute(f"aria-value{name}") for name in ("min", "now"))
    keys = ("ArrowRight", "ArrowLeft") if low == now else ("ArrowLeft", "ArrowRight")
    return [press_and_look(page, slider, keys[k % 2]) for k in range(presses)]


def press_and_look(page: Page, slider: Locator, key: str) -> dict[str, float]:
    """Press a key; return the milliseconds to the first and to the last picture, and on what."""
    took = press(page, slider, key)
    first = page.evaluate("() => window.painted[0] - window.pressed")
    return {"first": first, **took}


def table_row(name: str, presses: list[dict[str, float]]) -> str:
    """Return medians and 95th percentiles, and how many presses were answered as asked."""
    numbers = []
    for what in ("first", "total"):
        times = [press[what] for press in presses]
        numbers += [statistics.median(times), statistics.quantiles(times, n=20)[-1]]
    training = statistics.median(press["training"] for press in presses)
    good = [p for p in presses if p["total"] <= LAST_WITHIN or p["first"] <= FIRST_WITHIN]
    cells = [f"{number:6.0f}" for number in (*numbers, training)]
    return f"| {name:16} | " + " | ".join(cells) + f" | {len(good):3} / {len(presses)} |"


def notebook() -> Any:
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (CLOCK, EXPLORER)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def measure(presses: int) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, chromium() as browser:
        folder = Path(home) / "notebooks"
        folder.mkdir()
        nbformat.write(notebook(), folder / "regularization.ipynb")
        with serve(folder, Path(home)) as lab:
            opened = NotebookPage(browser, lab, "regularization.ipynb", height=1400)
            opened.run_all()
            print_rows(opened, presses)
            for problem in opened.problems():
                print("problem:", problem)
            opened.close()


def print_rows(opened: NotebookPage, presses: int) -> None:
    """Press keys on one slider after the other, then on one with the largest network."""
    handles = opened.scroll_to(1).locator(".noUi-handle")
    handles.first.wait_for(timeout=30_000)
    page = opened.page
    page.evaluate(WATCH)
    ask(page, "read_clock()")
    sliders = {name: handles.nth(i) for i, name in enumerate(SLIDERS)}
    to_and_fro(page, sliders["seed"], 4)  # warms up
    print(f"Key press → picture painted, {presses} presses each, in ms, and answers as asked")
    print(f"(the last picture within {LAST_WITHIN} ms or the first within {FIRST_WITHIN} ms):\n")
    print("| control          |  first |   95 % |   last |   95 % | training | as asked |")
    print("| ---              |   ---: |   ---: |   ---: |   ---: |   ---: | ---: |")
    for name, slider in sliders.items():
        print(table_row(name, to_and_fro(page, slider, presses)), flush=True)
    press(page, sliders["hidden"], "End")
    print(table_row("lam at h = 128", to_and_fro(page, sliders["lam"], presses)))
    print("\nLoad of the machine (1, 5, 15 minutes):", *(f"{x:.1f}" for x in os.getloadavg()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--presses", type=int, default=10, help="of keys on each slider")
    measure(parser.parse_args().presses)


if __name__ == "__main__":
    main()
