"""Similar answers: shared code is found under other names and in another order; what all may share is not."""

import ast
import html
import os
import re
import signal
import time

import pytest

from grader.cohort import fingerprints, similar
from grader.cohort.similar import background, compare
from grader.course import load_course
from grader.reports import similar_page
from grader.reports.similarity import LineRange, SimilarAnswers, SimilarPair, SimilarText, Uncompared
from grader.source_text import SourceText

EXERCISE = "toeplitz_1d"

# Six right answers to toeplitz_1d, each with an idea of its own.
INDEPENDENT = {
    "conv": """
import torch

def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1:
        raise ValueError("one axis, please")
    if kernel.numel() < 1 or kernel.numel() > n:
        raise ValueError("the kernel is empty or too long")
    delta = torch.diag(torch.ones(n, dtype=kernel.dtype, device=kernel.device))
    patches = delta.unfold(1, kernel.numel(), 1)
    return torch.einsum("cik,k->ic", patches, kernel)
""",
    "diagonals": """
import torch

def build_toeplitz_1d(kernel, n):
    k = kernel.size(0) if kernel.ndim == 1 else 0
    if k == 0 or n < k:
        raise ValueError
    m = n - k + 1
    total = torch.zeros((m, n), dtype=kernel.dtype, device=kernel.device)
    for offset, tap in enumerate(kernel):
        band = torch.ones(m, dtype=kernel.dtype, device=kernel.device) * tap
        total = total + torch.diag_embed(band, offset, 0, 1)[:m, :n] if n - m == offset else (
            total + torch.nn.functional.pad(torch.diag(band), (offset, n - m - offset)))
    return total
""",
    "rolled": """
from torch import Tensor, cat, stack

def build_toeplitz_1d(kernel: Tensor, n: int) -> Tensor:
    valid = kernel.ndim == 1 and 0 < kernel.shape[0] <= n
    if not valid:
        raise ValueError(f"shape {kernel.shape}")
    first = cat([kernel, kernel.new_zeros(n - kernel.shape[0])])
    rows = []
    while len(rows) <= n - kernel.shape[0]:
        rows.append(first.roll(len(rows)))
    return stack(rows)
""",
    "flat": '''
import torch

def build_toeplitz_1d(kernel, n):
    """Rows of length n + 1 laid end to end: cut into rows of length n they shift by one each."""
    try:
        (k,) = kernel.shape
    except ValueError:
        raise ValueError("a vector") from None
    assert_range(k, n)
    rows = n + 1 - k
    strip = torch.nn.functional.pad(kernel, (0, n + 1 - k)).repeat(rows)
    return strip[: rows * n].reshape(rows, n)

def assert_range(k, n):
    if not (k >= 1 and n >= k):
        raise ValueError(f"{k} taps for {n} places")
''',
    "recursive": """
import torch

def build_toeplitz_1d(kernel, n):
    if len(kernel.shape) > 1 or not len(kernel):
        raise ValueError("bad kernel")
    if len(kernel) > n:
        raise ValueError("long kernel")
    last = torch.cat((torch.zeros_like(kernel[:1]).expand(n - len(kernel)), kernel))[None]
    if n == len(kernel):
        return last
    smaller = build_toeplitz_1d(kernel, n - 1)
    column = smaller.new_zeros(smaller.shape[0], 1)
    return torch.vstack((torch.hstack((smaller, column)), last))
""",
    "scatter": """
import torch

def positions(m, k, device):
    start = torch.arange(m, device=device)
    return start.repeat_interleave(k), torch.arange(k, device=device).repeat(m)

def build_toeplitz_1d(kernel, n):
    if kernel.dim() - 1 or kernel.nelement() not in range(1, n + 1):
        raise ValueError("kernel")
    m = n - kernel.nelement() + 1
    row, tap = positions(m, kernel.nelement(), kernel.device)
    empty = kernel.new_zeros(m, n)
    return empty.index_put((row, row + tap), kernel[tap])
""",
}

