"""torch's default device is restored after any change by a submission."""

import pytest
import torch

from grader.sandbox import default_device


@pytest.fixture(autouse=True)
def own():
    yield
    torch.set_default_device(None)


def test_what_was_changed_is_put_back_and_named():
    """A changed default device is detected, named and undone."""
    before = default_device.current()
    torch.set_default_device("meta")
    assert default_device.restore(before) == "meta"
    assert torch.zeros(1).device.type == "cpu"


def test_what_was_not_changed_is_not_named():
    """Setting torch's own default device changes nothing."""
    before = default_device.current()
    assert default_device.restore(before) is None
    torch.set_default_device("cpu")
    assert default_device.restore(before) is None
    assert default_device.current() is None


def test_what_the_file_chose_while_it_was_loaded_stays():
    """The state before the call is restored, not torch's initial state."""
    torch.set_default_device("meta")
    before = default_device.current()
    torch.set_default_device(None)
    assert default_device.restore(before) == "cpu"
    assert torch.zeros(1).device.type == "meta"
