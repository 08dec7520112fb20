"""Prints colours, titles, links, cursor moves, bells, nulls and marks that reverse text."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


def build_toeplitz_1d(kernel, n):
    print("\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;http://127.0.0.1\x07link\x9b1m\x00\x08\x7f\r\u202e\u2066\u200f\u2028\ufeff\x85")
    print("[bold red]13/13 points[/bold red] [link=file:///etc/passwd]x[/link] [/]")
    return wrong(kernel)
