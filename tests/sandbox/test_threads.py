"""The instrumentation counts work in threads, whenever they were started."""

import contextlib

import pytest
import torch
from workers import load

from grader.sandbox import codec, wire
from grader.sandbox.client import Worker
from grader.sandbox.zygote_client import ZygoteClient

HEAD = """
import _thread
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F

early = ThreadPoolExecutor(1)
early.submit(int).result()


def by_torch(x, h):
    return F.conv1d(x[None, None], h[None, None])[0, 0]


def by_numpy(x, h):
    return torch.from_numpy(np.correlate(x.numpy(), h.numpy()))


def by_transform(x, h):
    return torch.fft.irfft(torch.fft.rfft(x) * 2)


def by_product(x, h):
    return torch.mv(x.unfold(0, len(h), 1), h)


def in_a_thread(function, *args):
    found = []
    thread = threading.Thread(target=lambda: found.append(function(*args)))
    thread.start()
    thread.join()
    return found[0]


def in_a_bare_thread(function, *args):
    found = queue.Queue()
    _thread.start_new_thread(lambda: found.put(function(*args)), ())
    return found.get()


def in_a_pool(function, *args):
    with ThreadPoolExecutor(2) as pool:
        return pool.submit(function, *args).result()


def in_an_early_thread(function, *args):
    return early.submit(function, *args).result()
"""
WAYS = ["in_a_thread", "in_a_bare_thread", "in_a_pool", "in_an_early_thread"]


@pytest.fixture(scope="module")
def server():
    with ZygoteClient.start() as server:
        yield server


def asked(server, way, function, mode, device="cpu"):
    """Run a function in a separate thread in the given mode, and return the value."""
    text = f"{HEAD}\n\ndef f(x, h):\n    return {way}({function}, x, h)\n"
    x, h = torch.arange(1.0, 7.0), torch.tensor([1.0, 2.0])
    with contextlib.closing(Worker.fork(server, device=device)) as worker:
        assert isinstance(load(worker, text, device=device), wire.Loaded)
        reply = worker.ask(wire.Ask("f", mode, [codec.pack(x), codec.pack(h)], {}), seconds=10)
    assert isinstance(reply, wire.Returned), reply
    return reply.value


@pytest.mark.parametrize("device", ["cpu", "sim"])
@pytest.mark.parametrize("way", WAYS)
def test_operators_of_threads_have_their_names(server, way, device):
    """A convolution in another thread is counted as a convolution."""
    assert "convolution" in asked(server, way, "by_torch", "operators", device)


@pytest.mark.parametrize("way", WAYS[:3])
def test_functions_of_other_libraries_have_their_names(server, way):
    """A NumPy function in a thread that starts later is also counted."""
    assert "numpy.correlate" in asked(server, way, "by_numpy", "operators")


@pytest.mark.parametrize("way", WAYS)
def test_costs_of_threads_count(server, way):
    """A product of five windows of two entries is counted whichever thread runs it."""
    assert asked(server, way, "by_product", "cost") >= 10


@pytest.mark.parametrize("way", WAYS)
def test_what_decides_the_answer_may_be_another_threads(server, way):
    """A transform or a product counts if a thread's answer depends on it."""
    assert asked(server, way, "by_transform", "transforms") == [6]
    assert [5, 2] in asked(server, way, "by_product", "products")


@pytest.mark.parametrize("device", ["cpu", "sim"])
@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_in_the_way_of_a_thread(server, way, device):
    """A thread's result and its gradient stay unchanged."""
    assert torch.equal(
        asked(server, way, "by_product", "call", device), torch.tensor([5.0, 8.0, 11.0, 14.0, 17.0])
    )
