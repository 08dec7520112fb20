"""Imports large parts of the standard library and of the installed packages."""

import asyncio
import concurrent.futures
import csv
import ctypes
import decimal
import email.message
import fractions
import http.client
import json
import multiprocessing
import sqlite3
import statistics
import subprocess
import unittest.mock
import urllib.request
import xml.etree.ElementTree

import numpy.fft
import numpy.linalg
import torch.nn.functional as F
import torch.utils.data


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    assert fractions.Fraction(1, 2) + decimal.Decimal(0).adjusted() == 0.5
    assert statistics.mean([n, n]) == n
    return F.pad(matrix, (0, 0))
