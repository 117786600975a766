"""A node in any function of NumPy's is right or refused, and never loses its graph in silence."""

import inspect
import math
import warnings

import numpy as np
import pytest

from minidl.graph import Node, Variable

REFUSED = "minidl.graph"
MODULES = (np, np.linalg, np.fft)
SKIPPED = {"save", "savez", "savez_compressed", "savetxt", "fromfile", "show_config", "info"}
# Their second or third argument is no array, and goes unused where the others say enough.
SKIPPED |= {"real_if_close", "fromregex", "trapezoid", "bmat", "histogram", "histogram_bin_edges"}
SKIPPED |= {"show_runtime", "test", "load", "loadtxt", "genfromtxt", "memmap", "set_printoptions"}
PLACES = [lambda a, b: (a,), lambda a, b: (a, b), lambda a, b: (b, a), lambda a, b: (b, b, a)]
PLACES += [lambda a, b: ([a, a],), lambda a, b: ("i,i->", a, b), lambda a, b: ((2,), a)]


def functions():
    for module in MODULES:
        for name in sorted(set(dir(module)) - SKIPPED):
            function = getattr(module, name)
            if callable(function) and not name.startswith("_") and not inspect.isclass(function):
                yield pytest.param(function, id=f"{module.__name__}.{name}")


def is_lost(found):
    """Whether there is an answer in which the graph is lost: numbers or objects made of a node."""
    parts = found if isinstance(found, tuple | list) else [found]
    for part in parts:
        if isinstance(part, Node):
            continue
        if isinstance(part, np.ndarray | np.generic) and (part.dtype.kind in "fciuO"):
            return True
    return False


@pytest.mark.parametrize("function", list(functions()))
@pytest.mark.parametrize("place", range(len(PLACES)))
def test_no_function_of_numpy_loses_a_node(function, place):
    node, array = Variable([1.0, 2.0]), np.array([3.0, 4.0])
    args = PLACES[place](node, array)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = function(*args)
        except (TypeError, ValueError, AttributeError, IndexError, SystemError, LookupError):
            return
    assert isinstance(found, Node) or not is_lost(found), found


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
