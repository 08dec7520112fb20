"""Test statements as HTML.

Formulas become MathML, matrices are drawn next to the text, and the course's text adds no markup.
"""

import re

import pytest

from grader.exercises import read_text
from grader.reports import statements

STATEMENT = """# Title

First $k \\le n$ and **bold**.

## The task

$$y_i = \\sum_j h_j x_{i+j}, \\qquad i = 0$$

| | shape |
|---|---|
| `x` | $(n,)$ |

## A worked example

For `x = [1, 2]`:

```
[ 1 0 ]
[ 0 1 ]
```

## Hints

1. Secret for now.

## Sources

- A book.
"""


def test_a_statement_falls_into_parts():
    """The title and hints are shown separately; the rest follows in order under its headings."""
    found = statements.parts(STATEMENT)
    assert [one.heading for one in found] == ["", "The task", "A worked example", "Sources"]
    assert "Title" not in found[0].content
    assert not any("Secret" in one.content for one in found)


def test_formulas_are_mathml():
    """Inline and displayed formulas are MathML; the part after a \\qquad is on its own line."""
    opening, task, *_ = statements.parts(STATEMENT)
    assert re.fullmatch(
        r'<p>First <math display="inline">.*</math> and <strong>bold</strong>\.</p>\n', opening.content
    )
    assert task.content.count('<math display="block">') == 2
    assert "$" not in task.content


def test_an_empty_header_is_no_header():
    """A table cell with words is its column's header; a cell without words isn't a header."""
    task = statements.parts(STATEMENT)[1].content
    assert task.count("<th") == 2  # `<thead>` and the one header
    assert '<th scope="col">shape</th>' in task


def test_the_example_is_drawn():
    """A matrix is shown below its text. An inline vector is drawn only if there is no matrix."""
    example = statements.parts(STATEMENT)[2].content
    assert example.count("<svg") == 1
    assert example.index("</pre>") < example.index("<svg")
    without = statements.rendered("Take `x = [1, 2]`.\n\nThen `y = [3, 4]`.\n", drawn=True)
    assert without.count("<svg") == 1
    assert without.startswith("<p>Take <code>x = [1, 2]</code>.</p>")
    assert "<svg" not in statements.rendered("Take `x = [1, 2]`.\n")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "`<b>`",
        "```\n<b>\n```",
        "$<b>$",
        "[a](javascript:alert(1))",
        "| <b> |\n|---|\n| <b> |",
        "<b>",
    ],
)
def test_no_markup_of_the_text_is_markup_of_the_page(text):
    """HTML in a statement is shown as written."""
    shown = statements.rendered(text, drawn=True)
    assert not re.search(r"<(b|script)\b", shown)
    assert 'href="javascript' not in shown


def test_all_of_the_courses_formulas_are_mathml(course):
    """No formula in a statement or a hint falls back to plain text."""
    for one in course.exercises.values():
        text = read_text(one.statement)
        formulas = len(
            re.findall(
                r"\$\$.+?\$\$|\$[^$]+\$", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL), re.DOTALL
            )
        )
        shown = [part.content for part in statements.parts(text)] + [
            statements.rendered(hint) for hint in one.hints
        ]
        assert sum(part.count("<math") for part in shown) >= formulas, one.id
        assert not any("$" in part for part in shown), one.id


def test_most_of_the_courses_examples_are_drawn(course):
    """A worked example has a picture if it contains a matrix of numbers or a vector."""
    drawn = {
        one.id
        for one in course.exercises.values()
        if any("<svg" in part.content for part in statements.parts(read_text(one.statement)))
    }
    assert set(course.exercises) - drawn == {"cost_model", "weight_sharing"}
