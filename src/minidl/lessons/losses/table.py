"""The reference table of the lesson on losses, made of its cards."""

from __future__ import annotations

from html import escape

from minidl.lessons.losses.cards import CARDS, Card
from minidl.lessons.losses.sketches import sketch

HEADINGS = ("Loss", "Picture", "When to use it", "One element or sample", "An example by hand")


class LossTable:
    """The eighteen losses as a table, in a notebook or in plain text.

    Examples
    --------
    >>> print(str(LossTable()).splitlines()[1])
    MSELoss: (p − y)²; MSELoss()([1.0], [3.0]) is (1 - 3)**2 = 4.0000. Numbers whose noise is \
Gaussian; the mean is wanted, and no label is absurd.
    """

    def __repr__(self) -> str:
        return "\n".join(
            f"{card.name}: {card.formula}; {card.call} is {example(card)}. {card.use}"
            for card in CARDS
        )

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="text-align:left">{heading}</th>' for heading in HEADINGS)
        rows = "\n".join(row(card) for card in CARDS)
        return f"<table>\n<tr>{head}</tr>\n{rows}\n</table>"


def loss_table() -> LossTable:
    """Return the table of the eighteen losses: picture, use, formula, an example by hand."""
    return LossTable()


def example(card: Card) -> str:
    """Return the sum by hand and what the loss itself gives.

    Examples
    --------
    >>> example(CARDS[0])
    'abs(1 - 3) = 2.0000'
    """
    return f"{card.by_hand} = {card.value():.4f}"


def row(card: Card) -> str:
    """Return a card as a row of HTML."""
    cells = [
        f"<b>{card.name}</b><br>{card.family}",
        sketch(card.name),
        escape(card.use),
        escape(card.formula),
        f"<code>{escape(card.call)}</code><br><code>{escape(example(card))}</code>",
    ]
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"
