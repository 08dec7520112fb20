"""Downloads as platforms write them, each with the same seven learners."""

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

ANSWER = "def build_toeplitz_1d(kernel, n):\n    return {value}\n"
OTHER = "def build_circulant(c):\n    return {value}\n"
DUE = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """A learner, and the files in the learner's folder."""

    number: int
    name: str
    login: str
    files: dict
    late_days: int = 0

    @property
    def email(self):
        return f"{self.login}@example.org"

    @property
    def arrived(self):
        return DUE.replace(day=1 + self.late_days, hour=11)


def answer(value):
    return ANSWER.format(value=value)


PEOPLE = (
    Person(5513, "Ana Lovelace", "ana", {"toeplitz_1d.py": answer(1)}),
    Person(5514, "Siobhán O'Brien", "siobhan", {"toeplitz_1d.py": answer(2)}),
    Person(5515, "Jürgen Großmann", "juergen", {"toeplitz_1d.py": answer(3)}),
    Person(5516, "王小明", "wang", {"toeplitz_1d.py": answer(4)}),
    Person(5517, "Two Files", "two", {"toeplitz_1d.py": answer(5), "circulant.py": OTHER.format(value=5)}),
    Person(5518, "Renamed Attempt", "renamed", {"toeplitz_1d (1).py": answer(6), "notes.pdf": "%PDF"}),
    Person(5519, "Late Learner", "late", {"toeplitz_1d.py": answer(7)}, late_days=2),
)


def plain(folder, people=PEOPLE):
    """Write a folder for each learner."""
    for one in people:
        write(folder / one.login, one.files)


def moodle(folder, people=PEOPLE, *, ending="_"):
    """Write Moodle's download: a folder for each participant, and what was typed into Moodle."""
    for one in people:
        write(folder / f"{one.name}_{one.number}_assignsubmission_file{ending}", one.files)
        typed = folder / f"{one.name}_{one.number}_assignsubmission_onlinetext{ending}"
        write(typed, {"onlinetext.html": "<p>Hello</p>"})


def moodle_flat(folder, people=PEOPLE):
    """Write Moodle's download without folders."""
    for one in people:
        start = f"{one.name}_{one.number}_assignsubmission_file_"
        write(folder, {start + name: text for name, text in one.files.items()})


def canvas(folder, people=PEOPLE):
    """Write Canvas's download: one flat folder. The name has no signs, and a late file says so."""
    attachment = 90001
    for one in people:
        words = one.name.split()
        letters = "".join(sign for sign in "".join(words[-1:] + words[:-1]).lower() if sign.isalnum())
        late = "_LATE" if one.late_days else ""
        for name, text in one.files.items():
            write(folder, {f"{letters}{late}_{one.number}_{attachment}_{name}": text})
            attachment += 1
    write(folder, {"lovelaceana_5513_text.html": "<p>Hello</p>"})


def gradescope(folder, people=PEOPLE):
    """Write Gradescope's export, with its list of submitters."""
    lines = ["---"]
    for one in people:
        write(folder / f"submission_{one.number}", one.files)
        lines += [
            f"submission_{one.number}:",
            "  :submitters:",
            f'  - :name: "{one.name}"',
            f"    :sid: '{one.login}'",
            f"    :email: {one.email}",
            f"  :created_at: {one.arrived.isoformat(sep=' ')}",
            "  :score: 0.0",
            "  :history:",
            f"  - :id: {one.number}0",
        ]
    write(folder, {"submission_metadata.yml": "\n".join(lines) + "\n"})


def nbgrader(folder, people=PEOPLE):
    """Write nbgrader's tree of collected submissions."""
    for one in people:
        stamp = one.arrived.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        write(folder / "submitted" / one.login / "ps1", {**one.files, "timestamp.txt": stamp})


def nbgrader_inbound(folder, people=PEOPLE):
    """Write the inbound folder of nbgrader's exchange. The first attempt of each learner is wrong."""
    for one in people:
        for back, text in ((1, dict.fromkeys(one.files, "wrong = 1\n")), (0, one.files)):
            arrived = one.arrived.replace(minute=30 - back)
            stamp = arrived.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
            write(folder / f"{one.login}+ps1+{stamp}+x9Y", {**text, "timestamp.txt": stamp})


def github(folder, people=PEOPLE):
    """Write the clones of one assignment. Some answer at the top, some in `src`."""
    for number, one in enumerate(people):
        clone = folder / "toeplitz-submissions" / f"toeplitz-{one.login}"
        write(clone / "src" if number % 2 else clone, one.files)
        write(clone, {"README.md": "# Toeplitz\n", ".git/config": "[core]\n"})


def zips(folder, people=PEOPLE):
    """Write a zip file for each learner."""
    folder.mkdir(parents=True)
    for one in people:
        with zipfile.ZipFile(folder / f"{one.login}.zip", "w") as file:
            for name, text in one.files.items():
                file.writestr(name, text)


LAYOUTS = {
    "folders": plain,
    "moodle": moodle,
    "canvas": canvas,
    "gradescope": gradescope,
    "nbgrader": nbgrader,
    "nbgrader-inbound": nbgrader_inbound,
    "github": github,
}


def write(folder, files):
    """Write some files into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def zipped(folder, path):
    """Return a zip file of a folder's content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                file.write(one, one.relative_to(folder))
    return path
