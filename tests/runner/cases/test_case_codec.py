"""A token contains a complete case, and any damage to it is detected."""

import base64
import importlib.util
import json
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grader.course import load_course
from grader.runner.cases import case_codec
from grader.runner.cases.case_codec import Tag, case_text, inputs_of
from grader.sandbox.array_codec import Malformed
from grader.strategies import Bank2d, Layer1d

ROOT = Path(__file__).resolve().parents[3]
COURSE = load_course(ROOT)
NAMED = {"Layer1d": Layer1d, "Bank2d": Bank2d}
QUICK = settings(
    max_examples=15,
    phases=(Phase.generate,),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def steps(tensor):
    """Return a tensor's strides, except for axes with one entry, where strides have no effect."""
    return [step for step, side in zip(tensor.stride(), tensor.shape, strict=False) if side > 1]


def same(one, other):
    """Return whether values agree in kind, dtype, shape, layout and entries, including signed zeros."""
    if type(one) is not type(other):
        return False
    if isinstance(one, torch.Tensor):
        return (
            (one.dtype, one.shape, steps(one)) == (other.dtype, other.shape, steps(other))
            and torch.equal(one.nan_to_num(), other.nan_to_num())
            and torch.equal(one.isnan(), other.isnan())
            and (one.is_complex() or torch.equal(one.signbit(), other.signbit()))
        )
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.fixture(scope="module", autouse=True)
def course_on_the_path():
    """The properties import the reference, as they do in the runner."""
    sys.path.insert(0, str(ROOT))
    yield
    sys.path.remove(str(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("exercise", COURSE.exercises.values(), ids=lambda one: one.id)
def test_every_case_of_the_course_survives(exercise):
    """Each drawn case's token contains that case and fits its property."""
    spec = importlib.util.spec_from_file_location(f"tokens_{exercise.id}", exercise.tests)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for law in exercise.laws:
        test = getattr(module, f"test_{law.id}")
        drawing = test.hypothesis._given_kwargs if hasattr(test, "hypothesis") else {}
        named = case_codec.named_tuples(test.hypothesis.inner_test if drawing else test)
        survives(drawing, named)


def survives(drawing, named):
    @QUICK
    @given(st.fixed_dictionaries(drawing))
    def check(drawn):
        text = case_text(drawn)
        if text is None:
            # These are longer than a command line should be.
            assert len(msgspec.msgpack.encode(case_codec.packed(drawn))) > case_codec.MAX_TEXT * 3 // 4
            return
        again = inputs_of(text, named)
        assert same(again, drawn)
        assert case_text(again) == text

    check()


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor([0.5, float("nan"), float("inf")]),
        torch.tensor(-0.0),
        torch.tensor([1 + 2j, 0.5j]),
        torch.zeros(0, 3),
        torch.empty(0),
        torch.arange(12.0).reshape(3, 4).T,
        torch.tensor([[1.0, 10], [2, 10]])[:, 0],
        torch.tensor([[0.1, 10]])[:, 0],
        torch.tensor([[0.1j, 10]])[:, 0],
        torch.ones(3, dtype=torch.bool),
        torch.tensor([2**62, -(2**63)]),
        torch.tensor([0.1], dtype=torch.bfloat16),
        np.arange(6.0).reshape(2, 3),
        np.array([1, 2], dtype=np.int16),
        Layer1d(torch.ones(2), 3, 1, 0, 1),
        torch.complex64,
        10**40,
        -(10**40),
        (1, (2, [None, True, "x"])),
        {"stride": (1, 0), "y": torch.empty(0)},
        3.5,
        1 - 2j,
    ],
    ids=repr,
)
def test_every_kind_of_value_survives(value):
    """Kind, dtype, shape and layout survive, even for values that the course doesn't draw."""
    assert same(inputs_of(case_text({"v": value}), NAMED)["v"], value)


@pytest.mark.parametrize(
    "value",
    [object(), {1: 2}, "\ud800", torch.zeros(20_000).add(0.5), {1}, b"x"],
    ids=["object", "dict", "surrogate", "large", "set", "bytes"],
)
def test_other_things_have_no_token(value):
    """A value that is large or isn't plain data has no token."""
    assert case_text({"v": value}) is None


def test_tokens_are_short_enough_to_be_shown():
    """Every case of the golden report fits into a line of 100 characters."""
    golden = json.loads((ROOT / "tests/golden/mistakes.json").read_text(encoding="utf-8"))
    found = [
        one["replay"] for exercise in golden["exercises"] for one in exercise["properties"] if one["replay"]
    ]
    assert len(found) >= 6
    assert max(map(len, found)) <= 100


def text_of(value):
    return "1." + base64.urlsafe_b64encode(msgspec.msgpack.encode(value)).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.",
        "2.gA",
        "gA",
        "1.g",
        "1.gA\n",
        "1.g+/A",
        "1.====",
        "1.\u00e9\u00e9",
        "1.wQ",
        text_of([1]),
        text_of({1: 2}),
        text_of({"v": {1: 1}}),
        text_of({"v": b"raw"}),
        text_of({"v": []}),
        text_of({"v": [99, 1]}),
        text_of({"v": [Tag.NAMED]}),
        text_of({"v": [Tag.NAMED, "Layer1d", 1]}),
        text_of({"v": [Tag.NAMED, "Popen", "ls"]}),
        text_of({"v": [Tag.NAMED, ["Layer1d"]]}),
        text_of({"v": [Tag.DTYPE, 99]}),
        text_of({"v": [Tag.DTYPE, -1]}),
        text_of({"v": [Tag.DTYPE, 1.0]}),
        text_of({"v": [Tag.COMPLEX, 1]}),
        text_of({"v": [Tag.LARGE, "12_3"]}),
        text_of({"v": [Tag.LARGE, ""]}),
        text_of({"v": [Tag.LARGE, 5]}),
        text_of({"v": [Tag.TENSOR]}),
        text_of({"v": [Tag.TENSOR, 0, [2]]}),
        text_of({"v": [Tag.TENSOR, 99, [1], [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [2], [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [-1], [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [1 << 40], [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [1] * 99, [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [1 << 20, 1 << 20], [1], [0, 0]]}),
        text_of({"v": [Tag.TENSOR, 0, [2], [1, 2], [1, 1]]}),
        text_of({"v": [Tag.TENSOR, 0, [2], [1, 2], [1 << 19]]}),
        text_of({"v": [Tag.TENSOR, 0, [1], [(1 << 24) + 1]]}),
        text_of({"v": [Tag.TENSOR, 0, [1], [1.5]]}),
        text_of({"v": [Tag.TENSOR, 0, [1], [1 << 63]]}),
        text_of({"v": [Tag.TENSOR, 0, [1], b"123"]}),
        text_of({"v": [Tag.TENSOR, 5, [1], [300]]}),
        text_of({"v": [Tag.TENSOR, 9, [1], b"12345678"]}),
        text_of({"v": [Tag.TENSOR, 2, [1], [1]]}),
        text_of({"v": [Tag.TENSOR, 0, [1], [1], [1], [1]]}),
        text_of({"v": [Tag.ARRAY, 11, [1], [1]]}),
        "1." + base64.urlsafe_b64encode(b"\x81\xa1v" + b"\x92\x01" * 200 + b"\xc0").rstrip(b"=").decode(),
        "1." + base64.urlsafe_b64encode(b"\x81\xa1v\xdd\xff\xff\xff\xff").rstrip(b"=").decode(),
        text_of({"v": "x" * (16 << 10)}),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_case_is_told_apart(text):
    """Sizes, dtypes, shapes, names and depth are each checked before use."""
    with pytest.raises(Malformed):
        inputs_of(text, NAMED)


def test_a_case_that_is_cut_short():
    """A token that is cut short isn't a valid token."""
    text = case_text({"kernel": torch.tensor([1.0, 2.0]), "layer": Layer1d(torch.ones(2), 3, 1, 0, 1)})
    for end in range(len(text)):
        with pytest.raises(Malformed):
            inputs_of(text[:end], NAMED)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(), st.text(), st.binary()
)
TREES = st.recursive(
    SCALARS,
    lambda part: st.one_of(
        st.lists(part, max_size=6),
        st.tuples(st.integers(0, 9), part, part, part).map(list),
        st.tuples(
            st.integers(3, 4),
            st.integers(-1, 12),
            st.lists(st.integers(-1, 9), max_size=3),
            st.lists(st.integers(-9, 300), max_size=12),
            st.lists(st.integers(-1, 9), max_size=3),
        ).map(list),
    ),
    max_leaves=12,
)


def entries_in(value):
    if isinstance(value, torch.Tensor):
        return value.numel()
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(entries_in, value.values()))
    return sum(map(entries_in, value)) if isinstance(value, tuple | list) else 1


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(
    st.one_of(
        TREES.map(lambda tree: text_of({"v": tree})),
        st.binary().map(lambda raw: "1." + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()),
        st.text().map("1.{}".format),
    )
)
def test_no_text_does_anything_else(text):
    """Any text decodes to a case no larger than the text, or raises Malformed."""
    try:
        inputs = inputs_of(text, NAMED)
    except Malformed:
        return
    assert entries_in(inputs) <= len(text)


def test_the_places_of_the_dtypes_are_kept():
    """Each dtype keeps its position in the format, so that old tokens stay valid."""
    from grader.runner.cases import tensor_codec

    assert tensor_codec.NAMES[:12] == (
        *("float32", "float64", "complex64", "complex128", "bool", "uint8", "int8"),
        *("int16", "int32", "int64", "float16", "bfloat16"),
    )
    assert [int(tag) for tag in Tag] == list(range(8))
    assert case_codec.FORMAT == "1"
