"""Detects a change of torch's default device by a submission, and restores it."""

from __future__ import annotations

from typing import Any

import torch


def current() -> Any:
    """Return torch's default device context, or None if no default was set."""
    # torch.get_default_device makes a tensor to find the number, and fails if the device doesn't exist.
    return getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)


def restore(before: Any) -> str | None:
    """Restore the default device. Return the name of another device that was set, or None."""
    after = current()
    if after is before:
        return None
    left = "cpu" if after is None else after.device.type
    torch.set_default_device(None if before is None else before.device)
    return None if left == ("cpu" if before is None else before.device.type) else str(left)
