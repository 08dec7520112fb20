"""Prints and raises texts that a spreadsheet reads as formulas or a browser reads as markup."""

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


TEXT = "=cmd|' /C calc'!A0\n+1\n-1\n@SUM(A1)\n\t=1\n\",,,13\n<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}$(id)`id`"


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    print(TEXT)
    raise type("=HYPERLINK(A1)", (Exception,), {})(TEXT)