ORIGINAL = '''
import torch

def shifted(vector, places, width):
    """Move a vector to the right."""
    result = vector.new_zeros(width)
    for index in range(len(vector)):
        if 0 <= index + places < width:
            result[index + places] += vector[index]
    return result

def build_toeplitz_1d(kernel, n):
    # My own idea.
    if kernel.dim() != 1 or len(kernel) > n or len(kernel) == 0:
        raise ValueError("no")
    collected = []
    for place in range(2 * n):
        row = shifted(kernel, place, n)
        if place + len(kernel) <= n:
            collected.insert(place, row)
    return torch.cat(collected, 0).view(-1, n)
'''
RENAMED = {
    "shifted": "mv",
    "vector": "v",
    "places": "by",
    "width": "size",
    "result": "out",
    "index": "i",
    "kernel": "h",
    "collected": "lst",
    "place": "p",
    "row": "r",
}


def renamed(text):
    return re.sub(r"\b\w+\b", lambda word: RENAMED.get(word[0], word[0]), text)


def reordered(text):
    head, first, second = re.split(r"(?m)^(?=def )", text)
    return head + second + first


def redecorated(text):
    """Return the same code with other comments, docstrings, annotations, messages, imports and layout."""
    text = re.sub(r" *#.*| *\"\"\".*", "", text)
    for before, after in {
        "import torch": "import torch as t\nimport math",
        "torch.cat": "t.cat",
        '"no"': 'f"{n} isn\'t enough"',
        "(kernel, n):": "(kernel: 'Tensor', n: int) -> 'Tensor':\n  # new",
        "collected = []": "collected: list = (  # new\n[])",
        "    ": "\t",
        " + ": "  + \\\n ",
    }.items():
        text = text.replace(before, after)
    return text


def found(answers, **known):
    """Compare answers to one exercise, given as texts by learner."""
    texts = {learner: SourceText(text, f"{EXERCISE}.py") for learner, text in answers.items()}
    return compare({EXERCISE: texts}, known)


def pairs(answers, **known):
    return {(one.one.learner, one.other.learner): one.shared for one in found(answers, **known).pairs}


@pytest.fixture
def known(course):
    return {EXERCISE: background(course, EXERCISE)}


@pytest.mark.parametrize("change", [renamed, redecorated, lambda text: redecorated(renamed(text))])
def test_another_look_hides_nothing(known, change):
    """Other names, comments, docstrings, annotations, messages, imports and layout change no fingerprint."""
    changed = change(ORIGINAL)
    compile(changed, "changed", "exec")
    assert changed != ORIGINAL
    assert pairs({"ada": ORIGINAL, "bob": changed, **INDEPENDENT}, **known) == {("ada", "bob"): 1.0}


def test_another_order_of_functions_hides_little(known):
    """Only the code at the edges of the functions changes."""
    assert pairs({"ada": ORIGINAL, "bob": reordered(ORIGINAL)}, **known)["ada", "bob"] > 0.7


def test_a_part_of_a_longer_answer_is_found(known):
    """The share is that of the answer with less code of its own, whichever comes first."""
    longer = ORIGINAL + INDEPENDENT["scatter"].replace("build_toeplitz_1d", "other")
    assert pairs({"ada": longer, "bob": ORIGINAL}, **known)["ada", "bob"] > 0.9
    assert pairs({"ada": ORIGINAL, "bob": longer}, **known)["ada", "bob"] > 0.9


def test_the_matching_lines_are_those_of_the_shared_code(known):
    """Each text shows its own lines of the shared code, as ranges, and empty lines don't count."""
    (pair,) = found(
        {"ada": ORIGINAL, "bob": "def unused(a):\n    return a.real\n\n\n\n" + ORIGINAL}, **known
    ).pairs
    assert pair.one.matching == (LineRange(4, 21),)
    assert pair.other.matching == (LineRange(9, 26),)
    assert pair.lines == 17


