"""A node in any function of NumPy's is right or refused, and never loses its graph in silence."""

import inspect
import math
import warnings

import numpy as np
import pytest

from minidl.graph import Node, Variable

REFUSED = r"minidl\.graph"
SKIPPED = {"save", "savez", "savez_compressed", "savetxt", "fromfile", "show_config", "info"}
SKIPPED |= {"show_runtime", "test", "load", "loadtxt", "genfromtxt", "memmap", "set_printoptions"}
# About the list, not what is in it; and what goes unread or is only looked at where it stands.
SKIPPED |= {
    "isscalar",
    "iterable",
    "printoptions",
    "bmat",
    "real_if_close",
    "histogram",
    "mintypecode",
}
SKIPPED |= {"histogram_bin_edges", "trapezoid", "trapz", "matrix_rank", "isin", "in1d", "isfortran"}
SKIPPED |= {"frombuffer", "from_dlpack"}  # of memory, and refused as such
# The graph's own for vectors, and NumPy's where it wants a list of arrays and got one node.
OTHER_WORDS = ("@: expected shapes", "dispatcher for __array_function__ did not return")
PLACES = {
    "alone": lambda a, b: (a,),
    "first": lambda a, b: (a, b),
    "second": lambda a, b: (b, a),
    "third": lambda a, b: (b, b, a),
    "in a list": lambda a, b: ([a, a],),
    "after a formula": lambda a, b: ("i,i->", a, b),
    "after a number": lambda a, b: (2, a),
}


def functions():
    for module in (np, np.linalg, np.fft):
        for name in sorted(set(dir(module)) - SKIPPED):
            function = getattr(module, name)
            if not name.startswith("_") and is_of_arrays(function):
                yield f"{module.__name__}.{name}", function


def is_of_arrays(function):
    """Return whether a function computes with arrays; NumPy 1 has many tools beside them."""
    if not callable(function) or inspect.isclass(function):
        return False
    ours_to_answer = isinstance(function, np.ufunc) or hasattr(function, "_implementation")
    return ours_to_answer or not np.__version__.startswith("1.")


def outcome(function, args):
    """Return what a function answers, or the error that it raises."""
    try:
        return function(*args)
    except Exception as error:
        return error


@pytest.mark.parametrize("place", PLACES)
def test_what_numpy_does_with_an_array_is_right_or_refused_by_name_with_a_node(place):
    node, other = Variable([1.0, 2.0]), np.array([3.0, 4.0])
    tried, faults = 0, []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for name, function in functions():
            right = outcome(function, PLACES[place](node.value.copy(), other.copy()))
            if isinstance(right, Exception):  # no call that anybody could mean
                continue
            found = outcome(function, PLACES[place](node, other.copy()))
            tried += 1
            if isinstance(found, Node):
                good = np.array_equal(found.value, right)
            else:
                good = isinstance(found, TypeError) and "minidl.graph" in str(found)
                good = good or str(found).startswith(OTHER_WORDS)
            if not good:
                faults.append((name, found))
    assert not faults
    assert tried > 5


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (np.exp, "minidl.graph.exp"),
        (np.sum, "minidl.graph.total"),
        (np.mean, "a.value.size"),
        (lambda a: np.dot(a, a), r"\(a \* b\).sum\(\)"),
        (lambda a: np.add.reduce(a), "minidl.graph.total"),
        (lambda a: np.multiply.outer(a, a), "what minidl.graph has"),
        (lambda a: np.add(a, 1, out=np.zeros(2)), r"a \+ b"),
        (lambda a: np.reshape(a, (1, 2)), "has that shape from the start"),
        (lambda a: np.linalg.norm(a), r"\(a \* a\).sum"),
        (lambda a: np.array([a, a]), "value"),
        (np.asarray, "value"),
        (float, "value"),
        (int, "value"),
        (bool, "value"),
        (len, "value"),
        (list, "value"),
        (math.exp, "value"),
        (lambda a: a[0], "value"),
        (lambda a: a < 1, "value"),
        (lambda a: np.ones(2) < a, "value"),
        (lambda a: max([a, a]), "value"),
        (lambda a: a == 1, "value"),
        (lambda a: a != np.ones(2), "value"),
        (lambda a: np.ones(2) == a, "value"),
        (lambda a: 1.0 in [a], "value"),
        (lambda a: np.float64(a), "value"),
    ],
)
def test_what_is_refused_names_what_the_graph_has(call, advice):
    with pytest.raises(TypeError, match=REFUSED) as refusal:
        call(Variable([1.0, 2.0]))
    assert refusal.match(advice)


def test_an_array_is_not_overwritten_with_a_node():
    array = np.zeros(2)
    with pytest.raises(TypeError, match=r"minidl\.graph"):
        array += Variable([1.0, 2.0])


@pytest.mark.parametrize("left", [np.array([5.0, 7.0]), np.float64(5.0), 5.0, np.int64(5), [5, 7]])
def test_what_stands_on_the_left_of_a_sign_makes_a_node(left):
    a = Variable([1.0, 2.0])
    for found, value in [
        (left + a, np.add(left, a.value)),
        (left - a, np.subtract(left, a.value)),
        (left * a, np.multiply(left, a.value)),
        (left / a, np.divide(left, a.value)),
        (left**a, np.power(left, a.value)),
    ]:
        assert isinstance(found, Node)
        assert np.array_equal(found.value, value)


def test_the_sum_of_a_list_of_nodes_is_a_node():
    a, b = Variable(1.0), Variable(2.0)
    found = sum([a, b, a])
    found.backward()
    assert (float(found.value), float(a.grad), float(b.grad)) == (4.0, 2.0, 1.0)


def test_a_product_of_vectors_advises_what_there_is():
    a = Variable([1.0, 2.0])
    with pytest.raises(ValueError, match=r"try \(a \* b\)\.sum\(\)") as refusal:
        a @ a
    assert "reshape" not in str(refusal.value)


def test_a_node_equals_itself_alone():
    a, b = Variable(1.0), Variable(1.0)
    assert a == a
    assert a != b
    assert a in [b, a]
    assert a not in [b, None, "a"]
    assert len({a, b, a}) == 2
