"""The engine of the exercises that check themselves; the exercises are in `minidl.lessons`.

For a learner::

    check = exercise("activations/relu")
    check(my_relu)  # right, not right yet with a diagnosis, or not attempted
    check.hint()
    check.solution()

For an author. A lesson `<slug>` has its exercises in four places:

1. `course/<slug>.md`: the blank. A cell tagged `exercise` that names the exercise and runs without
   an error as it stands; the cell after it asks for the check.
2. `minidl/lessons/<slug>/solutions.py`: the solution, a plain function or class as a learner
   would write it, with the name that the blank uses.
3. `minidl/lessons/<slug>/checks.py`: a check and an `Exercise` each, and the tuple `EXERCISES`::

       def check_relu(my_relu: Any) -> None:
           x = np.array([-2.0, 0.0, 3.0])
           leak = Suspect("absolute-value", abs(x), "A ReLU gives 0 below 0, not −x.")
           expect_same(my_relu, solutions.my_relu, (x,), elementwise=True, suspects=[leak])
           expect_array(ask(my_relu, x.astype(np.float32)), dtype=np.float32)


       RELU = Exercise(
           name="activations/relu",
           title="ReLU by hand",
           check=check_relu,
           solution=solutions.my_relu,
           hints=("What is the larger of x and 0?", "`np.maximum` takes two arrays."),
           takeaway="No exponential, so nothing that can overflow.",
       )
       EXERCISES = (RELU, ...)

4. `tests/lessons/mistakes/<slug>.py`: at least three mistakes an exercise, each with the
   diagnosis that it must get::

       MISTAKES = {
           "activations/relu": {
               "absolute-value": np.abs,
               "values": lambda x: np.minimum(x, 0),
               "dtype": lambda x: np.maximum(x, 0).astype(np.float64),
           },
       }

A check calls the learner's code through `ask` (or `make`, for a class), which passes copies of
arrays, swallows prints and turns errors and blanks into outcomes. It then compares with the
`expect_` functions, from the kind of mistake that a learner should hear about first to the last
detail: kind, shape, values, extremes, dtype, gradient. The first expectation that fails is the
diagnosis. `Suspect` recognizes a mistake by the result that it gives; `wrong` and `expect` say
anything else. A check is a pure function: no prints, no state, fixed seeds.
"""

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close, expect_gradient, expect_same
from minidl.checking.comparing_ops import expect_op
from minidl.checking.difference import close
from minidl.checking.exercise import Check, Exercise
from minidl.checking.expecting import expect_array, expect_number, expect_two
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
