"""Print what every check of learners' notebooks says, a line for each.

    python -m course grade answers              every notebook in a folder
    python -m course grade answers/anna.ipynb   one

The notebooks are run, and left as they are. A cell that fails, or takes longer than two minutes,
is passed over, and the next ones run all the same.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SECONDS_PER_CELL = 120
OUTCOME = re.compile(r"(?:Right|Not right yet|Not attempted): .*")


def outcomes_of(path: Path) -> list[str]:
    """Run a notebook and return the first line of what each of its checks says."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.update({"outputs": []} if cell.cell_type == "code" else {})
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook,
            timeout=SECONDS_PER_CELL,
            interrupt_on_timeout=True,
            allow_errors=True,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],  # the kernel's own warnings help no teacher
            resources={"metadata": {"path": folder}},
        ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = ["".join(output.get("data", {}).get("text/plain", "")) for output in outputs]
    return [match[0] for text in texts if (match := OUTCOME.match(text))]


def notebooks_in(arguments: Sequence[str]) -> list[Path]:
    """Return the notebooks that are named, and those in the folders that are."""
    paths = [Path(argument) for argument in arguments]
    return [
        notebook
        for path in paths
        for notebook in (sorted(path.glob("*.ipynb")) if path.is_dir() else [path])
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade the notebooks of the command line; return 1 where one could not be run."""
    paths = notebooks_in(sys.argv[1:] if arguments is None else arguments)
    if not paths:
        print("grade: expected notebooks or folders of them; try: python -m course grade answers")
        return 1
    failed = False
    for path in paths:
        print(path)
        try:
            print("\n".join(outcomes_of(path)), flush=True)
        except Exception as error:  # an unreadable file, a kernel that the answer has killed
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
