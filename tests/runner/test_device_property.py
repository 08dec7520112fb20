"""Results on further devices form one property, which only a correct answer earns points for."""

import msgspec
import pytest

from grader.report_model import Counterexample, Misconception, Property
from grader.runner import device_property

WORTH = 2.0
CASE = Counterexample("f(x=[1])", {}, None, None, None, 3)
KNOWN = Misconception("device-3", "not on the input's device", "Line 3: so.")


def law(name, verdict="met", device="cpu", **fields):
    reason = None if verdict == "met" else f"{name} fails"
    cause = "wrong" if verdict == "not met" else None
    one = Property(name, "It is.", device, verdict, cause, reason, 0.0, 0.0, 0.5, evidence=device != "cpu")
    return msgspec.structs.replace(one, **fields)


def device(first, further, excused=()):
    """Return the `device` property, given verdicts by name for the CPU and the simulated device."""
    laws = [law(name, verdict) for name, verdict in first.items()]
    laws += [law(name, verdict, "sim") for name, verdict in further.items()]
    return device_property.concluded(laws, WORTH, excused)


def verdict(*arguments, **fields):
    found = device(*arguments, **fields)
    return found.verdict, found.points, found.max_points


ALL = dict.fromkeys(("shape", "values", "dtype"), "met")


def test_one_device_has_no_such_property():
    """The `device` property exists only if there is a second device."""
    assert device(ALL, {}) is None


def test_what_holds_on_both_is_met():
    """`device` gets full points if every property met on the first device is met on the further one."""
    found = device(ALL, ALL)
    assert (found.id, found.device, found.verdict) == ("device", "sim", "met")
    assert (found.points, found.max_points, found.duration, found.evidence) == (2.0, 2.0, 1.5, False)


def test_one_that_fails_there_costs_all_of_its_points():
    """A single failing property on the further device makes `device` not met."""
    assert verdict(ALL, ALL | {"dtype": "not met"}) == ("not met", 0.0, 2.0)


def test_what_is_wrong_on_the_first_device_costs_nothing_more():
    """An unmet property on the first device doesn't affect `device` if the values are correct."""
    first, further = ALL | {"dtype": "not met"}, ALL | {"dtype": "not judged"}
    assert verdict(first, further) == ("met", 2.0, 2.0)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (("values",), "`values` must be correct on cpu first"),
        (("shape", "values"), "`shape` and `values` must be correct on cpu first"),
    ],
)
def test_a_wrong_answer_earns_nothing_for_lying_right(missing, reason):
    """If shape or values are wrong, `device` earns no points, but its points stay in the total."""
    first = ALL | dict.fromkeys(missing, "not met")
    found = device(first, ALL | dict.fromkeys(missing, "not judged"))
    assert (found.verdict, found.points, found.max_points) == ("not judged", 0.0, 2.0)
    assert found.reason == reason


def test_where_no_property_is_called_values_all_are_needed():
    """In a course without a `values` property, `device` requires all properties to be met."""
    first = {"size": "met", "sum": "not met"}
    assert verdict(first, {"size": "met", "sum": "not judged"}) == ("not judged", 0.0, 2.0)
    assert verdict(dict.fromkeys(first, "met"), dict.fromkeys(first, "met")) == ("met", 2.0, 2.0)


def test_a_failure_counts_although_the_values_are_wrong():
    """A failure on the further device is reported, even if the values are wrong."""
    first = ALL | {"values": "not met"}
    assert verdict(first, {"shape": "not met", "values": "not judged"}) == ("not met", 0.0, 2.0)


@pytest.mark.parametrize(
    ("first", "name"), [(ALL, "dtype"), (ALL | {"values": "not judged"}, "values")], ids=["there", "here"]
)
def test_what_the_machine_keeps_from_being_tried_costs_nothing(first, name):
    """The points of `device` leave the total only if the machine, not the submission, is the cause."""
    further = ALL | {name: "not judged"}
    found = device(first, further, excused={name})
    assert (found.verdict, found.points, found.max_points) == ("not judged", 0.0, 0.0)
    assert found.reason == f"{name} fails"
    assert verdict(first, further) == ("not judged", 0.0, 2.0)


def test_the_first_that_fails_tells_why():
    """`device` shows the first failing property's case, cause and mistake."""
    case = {"counterexample": CASE, "misconception": KNOWN, "replay": "one.shape.sim.1.x"}
    wrong = [law("shape", "not met", "sim", **case), law("values", "not met", "sim")]
    found = device_property.failed(wrong, WORTH)
    assert (found.counterexample, found.misconception, found.replay) == (CASE, KNOWN, "one.shape.sim.1.x")
    assert (found.cause, found.reason, found.says) == (
        "wrong",
        "shape fails",
        "Every test also passes on another device: the result is on the device of the inputs.",
    )


def test_what_no_known_mistake_explains_bears_the_propertys_name():
    """Without a known mistake, the message names the property that fails on the further device."""
    assert device_property.failed([law("values", "not met", "sim")], WORTH).reason == (
        "`values` fails there: values fails"
    )


def test_a_hidden_property_is_not_given_away():
    """A public property's reason is shown; for a hidden one, only the learner's own line is shown."""
    secret = law(
        "secret", "not met", "sim", hidden=True, counterexample=CASE, misconception=KNOWN, replay="t"
    )
    assert device_property.failed([secret, law("values", "not met", "sim")], WORTH).reason.startswith(
        "`values`"
    )
    found = device_property.failed([secret], WORTH)
    assert (found.counterexample, found.replay, found.misconception) == (None, None, KNOWN)
    assert "secret" not in found.reason
    other = msgspec.structs.replace(secret, misconception=Misconception("slug", "name", "message"))
    assert device_property.failed([other], WORTH).misconception is None


@pytest.mark.parametrize("there", ["met", "not met", "not judged"])
def test_where_a_result_lies_is_the_workers_word(there):
    """The report marks `device` as relying on a claim, whatever its verdict."""
    assert device(ALL, ALL | {"dtype": there}).claimed