def test_separate_passages_are_separate_ranges():
    """Lines between two shared passages don't match."""
    one, other = INDEPENDENT["rolled"], INDEPENDENT["flat"]
    between = "\n".join(f"alpha{n} = [{n} ** {n}, -{n}]" for n in range(9))
    passages = found({"ada": f"{one}\n{other}", "bob": f"{one}\n{between}\n{other}"}).pairs[0]
    assert len(passages.other.matching) == 2
    assert passages.other.matching[1].first - passages.other.matching[0].last > 5


def test_a_range_inside_another_one_ends_no_range():
    """The values of a dictionary stand above the last of its keys."""
    lines = [(1, 5), (2, 3), (6, 6), (8, 9)]
    assert [*similar._merged(fingerprints.Gram(0, *one) for one in lines)] == [(1, 6), (8, 9)]


def test_the_stub_and_right_solutions_of_the_course_are_not_listed(known):
    """Learners who left the stub as it is, or found a known solution, share nothing of their own."""
    stub, *solutions = known[EXERCISE]
    answers = {f"{n}{copy}": renamed(text) for n, text in enumerate([stub, *solutions]) for copy in "ab"}
    assert len(solutions) > 3
    assert pairs(answers, **known) == {}
    assert pairs(answers) != {}


def test_an_exercise_without_a_reference_has_only_its_stub(own_course):
    """A course that was handed out without solutions can be compared, too."""
    for path in (own_course / "reference" / EXERCISE).rglob("*.py"):
        path.unlink()
    course = load_course(own_course)
    assert background(course, EXERCISE) == [course.exercises[EXERCISE].stub.read_text(encoding="utf-8")]


def test_independent_answers_are_right():
    """The answers that the next test compares solve the exercise."""
    torch = pytest.importorskip("torch")
    kernel = torch.tensor([1.0, 2.0, 3.0])
    wanted = torch.tensor([[1.0, 2, 3, 0, 0], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3]])
    for text in [*INDEPENDENT.values(), ORIGINAL]:
        names = {}
        exec(text, names)
        assert torch.equal(names["build_toeplitz_1d"](kernel, 5), wanted)
        with pytest.raises(ValueError):
            names["build_toeplitz_1d"](kernel, 2)


def test_independent_answers_are_not_listed(known):
    """Different ideas for one exercise share little, even without the background."""
    assert pairs(INDEPENDENT, **known) == {}
    assert pairs(INDEPENDENT) == {}


def test_the_courses_own_solutions_are_independent(course):
    """The solutions of each exercise were written independently: none of their pairs is listed."""
    answers = {
        one.id: {
            path.stem: SourceText(path.read_text(encoding="utf-8"), "x.py")
            for path in [one.solution, *one.variants]
        }
        for one in course.exercises.values()
    }
    stubs = {one.id: [one.stub.read_text(encoding="utf-8")] for one in course.exercises.values()}
    result = compare(answers, stubs)
    assert result.pairs == ()
    assert result.compared > 100
    assert result.left_out == ()


def test_known_mistakes_are_hardly_listed(course):
    """Known mistakes have one author, so a few share much code. Of thousands of pairs only those are listed."""
    answers = {
        one.id: {
            wrong.slug: SourceText(wrong.path.read_text(encoding="utf-8"), "x.py")
            for wrong in one.misconceptions
        }
        for one in course.exercises.values()
    }
    listed = compare(answers, {name: background(course, name) for name in answers}).pairs
    assert {pair.exercise for pair in listed} <= {"separable", "circulant_product"}


