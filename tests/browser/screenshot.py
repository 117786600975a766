"""Take pictures of a whole notebook in JupyterLab, screen by screen, light and dark.

python -m course screenshot notebooks/01_neurons.ipynb --out FOLDER

A lesson that is not built yet can be given as its text, course/neurons.md.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

import jupytext
from playwright.sync_api import Browser

from course.lesson import METADATA
from tests.browser.lab import chromium, serve
from tests.browser.notebook_page import NotebookPage

SCROLL = """([top]) => {
  const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const outer = panel.querySelector('.jp-WindowedPanel-outer');
  outer.scrollTop = top;
  return [outer.scrollTop, outer.scrollHeight, outer.clientHeight];
}"""


def photograph(notebook: NotebookPage, target: Path, *, overlap: int = 40) -> list[Path]:
    """Scroll through a notebook and save one picture a screen, `<target>-01.png` onward."""
    shots: list[Path] = []
    top, bottom, height = 0, 1, 0
    while top < bottom:
        notebook.page.evaluate(SCROLL, [top])
        notebook.page.wait_for_timeout(400)
        _, bottom, height = notebook.page.evaluate(SCROLL, [top])
        shots.append(target.with_name(f"{target.name}-{len(shots) + 1:02d}.png"))
        panel = notebook.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)").first
        panel.screenshot(path=shots[-1])
        if top + height >= bottom:
            break
        top += height - overlap
    return shots


def copy_as_notebook(source: Path, folder: Path) -> str:
    """Put a notebook, or a lesson's text as a notebook, into `folder`; return its name."""
    target = folder / f"{source.stem}.ipynb"
    if source.suffix == ".ipynb":
        shutil.copy(source, target)
    else:
        notebook = jupytext.read(source, fmt="md:myst")
        notebook.metadata = METADATA
        jupytext.write(notebook, target)
    return target.name


def shoot_theme(
    browser: Browser, sources: list[Path], out: Path, theme: str, options: argparse.Namespace
) -> int:
    """Photograph every notebook in one theme; return how many showed a problem."""
    failures = 0
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder = home / "notebooks"
        folder.mkdir()
        names = [copy_as_notebook(source, folder) for source in sources]
        lab = stack.enter_context(serve(folder, home, theme=theme, windowing="none"))
        for name in names:
            size = {"width": options.width, "height": options.height}
            notebook = NotebookPage(browser, lab, name, **size)
            if options.run:
                notebook.run_all()
            shots = photograph(notebook, out / f"{Path(name).stem}-{theme}")
            problems = notebook.problems() if options.run else notebook.page_errors
            print(f"{name} {theme}: {len(shots)} pictures, {len(problems)} problems")
            print("".join(f"  {problem}\n" for problem in problems), end="")
            failures += bool(problems)
            notebook.close()
    return failures


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, take the pictures, return 1 if a notebook showed a problem."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--theme", choices=("light", "dark", "both"), default="both")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1090)
    parser.add_argument(
        "--no-run", dest="run", action="store_false", help="show the notebook as it is stored"
    )
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    themes = ("light", "dark") if options.theme == "both" else (options.theme,)
    with chromium() as browser:
        failures = sum(
            shoot_theme(browser, options.notebooks, options.out, theme, options) for theme in themes
        )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
