"""What a check says, and how it shows itself in a notebook and in a terminal."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

RIGHT, WRONG, NOT_ATTEMPTED = "right", "wrong", "not attempted"

# Colours that colour-blind readers tell apart (Okabe and Ito, 2008), on light and on dark pages.
LOOKS = {
    RIGHT: ("✓", "#009E73", "Right"),
    WRONG: ("✗", "#D55E00", "Not right yet"),
    NOT_ATTEMPTED: ("○", "#56B4E9", "Not attempted"),
    "hint": ("→", "#E69F00", "Hint"),
}


@dataclass(frozen=True)
class Message:
    """A headed text that shows itself as text and as HTML.

    Attributes
    ----------
    kind : str
        `right`, `wrong`, `not attempted` or `hint`.
    heading, text : str
        What it is about, and what it says; `code` may stand between backticks.
    """

    kind: str
    heading: str
    text: str

    def __repr__(self) -> str:
        return f"{LOOKS[self.kind][2]}: {self.heading}\n{self.text}".rstrip()

    def _repr_html_(self) -> str:
        sign, colour, word = LOOKS[self.kind]
        text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(self.text, quote=False))
        return (
            f'<div role="note" style="border-left: 4px solid {colour}; '
            f'background: {colour}1f; padding: 0.4em 0.8em; margin: 0.2em 0; color: inherit">'
            f'<b><span aria-hidden="true">{sign}</span> {word}</b> · {html.escape(self.heading)}'
            + (f"<br>{text}" if text else "")
            + "</div>"
        )


@dataclass(frozen=True, repr=False)
class Outcome(Message):
    """What a check found.

    Attributes
    ----------
    diagnosis : str
        The mistake's name where the answer is wrong, else "".
    printed : str
        What the answer printed while it was checked.

    An outcome counts as true if the answer is right: `assert check(answer)`.

    Examples
    --------
    >>> Outcome("wrong", "ReLU", "For x = -2: expected 0, received -2.", "leaks-negatives")
    Not right yet: ReLU (leaks-negatives)
    For x = -2: expected 0, received -2.
    """

    diagnosis: str = ""
    printed: str = ""

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        said = super().__repr__()
        return f"{said}\nYour code printed:\n{self.printed}" if self.printed else said

    def _repr_html_(self) -> str:
        said = super()._repr_html_()
        if not self.printed:
            return said
        printed = html.escape(self.printed, quote=False)
        style = "margin: 0.4em 0 0; white-space: pre-wrap; background: none; color: inherit"
        shown = f'<pre style="{style}">Your code printed:\n{printed}</pre></div>'
        return said.removesuffix("</div>") + shown

    @property
    def status(self) -> str:
        """`right`, `wrong` or `not attempted`."""
        return self.kind

    @property
    def right(self) -> bool:
        """Whether the answer is right."""
        return self.kind == RIGHT

    def __post_init__(self) -> None:
        if self.diagnosis:
            object.__setattr__(self, "heading", f"{self.heading} ({self.diagnosis})")


@dataclass(frozen=True)
class Solution:
    """The code that solves an exercise, shown with colours where Markdown is.

    Examples
    --------
    >>> Solution("a = 1")
    a = 1
    """

    code: str

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return self.code

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.code}\n```"
