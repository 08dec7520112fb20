"""torch's default device, which a submission may change: what it leaves behind is found, and put back."""

from __future__ import annotations

from typing import Any

import torch


def current() -> Any:
    """Return what holds torch's default device, None where it is torch's own choice."""
    # torch.get_default_device makes a tensor to find out the number, and fails where there is no such device.
    return getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)


def restore(before: Any) -> str | None:
    """Put back the default device, and return the name of the one that was set in its place."""
    after = current()
    if after is before:
        return None
    left = "cpu" if after is None else after.device.type
    torch.set_default_device(None if before is None else before.device)
    return None if left == ("cpu" if before is None else before.device.type) else str(left)
