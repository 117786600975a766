"""Key press on the moons explorer's slider → new picture painted, in JupyterLab in Chromium.

Beside it, in the same notebook and by turns, plain `interact` with the inline backend doing the
same training: 1,000 epochs of a 2-5-1 network through the Runner, and logistic regression. Then
200 changes of the explorer, to see whether anything grows. Needs Chromium. Run from the
repository's root with `python -m benchmarks.moons_explorer`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page

from tests.browser.lab import chromium, serve
from tests.browser.notebook_page import ASK, NotebookPage

QUIET = 150  # milliseconds without a new picture, after which the last one counts

CLOCK = """
import gc, json, time
import ipywidgets, psutil
from matplotlib.figure import Figure
from minidl.train import Runner

clock = {"training": 0.0, "drawing": 0.0}

def timed(function, name):
    def wrapper(*args, **kwargs):
        begin = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            clock[name] += 1000 * (time.perf_counter() - begin)
    return wrapper

Runner.train = timed(Runner.train, "training")

def read_clock():
    readings = dict(clock)
    clock.update(training=0.0, drawing=0.0)
    return readings

def census():
    gc.collect()
    return {
        "figures": sum(issubclass(type(thing), Figure) for thing in gc.get_objects()),
        "widgets": len(ipywidgets.widgets.widget._instances),
        "kernel MB": psutil.Process().memory_info().rss / 1e6,
    }
"""

EXPLORER = """
from minidl.explorers import moons_explorer

explorer = moons_explorer()
explorer._show = timed(explorer._show, "drawing")
explorer._slices._show = explorer._show
explorer
"""

PLAIN = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from minidl.data import make_moons, train_dev_test_split
from minidl.losses import BCELoss
from minidl.metrics import accuracy
from minidl.models import logistic_regression, two_layer_net
from minidl.optim import BatchGD

@interact(noise=FloatSlider(0.2, min=0, max=0.5, step=0.05))
def show(noise):
    X, y = make_moons(1000, noise=noise, rng=0)
    train, dev, _ = train_dev_test_split(X, y.reshape(-1, 1), rng=0)
    network = two_layer_net(2, 5, 1, rng=0)
    runner = Runner(network, BatchGD(network, lr=5.0), BCELoss(), metric=None)
    runner.train(train, dev, num_epochs=1000, eval_epochs=40)
    regression = logistic_regression(2, rng=0)
    Runner(regression, BatchGD(regression, lr=5.0), BCELoss()).train(train, num_epochs=50)

    x1, x2 = np.meshgrid(np.linspace(-2.75, 3.75, 100), np.linspace(-2.25, 2.75, 80))
    grid = np.column_stack([x1.ravel(), x2.ravel()])
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 4))
    left.contourf(x1, x2, network(grid).reshape(x1.shape), levels=20, cmap="RdBu_r", alpha=0.6)
    left.contour(x1, x2, regression(grid).reshape(x1.shape), levels=[0.5], linestyles="--")
    for (points, labels), marker in ((train, "o"), (dev, "s")):
        left.scatter(*points.T, c=labels.ravel(), cmap="RdBu_r", s=12, marker=marker)
    right.plot(runner.history.train_steps, runner.history.train_loss, label="train")
    right.plot(runner.history.dev_steps, runner.history.dev_loss, label="dev")
    right.legend()
    scores = [accuracy(runner.predict(X), y) for X, y in (train, dev)]
    left.set_title("train {:.2f}, dev {:.2f}".format(*scores))
    plt.show()
"""

WATCH = """() => {
  window.pressed = 0;
  window.painted = [];
  const afterPainting = () => {  // a message arrives after the frame that is being made
    const after = new MessageChannel();
    after.port1.onmessage = () => { window.painted.push(performance.now()); };
    after.port2.postMessage(0);
  };
  document.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
  document.addEventListener('load', event => {
    if (event.target instanceof HTMLImageElement) requestAnimationFrame(afterPainting);
  }, true);
  new MutationObserver(afterPainting)  // the explorer draws while the frame is made
    .observe(document.body, {subtree: true, attributes: true, attributeFilter: ['data-frame']});
}"""
SETTLED = f"""() => {{
  const error = document.querySelector('.minidl-error').innerText;
  if (error) throw new Error(error);
  const state = document.querySelector('.minidl-state').innerText;  // "After 400 of 1,000 epochs"
  const now = performance.now();
  return window.painted.length && now - window.painted.at(-1) > {QUIET} && !state.includes(' of ');
}}"""


def ask(page: Page, expression: str) -> Any:
    """Return what an expression is worth in the kernel."""
    return json.loads(page.evaluate(ASK, f"json.dumps({expression})")[1:-1])


