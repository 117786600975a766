"""An endless answer in a notebook is stopped, and the kernel lives on."""

import nbclient
import nbformat

CELLS = (
    """
from minidl.checking import deadline
from minidl.exercises import exercise
deadline.SECONDS = 0.6

def net_activation(X, W, b):
    while True:
        pass

def leave(X, W, b):
    exit()

[exercise("neurons/net-activation")(answer).diagnosis for answer in (net_activation, leave)]
""",
    "1 + 1",
)


def test_the_kernel_lives_on_after_an_endless_answer():
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CELLS)))
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [cell.outputs[0].data["text/plain"] for cell in notebook.cells]
    assert shown == ["['endless', 'exits']", "2"]