@pytest.mark.parametrize(
    ("cohort", "holders", "is_listed"),
    [
        (8, 3, True),
        (8, 4, False),
        (40, 10, True),
        (40, 11, False),
        (100, 11, False),
        (20, 5, True),
        (20, 6, False),
    ],
)
def test_what_many_have_is_a_common_solution(cohort, holders, is_listed):
    """Code of more than a quarter of the learners is background: never of three or fewer, always of eleven."""
    answers = {f"same{n}": ORIGINAL for n in range(holders)}
    answers |= {f"own{n}": f"x = {n}" for n in range(cohort - holders)}
    assert len(pairs(answers)) == (holders * (holders - 1) // 2 if is_listed else 0)


def test_short_answers_are_not_listed():
    """A few equal lines are no evidence: anybody writes them."""
    short = "def f(a, b):\n    return [x + y * 2 for x, y in zip(a, b)]\n"
    assert pairs({"ada": short, "bob": short}) == {}


HOSTILE = {
    "deep": "(" * 5000 + ")" * 5000,
    "signs": "-" * 100_000 + "1",
    "one line": "x = [" + "[1, 2], " * 25_000 + "]",
    "attributes": "import a" + ".a" * 120_000,
    "format": "f'" + "{x}" * 80_000 + "'",
    "NUL": "x = '\0'",
    "broken": "def f(:\n    return",
    "number": "x = 0x" + "f" * 200_000,
    "chain": "x" + ".x" * 2500,
    "surrogate": "x = '\ud800'",
    "empty": "",
}


def test_a_hostile_text_costs_only_itself(known, capfd):
    """Texts that break the parser, or need too much memory or time, don't keep the others from being compared."""
    begun = time.monotonic()
    result = found({"bob": ORIGINAL, **HOSTILE, "zoe": renamed(ORIGINAL)}, **known)
    assert [(pair.one.learner, pair.other.learner) for pair in result.pairs] == [("bob", "zoe")]
    left_out = {one.learner for one in result.left_out}
    assert {"deep", "signs", "attributes", "NUL", "broken", "number", "surrogate"} <= left_out
    assert left_out <= HOSTILE.keys() - {"empty"}
    assert result.compared == len(HOSTILE) + 2 - len(left_out)
    assert capfd.readouterr() == ("", "")
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_text_that_ends_the_process_costs_only_itself(monkeypatch, at):
    """If the process dies, the next one goes on. Only a text that ends two processes is left out."""
    whole = fingerprints._grams
    texts = [f"{ORIGINAL}\ny = {n}" for n in range(3)]
    deadly = texts[at]

    def dying(text):
        if text == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(text)

    monkeypatch.setattr(fingerprints, "_grams", dying)
    read = fingerprints.read(texts)
    assert [text for text in texts if read[text] is None] == [deadly]


def test_a_text_is_not_blamed_for_those_before_it(monkeypatch):
    """If many harmless texts use up what a process may cost, a new process goes on, and no text is left out."""
    whole, done = fingerprints._grams, []

    def tiring(text):
        done.append(text)
        if len(done) > 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(text)

    monkeypatch.setattr(fingerprints, "_grams", tiring)
    assert None not in fingerprints.read(f"{ORIGINAL}\ny = {n}" for n in range(7)).values()


def test_the_order_of_the_answers_does_not_matter(known):
    """The same answers give the same result, in whatever order they come."""
    answers = {
        "zoe": ORIGINAL,
        "bob": renamed(ORIGINAL),
        "eve": "def f(:",
        "ada": reordered(ORIGINAL),
        **INDEPENDENT,
    }
    once = found(answers, **known)
    assert once == found(dict(reversed(answers.items())), **known)
    assert [(pair.one.learner, pair.other.learner) for pair in once.pairs] == [
        ("bob", "zoe"),
        ("ada", "bob"),
        ("ada", "zoe"),
    ]


def test_winnowing_leaves_no_gap():
    """Each window of the length has a fingerprint, and a short text has one, too."""
    grams = [fingerprints.Gram(n * 7919 % 101, n, n) for n in range(200)]
    chosen = [gram.first for gram in fingerprints.winnow(grams)]
    steps = [after - before for before, after in zip(chosen, chosen[1:], strict=False)]
    assert max(steps) <= fingerprints.WINDOW
    assert len(chosen) < len(grams) * 0.6
    assert len(fingerprints.winnow(grams[:2])) == 1
    assert fingerprints.winnow([]) == []


def test_of_equal_fingerprints_the_last_counts():
    """Where a program repeats itself, one fingerprint per window is enough."""
    grams = [fingerprints.Gram(5, n, n) for n in range(8)]
    assert [gram.first for gram in fingerprints.winnow(grams)] == [3, 4, 5, 6, 7]


def symbols(text):
    return [symbol for symbol, _ in fingerprints._symbols(ast.parse(text))]


def test_what_is_read_of_a_text():
    """Own names are one symbol, imported ones show their module, and numbers and attributes stay."""
    assert symbols("import numpy as np\ny: int = np.sum(x, axis=1) + 2.5") == [
        "Assign",
        "name",
        "BinOp",
        "Call",
        ".sum",
        "numpy",
        "x",
        "axis=",
        "1",
        "Add",
        "2.5",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(a):\n  '''Text.'''\n  return a", "def g(b: int) -> int:\n  return b"),
        ("import a.b as c\nc.d", "import a.b as e\ne.d"),
        ("from a import b\nb", "from a import b as c\nc"),
        ("try: pass\nexcept A as e: e", "try: pass\nexcept A as f: f"),
        ("match x:\n  case [a, *b]: a", "match x:\n  case [c, *d]: c"),
        ("class A: x: int\nA", "class B: y: str\nB"),
        ("a = f'{x} is {y!r}'", "b = 'text'"),
        ("lambda a: a", "lambda b: (\n b)"),
        ("@a.b\ndef f(): 1", "@a.b\ndef g(): 2"),
    ],
)
def test_these_read_alike(one, other):
    """What a learner changes to make code look different changes no symbol."""
    assert symbols(one) == symbols(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 1", "x = 2"),
        ("x = a.b", "x = a.c"),
        ("x = len(a)", "x = sum(a)"),
        ("import a\na.c", "import b\nb.c"),
        ("x = a + b * c", "x = (a + b) * c"),
        ("x = None", "x = False"),
        ("if a: b", "while a: b"),
        ("@a\ndef f(): 1", "def f(): 1"),
    ],
)
def test_these_read_differently(one, other):
    """Numbers, attributes, functions of others, operators and statements stay."""
    assert symbols(one) != symbols(other)


