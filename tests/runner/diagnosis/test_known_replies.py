"""Replies from known mistakes are kept for later submissions."""

import torch

from grader.runner.call import Call
from grader.runner.diagnosis import known_replies
from grader.runner.diagnosis.known_replies import KnownMistake, KnownReplies, Reply
from grader.sandbox import wire
from grader.sandbox.wire import Raised, Returned

CALL = Call("f", "call", (torch.ones(2),))


class Client:
    """A client that answers every call in the same way and counts the calls."""

    def __init__(self, answer):
        self.answer, self.asked, self.latest = answer, 0, b""

    def ask(self, call):
        self.asked += 1
        self.latest = wire.frame(self.answer)[4:] if isinstance(self.answer, Returned | Raised) else b""
        return self.answer


def mistake(replies, client, slug="flipped", device="cpu"):
    return KnownMistake(slug, device, replies, lambda: client)


def test_a_call_is_asked_once():
    """A second known mistake with the same name uses the kept reply, without a worker."""
    replies, client = KnownReplies(), Client(Returned([1, 2]))
    assert mistake(replies, client).ask(CALL) == Returned([1, 2])
    assert mistake(replies, None).ask(CALL) == Returned([1, 2])
    assert client.asked == 1


def test_an_exception_is_kept():
    """A kept exception equals the one that was first raised."""
    replies, client = KnownReplies(), Client(Raised("ValueError", ["ValueError"], "no", 3, None))
    asked = mistake(replies, client).ask(CALL)
    assert mistake(replies, None).ask(CALL) == asked


def test_other_calls_devices_and_mistakes_are_told_apart():
    """A kept reply is used only for its own call, device and mistake."""
    replies, client = KnownReplies(), Client(Returned(1))
    mistake(replies, client).ask(CALL)
    mistake(replies, client).ask(Call("f", "call", (torch.zeros(2),)))
    mistake(replies, client).ask(Call("f", "vjp", (torch.ones(2),)))
    mistake(replies, client, device="sim").ask(CALL)
    mistake(replies, client, slug="shifted").ask(CALL)
    assert client.asked == 5


def test_a_fork_leaves_what_it_learned():
    """A process sees the replies that another process adds, but no incomplete ones."""
    fork, template = KnownReplies(), KnownReplies()
    mistake(fork, Client(Returned(7))).ask(CALL)
    template.learn(fork.fresh()[:-1])
    assert template.recall("flipped", "cpu", CALL.frame) is None
    template.learn(fork.fresh())
    assert mistake(template, None).ask(CALL) == Returned(7)
    assert KnownReplies().fresh() == template.fresh()


def test_replies_have_bounded_room(monkeypatch):
    """A reply isn't kept if it is too long or if there is no room left."""
    monkeypatch.setattr(known_replies, "LONGEST", 10)
    monkeypatch.setattr(known_replies, "MOST_KEPT", 15)
    replies = KnownReplies()
    for number, size in enumerate((11, 10, 6, 5)):
        replies.keep(Reply("a", "cpu", bytes([number]), b"x" * (size - 1)))
    assert [replies.recall("a", "cpu", bytes([number])) is not None for number in range(4)] == [
        False,
        True,
        False,
        True,
    ]
