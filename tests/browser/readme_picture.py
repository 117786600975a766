"""Take the README's picture: a lesson in JupyterLab after its reader has moved some sliders.

python -m tests.browser.readme_picture docs/lesson.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser.lab import chromium, serve
from tests.browser.notebook_page import NotebookPage
from tests.browser.screenshot import copy_as_notebook

(LESSON,) = (Path(__file__).resolve().parents[2] / "notebooks").glob("*_moons.ipynb")
MOVES = {"Epochs": "End"}


def take(target: Path) -> None:
    """Run the lesson, move the sliders of its last explorer, save what is on the screen."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        folder = Path(home) / "notebooks"
        folder.mkdir()
        name = copy_as_notebook(LESSON, folder)
        with chromium() as browser, serve(folder, Path(home)) as lab:
            notebook = NotebookPage(browser, lab, name, width=1280, height=860)
            notebook.run_all()
            *_, (_, box) = notebook.explorers()
            for label, key in MOVES.items():
                row = box.locator(".widget-inline-hbox", has_text=label)
                row.locator(".noUi-handle").press(key)
            box.evaluate("explorer => explorer.scrollIntoView({block: 'end'})")
            notebook.page.wait_for_timeout(3_000)
            target.parent.mkdir(parents=True, exist_ok=True)
            notebook.page.screenshot(path=target)
            notebook.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