def test_a_gram_knows_its_lines():
    """Each gram covers twelve symbols, from the first line of them to the last."""
    grams = fingerprints._grams("x = [\n" + "  1,\n" * 12 + "]")
    assert [(gram.first, gram.last) for gram in grams] == [(1, 10), (1, 11), (1, 12), (2, 13)]


@pytest.mark.parametrize("text", [HOSTILE["broken"], HOSTILE["NUL"], HOSTILE["number"]])
def test_a_text_without_a_tree_has_no_grams(text):
    """Text that isn't Python, and a number that Python refuses to print, give no grams."""
    assert fingerprints._grams(text) is None


SCRIPT = "<script>alert(1)</script>"


def shown(result, names=None, title="A course"):
    return similar_page.page(result, names or {}, title)


def words(page):
    """Return what a reader sees of a page."""
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.DOTALL))


def many(number, text="x = 1\n" * 3):
    """Return a result with so many pairs."""
    one, other = (SimilarText(name, SourceText(text, "x.py"), (LineRange(1, 2),)) for name in ("ada", "bob"))
    return SimilarAnswers((SimilarPair(EXERCISE, one, other, 0.999),) * number, 2, ())


def test_nothing_of_a_strangers_is_markup():
    """Names, files, texts and the title are escaped, and signs that reorder a line are replaced."""
    text = f"x = '{SCRIPT}' # \u202e \x1b[31m \"quoted\n" + ORIGINAL
    answers = {one: SourceText(text, f"{SCRIPT}.py") for one in ("ada", f"{SCRIPT}'\"")}
    answers |= {f"eve{SCRIPT}": SourceText("def f(:", "x.py")}
    result = compare({SCRIPT: answers}, {})
    page = shown(result, {"ada": f"Ada {SCRIPT}"}, title=SCRIPT)
    assert len(result.pairs) == len(result.left_out) == 1
    assert "<script" not in page
    assert not {"\u202e", "\x1b"} & {*page}
    assert words(page).count(SCRIPT) >= 10


