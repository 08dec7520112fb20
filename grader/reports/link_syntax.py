"""The syntax of the part after `#` in a laboratory's address, as `state.mjs` reads it."""

from __future__ import annotations

from collections.abc import Mapping

# The same as in `state.mjs`. A test compares them.
LIMITS: dict[str, tuple[int, int]] = {
    "x": (1, 64),
    "h": (1, 32),
    "stride": (1, 32),
    "padding": (0, 16),
    "dilation": (1, 8),
    "fft": (1, 1024),
    "at": (0, 10_000),
    "image": (1, 12),
    "kernel": (1, 8),
    "stride2": (1, 8),
    "padding2": (0, 4),
    "dilation2": (1, 3),
    "n": (1, 2**20),
    "k": (1, 2**20),
}
LARGEST = 1e12
OPERATIONS = ("corr", "conv")
MODES = ("valid", "full", "same", "circular")
CHOICES: dict[str, tuple[str, ...]] = {
    "tab": ("1d", "2d", "cost"),
    "op": OPERATIONS,
    "op2": OPERATIONS,
    "mode": MODES,
    "mode2": MODES,
}
LISTS = ("x", "h")
TABLES = ("image", "kernel")
PAIRS = ("stride2", "padding2", "dilation2")


def parts(fragment: str) -> dict[str, str]:
    """Return the keys of an address and their values as text."""
    return {key: text for key, _, text in (one.partition("=") for one in fragment.split("&") if one)}


def problem(fragment: str) -> str | None:
    """Return the part that the laboratory can't read, or "a kernel that fits nowhere", or None."""
    found = parts(fragment)
    wrong = next((f"{key}={text}" for key, text in found.items() if not _reads(key, text)), None)
    return wrong or (None if _fits(found) else "a kernel that fits nowhere")


def _reads(key: str, text: str) -> bool:
    if key in CHOICES or key not in LIMITS:
        return text in CHOICES.get(key, ())
    least, most = LIMITS[key]
    rows = [[_number(one) for one in row.split(",")] for row in text.split(";")]
    sizes = {len(row) for row in rows}
    if len(sizes) > 1 or any(one is None for row in rows for one in row):
        return False
    if key in TABLES:
        return all(least <= size <= most for size in (len(rows), *sizes))
    if key in LISTS:
        return len(rows) == 1 and least <= len(rows[0]) <= most
    whole = all(one is not None and one.is_integer() and least <= one <= most for one in rows[0])
    return whole and len(rows) == 1 and len(rows[0]) <= (2 if key in PAIRS else 1)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= LARGEST else None


def _fits(found: Mapping[str, str]) -> bool:
    """Return whether the kernel fits at least once. In modes other than `valid`, it always fits."""
    over, kernel, end = ("image", "kernel", "2") if found.get("tab") == "2d" else ("x", "h", "")
    if found.get(f"mode{end}", "valid") != "valid" or over not in found or kernel not in found:
        return True
    padding, dilation = _pair(found.get(f"padding{end}", "0")), _pair(found.get(f"dilation{end}", "1"))
    sides = zip(_sides(found[over]), _sides(found[kernel]), padding, dilation, strict=True)
    return all(size + 2 * pad > spread * (taps - 1) for size, taps, pad, spread in sides)


def _sides(text: str) -> tuple[int, int]:
    rows = text.split(";")
    return len(rows), len(rows[0].split(","))


def _pair(text: str) -> tuple[int, int]:
    """Return the values for rows and columns, which are the same if only one is given."""
    first, *rest = (int(float(one)) for one in text.split(","))
    return first, rest[0] if rest else first
