"""Regenerate the two notebooks in this folder with a kernel and nbformat."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import v4

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "submissions/example"

CELLS = [
    v4.new_markdown_cell("# Convolution as a matrix\n\nMy answers. `%magics` in prose are prose."),
    v4.new_code_cell("%matplotlib inline\nimport matplotlib.pyplot as plt\nimport torch"),
    v4.new_code_cell((EXAMPLE / "toeplitz_1d.py").read_text().rstrip("\n"), metadata={"tags": ["answer"]}),
    v4.new_code_cell("T = build_toeplitz_1d(torch.tensor([1.0, 2.0]), 4)\nT"),
    v4.new_raw_cell("this is no code ("),
    v4.new_code_cell("!echo shells are left out\nplt.imshow(T)\nprint(T.shape)"),
    v4.new_code_cell("build_toeplitz_1d(torch.tensor([1.0, 2.0]), 1)  # too short, and it says so"),
    v4.new_code_cell("%%bash\nexit 0"),
    v4.new_code_cell((EXAMPLE / "circulant.py").read_text().rstrip("\n")),
]


def main():
    notebook = v4.new_notebook(cells=CELLS)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, HERE / "executed.ipynb")
    nbformat.write(nbformat.convert(notebook, 3), HERE / "version3.ipynb", version=nbformat.NO_CONVERT)


if __name__ == "__main__":
    main()