def test_the_page_reports_and_does_not_judge(known):
    """The page asks to look, and contains no word that is a verdict."""
    answers = {"ada": ORIGINAL, "bob": renamed(ORIGINAL), "eve": "def f(:"}
    for result in (found(answers, **known), found({"ada": ORIGINAL}), many(120)):
        read = words(shown(result)).casefold()
        assert not [
            word
            for word in ("plagiar", "cheat", "copied", "copies", "suspicious", "guilt", "fraud")
            if word in read
        ]
    assert "Look at them before you conclude anything" in words(shown(many(1)))


def test_the_matching_lines_are_marked(known):
    """Both texts stand in the page, with their numbers, and the matching lines are marked in each."""
    page = shown(found({"ada": ORIGINAL, "bob": renamed(ORIGINAL)}, **known), {"ada": "Ada L."})
    marked = re.findall(r'<mark class=row data-place="(\d+)">', page)
    assert [int(one) for one in marked] == [*range(4, 22)] * 2
    assert page.count("<pre class=code>") == 2
    assert "Ada L. and bob" in words(page)
    assert words(page).count("Matching lines: 4 to 21") == 2
    assert "100 % of the shorter answer's own code, 17 lines" in words(page)


def test_a_notebooks_lines_are_numbered_by_cell():
    """In a notebook, a line is named by its cell and its number there."""
    sides = [SimilarText(one, SourceText("a\nb\nc", "n.ipynb", (1, 2)), (LineRange(2, 2),)) for one in "ab"]
    page = shown(SimilarAnswers((SimilarPair(EXERCISE, *sides, 0.5),), 2, ()))
    assert re.findall(r'data-place="([\d:]+)"', page) == ["1:1", "2:1", "2:2"] * 2
    assert "Matching lines: 2:1\n" in words(page)
    assert "50 % of the shorter answer's own code, 1 line\n" in words(page)


def test_a_large_page_shows_the_first_pairs(monkeypatch):
    """Only the first pairs show their texts. Of the others the page has a list, and says where it ends."""
    monkeypatch.setattr(similar_page, "MOST_TEXTS", 3)
    monkeypatch.setattr(similar_page, "MOST_PAIRS", 5)
    page = shown(many(9))
    assert page.count("<details>") == 3
    assert page.count("<th scope=row>") == 2
    assert "The page shows the texts of the first 3 pairs only." in page
    assert "4 more pairs are not shown." in page
    assert "99 %" in page
    assert "100 %" not in words(page)


def test_a_long_text_is_cut():
    """Of a very long text the page shows the beginning, and says so."""
    page = shown(many(1, "x = 1\n" * 50_000))
    assert len(page) < 400_000
    assert page.count("The rest of this text is not shown.") == 2


def test_no_pairs_and_answers_left_out():
    """A page without pairs says so, and names the answers that were not compared."""
    result = SimilarAnswers((), 5, (Uncompared("a", "ada"), Uncompared("a", "bob"), Uncompared("b", "ada")))
    page = words(shown(result, {"ada": "Ada"}))
    assert "No two answers share 50 % or more of their own code." in page
    assert "These answers share code" not in page
    assert re.search(r"\na\s*Ada, bob\s+b\s*Ada\s", page)
    assert "Not compared" not in shown(SimilarAnswers((), 5, ()))


def test_four_hundred_learners_take_seconds(course, known):
    """The time grows with the number of answers, not with the number of pairs."""
    texts = [
        *known[EXERCISE],
        *INDEPENDENT.values(),
        *(one.path.read_text(encoding="utf-8") for one in course.exercises[EXERCISE].misconceptions),
    ]
    answers = {f"s{n}": f"{texts[n % len(texts)]}\nz = {n}\n" for n in range(400)}
    begun = time.monotonic()
    result = found(answers, **known)
    assert result.compared == 400
    assert time.monotonic() - begun < 20


def test_the_smallest_own_code_is_a_documented_number():
    """The limits that the documentation names."""
    assert (similar.LEAST_OWN, similar.LEAST_SHARE, similar.LARGEST_COMMON) == (16, 0.5, 10)
