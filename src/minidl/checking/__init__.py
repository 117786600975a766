"""The engine of the exercises that check themselves; the exercises are in `minidl.lessons`.

For a learner::

    check = exercise("activations/relu")
    check(my_relu)  # right, not right yet with a diagnosis, or not attempted
    check.hint()
    check.solution()

For an author. An exercise `<slug>/<word>` stands in two places: the lesson's text has the blank,
the lesson's room, `minidl/lessons/<slug>/`, has the rest.

1. `course/<slug>.md`: the blank. A cell tagged `exercise` that names the exercise and runs without
   an error as it stands; the cell after it asks for the check.
2. `solutions.py`: the solution, a plain function or class as a learner would write it, with the
   name that the blank uses.
3. `mistakes/<word>.py`: what learners do wrong, at least three mistakes, as they would write them::

       MISTAKES = Mistakes(
           Mistake("absolute-value", np.abs, "A ReLU gives 0 below 0, not −x."),
           Mistake("wrong-side", lambda x: np.minimum(x, 0), "This keeps what a ReLU drops."),
           Mistake("changed", clip_in_place, "It changes x, in {count} places."),
           Mistake("dtype", lambda x: np.maximum(x, 0).astype(np.float64)),
       )

4. `checks/<word>.py`: what is right, and the `Exercise`, which the room's `__init__.py` lists in
   `EXERCISES`::

       def check_relu(my_relu: Any) -> None:
           x = np.array([-2.0, 0.0, 3.0])
           expect_same(my_relu, solutions.my_relu, (x,), elementwise=True)
           expect_array(ask(my_relu, x.astype(np.float32)), dtype=np.float32)


       RELU = Exercise(
           name="activations/relu",
           title="ReLU by hand",
           check=check_relu,
           solution=solutions.my_relu,
           mistakes=MISTAKES,
           hints=("What is the larger of x and 0?", "`np.maximum` takes two arrays."),
           takeaway="No exponential, so nothing that can overflow.",
       )

What several exercises of a lesson share, such as a small task to train on, has a file of its own
in the room. Rooms do not import each other.

A check calls the learner's code through `ask` (or `make`, for a class), which passes copies of
arrays, swallows prints and turns errors and blanks into outcomes. It then compares with the
`expect_` functions, from the kind of mistake that a learner should hear about first to the last
detail: kind, shape, values, extremes, dtype, gradient. The first expectation that fails is the
verdict. A check is a pure function: no prints, no state, fixed seeds.

What is compared are plain numbers: `ask` copies arrays, and refuses what only pretends to be one
(`plain.py`). How near is right depends on the dtype of what is right (`tolerances`); nearly right
is `inexact`.

A mistake is written once. Where a comparison fails, the check is run on the mistakes, too: one
that gives the same wrong results as the answer, wherever the check compares `what` it names,
gives its diagnosis and its sentence, and the smallest failing example is added. One wrong result
may look like a mistake's by chance, so a mistake is named only where the answer is wrong on two
different inputs under that name; with one, the answer is told that the value is wrong. A check
that asks for a result once gives a second example where it is wanted::

    expect_close(ask(answer, x), 2 * x, what="the double")
    if differs_already():
        expect_close(ask(answer, x + 1), 2 * (x + 1), what="the double")

So a check goes on after a wrong result, past `expect`, too, until something ends it. Where no
result tells, the check says so itself, by `wrong` or `expect`, and fills in what the sentence
leaves open: `expect(same, MISTAKES["changed"], count=3)`. A mistake without a sentence is one for
which the engine has words, such as `shape`, `dtype` or `not-a-pair`. The tests plant every mistake
and demand its diagnosis.
"""

from minidl.checking.asking import ask, make
from minidl.checking.check import Check
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close, expect_gradient, expect_same
from minidl.checking.comparing_ops import expect_op
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array, expect_number, expect_two
from minidl.checking.mistake import Mistake, Mistakes
from minidl.checking.outcome import Message, Outcome, Solution
from minidl.checking.verdicts import expect, wrong

__all__ = [
    "Check",
    "Exercise",
    "Message",
    "Mistake",
    "Mistakes",
    "Outcome",
    "Solution",
    "ask",
    "close",
    "differs_already",
    "expect",
    "expect_array",
    "expect_close",
    "expect_gradient",
    "expect_number",
    "expect_op",
    "expect_same",
    "expect_two",
    "make",
    "wrong",
]
