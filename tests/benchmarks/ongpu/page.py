"""Write the results as a page: the row for docs/devices.md, and the details below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Part:
    """One part of the work: how much was planned and done, and the results."""

    title: str
    planned: int = 0
    done: int = 0
    differences: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def failed(self) -> bool:
        """Whether the part failed or did nothing."""
        return bool(self.trouble or (self.left_out and not self.done))

    @property
    def outcome(self) -> str:
        """The result of the part in a few words."""
        said = f"{self.title}: {self.done} of {self.planned}"
        said += f", {len(self.differences)} differ" if self.differences else ", all agree" * bool(self.done)
        return said + (f" ({self.trouble})" if self.trouble else "")


def code(parts: list[Part]) -> int:
    """Return the exit code: 1 if something differs, 3 if a part failed or did nothing, else 0."""
    if any(one.differences for one in parts):
        return 1
    return 3 if any(one.failed for one in parts) else 0


def page(here: dict[str, Any], device: str, parts: list[Part], speeds: list[dict[str, Any]]) -> str:
    """Return the page."""
    return "\n".join([*_row(here, device, parts), *_details(parts), *_speeds(device, speeds)]) + "\n"


def _row(here: dict[str, Any], device: str, parts: list[Part]) -> Iterator[str]:
    on = ", ".join(here[name] for name in ("torch", "python", "device", "platform", "processors"))
    yield "| device | run on | outcome |"
    yield "|---|---|---|"
    yield f"| `{device}` | {cell(on)} | {cell('; '.join(one.outcome for one in parts))} |"


def _details(parts: list[Part]) -> Iterator[str]:
    for part in parts:
        for heading, lines in (
            ("what differs", part.differences),
            ("for your information", part.remarks),
            ("left out for lack of time", part.left_out),
        ):
            if lines:
                yield from ("", f"## {part.title}: {heading}", "")
                yield from (f"- {' '.join(line.split())}" for line in lines)


def _speeds(device: str, speeds: list[dict[str, Any]]) -> Iterator[str]:
    if not speeds:
        return
    yield from ("", "## Microseconds of the references", "")
    yield f"The time of one call with the wait for its end. `beside` is the baseline, on {device}."
    yield from ("", f"| | cpu | {device} | beside | ratio |", "|---|---|---|---|---|")
    for one in speeds:
        there, beside = one["device"], one["beside"]
        yield (
            f"| {cell(one['label'])} | {one['cpu']:.1f} | {there:.1f} | {beside:.1f} | {there / beside:.2f} |"
        )


def cell(text: str) -> str:
    """Return the text in a form that is safe in a table cell."""
    return " ".join(text.split()).replace("|", r"\|")
