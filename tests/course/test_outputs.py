"""Stored outputs carry pictures with alternative text, no widgets and nothing of the machine."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from nbformat.v4 import new_output
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from course.outputs import PNG, WIDGET_VIEW, tidy, without_text_chunks


def make_png() -> bytes:
    """Return a picture whose file names the software that made it."""
    noted = PngInfo()
    noted.add_text("Software", "some version")
    buffer = io.BytesIO()
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    Image.fromarray(pixels).save(buffer, "PNG", pnginfo=noted)
    return buffer.getvalue()


def picture(**data: object) -> object:
    """Return an output with a picture."""
    encoded = base64.b64encode(make_png()).decode("ascii")
    return new_output("display_data", data={PNG: encoded, **data})


def stream(text: str, name: str = "stdout") -> object:
    """Return printed text."""
    return new_output("stream", text=text, name=name)


def test_a_picture_loses_the_softwares_name_and_no_pixel() -> None:
    before, after = make_png(), without_text_chunks(make_png())
    assert b"some version" in before
    assert b"some version" not in after
    np.testing.assert_array_equal(
        np.asarray(Image.open(io.BytesIO(after))), np.asarray(Image.open(io.BytesIO(before)))
    )


def test_a_picture_gets_the_cells_alternative_text() -> None:
    (output,) = tidy([picture()], alt="Two moons.")
    assert output.metadata[PNG]["alt"] == "Two moons."


def test_an_explorer_keeps_its_picture_and_its_text_without_the_widget() -> None:
    view = {WIDGET_VIEW: {"model_id": "1"}, "text/plain": "Accuracy 0.9."}
    (output,) = tidy([picture(**view)], alt=None)
    assert set(output.data) == {PNG, "text/plain"}
    assert output.metadata[PNG]["alt"] == "Accuracy 0.9."


def test_an_explorers_own_alternative_text_and_size_stay() -> None:
    output = picture(**{WIDGET_VIEW: {}, "text/plain": "Accuracy 0.9."})
    output.metadata = {PNG: {"alt": "Decision regions.", "width": 720}}
    (output,) = tidy([output], alt=None)
    assert output.metadata[PNG] == {"alt": "Decision regions. Accuracy 0.9.", "width": 720}


def test_printed_text_that_arrives_in_pieces_is_stored_in_one() -> None:
    outputs = tidy([stream("a\n"), stream("b\n"), stream("c\n", "stderr")], alt=None)
    assert [(output.name, output.text) for output in outputs] == [
        ("stdout", "a\nb\n"),
        ("stderr", "c\n"),
    ]


@pytest.mark.parametrize("between", [picture(), new_output("execute_result", {"text/plain": "1"})])
def test_printed_text_keeps_its_place_among_other_outputs(between: object) -> None:
    outputs = tidy([stream("a\n"), between, stream("b\n")], alt=None)
    assert [output.output_type for output in outputs][::2] == ["stream", "stream"]
