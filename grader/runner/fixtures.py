"""The fixture that passes the learner's function to a property."""

from __future__ import annotations

from typing import Any

import pytest

from grader.runner.proxy import RemoteFunction
from grader.runner.workers import workers_of


def submitted(name: str) -> Any:
    """Return a fixture that yields the submission's function `name`, once for each device."""

    def function(device: str, request: pytest.FixtureRequest) -> RemoteFunction:
        return workers_of(request.config).function(request.path, name, device)

    return pytest.fixture(function, name=name, scope="module")