def press(page: Page, slider: Locator, key: str) -> dict[str, float]:
    """Press a key on a slider; return the milliseconds to the last new picture, and on what."""
    page.evaluate("() => { window.painted = []; }")
    slider.press(key)
    page.wait_for_function(SETTLED, timeout=60_000)
    total = page.evaluate("() => window.painted.at(-1) - window.pressed")
    return {"total": total, **ask(page, "read_clock()")}


def sweep(page: Page, slider: Locator) -> list[dict[str, float]]:
    """Press keys from one end of a slider to the other, ten times; return what each press took."""
    at_the_left = float(slider.get_attribute("aria-valuenow") or 0) == 0
    return [press(page, slider, "ArrowRight" if at_the_left else "ArrowLeft") for _ in range(10)]


def growth(page: Page, slider: Locator, changes: int) -> list[tuple[str, float, float]]:
    """Return figures, widgets and memory before and after many changes."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def census() -> dict[str, float]:
        session.send("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        browser = {"page elements": metrics["Nodes"], "page MB": metrics["JSHeapUsedSize"] / 1e6}
        return {**ask(page, "census()"), **browser}

    for _ in range(2):  # whatever is made once is made here
        sweep(page, slider)
    before = census()
    for _ in range(changes // 10):
        sweep(page, slider)
    after = census()
    return [(name, before[name], after[name]) for name in before]


def summary(presses: list[dict[str, float]]) -> list[float]:
    """Return median and 95th percentile of the total, medians of training, rest and drawing."""
    totals = [p["total"] for p in presses]
    rest = [p["total"] - p["training"] for p in presses]
    return [
        statistics.median(totals),
        statistics.quantiles(totals, n=20)[-1],
        statistics.median(p["training"] for p in presses),
        statistics.median(rest),
        statistics.median(p["drawing"] for p in presses),
    ]


def notebook() -> Any:
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (CLOCK, EXPLORER, PLAIN)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def measure(rounds: int, changes: int) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, chromium() as browser:
        folder = Path(home) / "notebooks"
        folder.mkdir()
        nbformat.write(notebook(), folder / "moons.ipynb")
        with serve(folder, Path(home)) as lab:
            opened = NotebookPage(browser, lab, "moons.ipynb", height=1600)
            opened.run_all()
            print_presses(*alternate(opened, rounds))
            if changes:
                print_growth(growth(opened.page, sliders(opened)[0], changes), changes)
            for problem in opened.problems():
                print("problem:", problem)
            opened.close()


def sliders(opened: NotebookPage) -> tuple[Locator, Locator]:
    """Return the handles of the explorer's and of interact's noise slider."""
    explorer, plain = (opened.scroll_to(i).locator(".noUi-handle").first for i in (1, 2))
    for handle in (explorer, plain):
        handle.wait_for(timeout=30_000)
    return explorer, plain


def alternate(opened: NotebookPage, rounds: int) -> tuple[list, list]:
    """Press keys on both sliders by turns, ten at a time."""
    explorer, plain = sliders(opened)
    opened.page.evaluate(WATCH)
    ask(opened.page, "read_clock()")
    found: tuple[list, list] = ([], [])
    for handle in (explorer, plain):  # the first ones warm up
        for key in ("ArrowRight", "Home"):
            press(opened.page, handle, key)
    for _ in range(rounds):
        for handle, presses in zip((explorer, plain), found, strict=True):
            presses += sweep(opened.page, handle)
    return found


def print_presses(ours: list[dict[str, float]], plain: list[dict[str, float]]) -> None:
    print(
        f"Key press → picture painted, 1,000 epochs retrained, {len(ours)} presses each, in ms:\n"
    )
    print("|                  | median |   95 % | training | all else | of it drawing |")
    print("| ---              |   ---: |   ---: |     ---: |     ---: |          ---: |")
    rows = summary(ours), summary(plain)
    for name, row in zip(("moons explorer", "interact, inline"), rows, strict=True):
        print(table_row(name, row, ".0f"))
    print(table_row("ratio", [a / b for a, b in zip(*rows, strict=True) if b], ".2f"))


def table_row(name: str, numbers: list[float], digits: str) -> str:
    widths = (6, 6, 8, 8, 13)
    texts = [f"{number:{digits}}" if number else "" for number in numbers]
    texts += [""] * (len(widths) - len(texts))
    cells = [text.rjust(width) for text, width in zip(texts, widths, strict=True)]
    return f"| {name:16} | " + " | ".join(cells) + " |"


def print_growth(rows: list[tuple[str, float, float]], changes: int) -> None:
    print(f"\nBefore and after {changes} changes of the explorer:\n")
    for name, before, after in rows:
        print(f"| {name:13} | {before:8.1f} | {after:8.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4, help="of ten key presses on each slider")
    parser.add_argument(
        "--changes", type=int, default=200, help="after which nothing may have grown"
    )
    options = parser.parse_args()
    measure(options.rounds, options.changes)


if __name__ == "__main__":
    main()
