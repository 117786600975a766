"""Key press → new picture painted, without training: as numbers, and as before, as PNG images.

In one notebook each explorer is opened with what it has computed for two positions of its first
slider; a key press shows the other one. By turns it is painted as it is now, a canvas that draws
numbers, and as it was, a blitted Agg figure sent as an image. Needs Chromium. Run from the
repository's root with `python -m benchmarks.key_press`.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

from benchmarks.moons_explorer import WATCH
from tests.browser.lab import chromium, serve
from tests.browser.notebook_page import NotebookPage
from tests.widgets.helpers import explorer_classes

PIXEL_RATIOS = {"MoonsExplorer": 1, "RegularizationExplorer": 1, "GradientExplorer": 1.5}
"""What the images had; 2 elsewhere."""

ROOT = Path(__file__).resolve().parents[1]

SETUP = (
    f"""
import sys

sys.path.append({str(ROOT)!r})
"""
    + """
import numpy as np
import ipywidgets
from minidl.plots.picture import Picture, each_artist
from minidl.plots.png import encode_png
from tests.widgets.helpers import extremes
import minidl.explorers

class Slider(ipywidgets.IntSlider):
    pass

def views_of(explorer):
    '''Return what the explorer computes for its first value and for another one.'''
    found, seen = [], set()
    for name, control in explorer.controls.items():
        for value in (control.value, *extremes(control)):
            explorer.reset(**{name: value})
            explorer.refresh(to_the_end=True)
            if explorer.status not in seen and not explorer.error:
                seen.add(explorer.status)
                found.append((explorer.state, explorer.view, explorer.status))
            if len(found) == 2:
                return found

def png_of_before(picture):
    '''Return a picture as it was painted before: one background, all that moves above it.'''
    picture._draw_background(picture.pixel_ratio)
    picture.canvas.restore_region(picture._background)
    renderer = picture.canvas.get_renderer()
    for artist in sorted(each_artist(picture.artists), key=lambda artist: artist.get_zorder()):
        artist.draw(renderer)
    picture.figure.stale = False
    return encode_png(np.asarray(picture.canvas.buffer_rgba()))

def compare(name, pixel_ratio):
    '''Return two boxes, each with a slider and the explorer's picture: numbers, and PNG.'''
    explorer = getattr(minidl.explorers, name)()
    views = views_of(explorer)
    width, height = explorer.size
    old = Picture(explorer.draw, width=width, height=height, pixel_ratio=pixel_ratio)
    image = ipywidgets.Image(width=str(width), height=str(height))
    state = ipywidgets.HTML()
    sliders = [ipywidgets.IntSlider(0, 0, 1), ipywidgets.IntSlider(0, 0, 1)]

    def as_numbers(change):
        explorer._show(views[change["new"]][:2])

    def as_png(change):
        _, view, words = views[change["new"]]
        explorer.update(old.artists, view)
        image.value = png_of_before(old)
        state.value = words

    for slider, follow in zip(sliders, (as_numbers, as_png)):
        slider.observe(follow, "value")
        follow({"new": 0})
    return ipywidgets.VBox([sliders[0], explorer, sliders[1], image, state])
"""
)
PAINTED = "() => window.painted.length > 0 && performance.now() - window.painted.at(-1) > 80"


def press(page: Page, slider: Locator) -> float:
    """Press a key on a slider; return the milliseconds to the new picture."""
    page.evaluate("() => { window.painted = []; }")
    slider.press("ArrowRight" if slider.get_attribute("aria-valuenow") == "0.0" else "ArrowLeft")
    page.wait_for_function(PAINTED, timeout=20_000)
    return float(page.evaluate("() => window.painted.at(-1) - window.pressed"))


def alternate(page: Page, cell: Locator, presses: int) -> tuple[float, float]:
    """Press keys on both sliders by turns; return the medians."""
    handles = cell.locator(".noUi-handle")
    ours, before = handles.first, handles.last
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(presses + 2):  # the first two warm up
        for times, handle in zip(found, (ours, before), strict=True):
            times.append(press(page, handle))
    return statistics.median(found[0][2:]), statistics.median(found[1][2:])


def measure(presses: int) -> None:
    names = [cls.__name__ for cls in explorer_classes()]
    sources = [SETUP, *(f"compare({name!r}, {PIXEL_RATIOS.get(name, 2)})" for name in names)]
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, chromium() as browser:
        folder = Path(home) / "notebooks"
        folder.mkdir()
        nbformat.write(notebook, folder / "keys.ipynb")
        with serve(folder, Path(home)) as lab:
            opened = NotebookPage(browser, lab, "keys.ipynb", height=1600)
            opened.run_all()
            opened.page.evaluate(WATCH)
            print("| explorer | numbers, ms | image, ms | ratio |\n| --- | ---: | ---: | ---: |")
            ratios = []
            for index, name in enumerate(names, start=1):
                cell = opened.scroll_to(index)
                cell.locator(".noUi-handle").last.wait_for(timeout=30_000)
                ours, before = alternate(opened.page, cell, presses)
                ratios.append(ours / before)
                print(f"| {name} | {ours:.0f} | {before:.0f} | {ours / before:.2f} |", flush=True)
            print(f"| median | | | {statistics.median(ratios):.2f} |")
            for problem in opened.problems():
                print("problem:", problem)
            opened.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--presses", type=int, default=10, help="of each slider")
    measure(parser.parse_args().presses)


if __name__ == "__main__":
    main()
