"""The reference table of the lesson on losses, made of its cards."""

from __future__ import annotations

from html import escape

from minidl.lessons.losses.cards import CARDS, Card

HEADINGS = ("Loss", "One element or sample", "By hand", "When to use it")


class LossTable:
    """The eighteen losses as a table, in a notebook or in plain text.

    Examples
    --------
    >>> print(str(LossTable()).splitlines()[1])
    MSELoss: (p − y)²; (1 - 3)**2 = 4.0000. Numbers whose noise is Gaussian; the mean is wanted, \
and no label is absurd.
    """

    def __repr__(self) -> str:
        return "\n".join(
            f"{card.name}: {card.formula}; {example(card)}. {card.use}" for card in CARDS
        )

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="text-align:left">{heading}</th>' for heading in HEADINGS)
        rows = "\n".join(row(card) for card in CARDS)
        return f"<table>\n<tr>{head}</tr>\n{rows}\n</table>"


def loss_table() -> LossTable:
    """Return the table of the eighteen losses: formula, an example by hand, when to use it."""
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
        escape(card.formula),
        f"<code>{escape(example(card))}</code>",
        escape(card.use),
    ]
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"
