"""The roster: who takes the course. It gives each submission the learner's id and name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from msgspec import structs

from grader.cohort.csv_table import read_table
from grader.errors import UsageError
from grader.report_model import Learner

EXPECTED = "id, name, email, login, section (at least one of the first four)"
# The names that platforms give to these columns, in small letters.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "id number", "student id", "sid", "sis user id", "sis id"),
    "name": ("name", "full name", "student", "student name"),
    "first": ("first name", "first", "given name"),
    "last": ("last name", "surname", "last", "family name"),
    "email": ("email", "email address", "e-mail"),
    "login": ("login", "username", "user name", "sis login id", "github", "github_username"),
    "section": ("section", "group", "groups", "sections"),
    "platform": ("identifier", "platform"),
}
# Canvas's gradebook: its first data row, and the column with Canvas's own number, beside a SIS id.
CANVAS_WORTH = "Points Possible"
CANVAS_OWN = "id"
CANVAS_SIS = "sis user id"
# How these letters are spelt where a keyboard lacks them.
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})
_NUMBER = re.compile(r"\D*(\d+)")


@dataclass(frozen=True)
class Roster:
    """The learners of a course, in the order of the file."""

    learners: tuple[Learner, ...]

    def find(self, told: Learner) -> Learner | None:
        """Return the learner that a download means, or None if nobody or several fit.

        Ids, logins and addresses decide; then the name, whatever its order and accents. A number that the
        platform gave decides alone only against such a number, because a school may use the same numbers.
        """
        names = set(_names(told))
        for index, keys in ((self._by_key, _exact(told)), (self._by_name, names)):
            found = {place for key in keys for place in index.get(key, ())}
            found = {place for place in found if index is self._by_name or self._fits(told, place, names)}
            if len(found) == 1:
                (place,) = found
                one = self.learners[place]
                return structs.replace(one, platform=one.platform or told.platform)
            if found:
                return None
        return None

    def _fits(self, told: Learner, place: int, names: set[str]) -> bool:
        one = self.learners[place]
        surest = {one.login, one.email, f"#{one.platform}"} - {"", "#"}
        meant = {told.login, told.email, f"#{told.platform}"} - {"", "#"}
        sure = {text.casefold() for text in surest} & {text.casefold() for text in meant}
        is_number = told.id == told.platform
        return bool(sure) or not is_number or not told.name or bool(names & set(_names(one)))

    @cached_property
    def _by_key(self) -> Mapping[str, list[int]]:
        return _index(self.learners, _exact)

    @cached_property
    def _by_name(self) -> Mapping[str, list[int]]:
        return _index(self.learners, _names)


def _index(learners: Sequence[Learner], keys: Callable[[Learner], Iterable[str]]) -> Mapping[str, list[int]]:
    """Return the places of the learners by key: a roster may have a million rows."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(learners):
        for key in set(keys(one)):
            found[key].append(place)
    return found


def read_roster(path: Path) -> Roster:
    """Return the roster in a CSV file. Moodle's grading worksheet and Canvas's gradebook are rosters, too."""
    table = read_table(path, "--roster", EXPECTED)
    plain = {column.casefold(): column for column in table.columns}
    known = {key: plain[name] for key, names in COLUMNS.items() for name in reversed(names) if name in plain}
    if CANVAS_OWN in plain and CANVAS_SIS in plain:
        known |= {"id": plain[CANVAS_SIS], "platform": plain[CANVAS_OWN]}
    if not known.keys() & {"id", "name", "last", "email", "login", "platform"}:
        raise _no_column(path, table.columns)
    learners = [_learner(row, known) for _, row in table.rows if CANVAS_WORTH not in "".join(row.values())]
    _all_different(path, learners)
    return Roster(tuple(learners))


def _learner(row: Mapping[str, str], known: Mapping[str, str]) -> Learner:
    cells = {key: row.get(column, "") for key, column in known.items()}
    name = cells.get("name") or " ".join(filter(None, (cells.get("first"), cells.get("last"))))
    number = _NUMBER.fullmatch(cells.get("platform", ""))
    platform = number[1] if number else cells.get("platform", "")
    email, login = cells.get("email", ""), cells.get("login", "")
    return Learner(
        id=cells.get("id") or login or email or platform or name,
        name=name,
        email=email,
        login=login,
        section=cells.get("section", ""),
        platform=platform,
    )


def _exact(learner: Learner) -> Iterator[str]:
    """Yield what belongs to one person only."""
    if learner.platform:
        yield f"#{learner.platform}"
    yield from (text.casefold() for text in (learner.id, learner.login, learner.email) if text)


def _names(learner: Learner) -> Iterator[str]:
    """Yield the name without accents, signs and spaces, in each order of its words: `lovelaceana`."""
    text = learner.name or learner.id
    for spelt in (text, text.casefold().translate(SPELT)):
        words = re.findall(r"\w+", plain_letters(spelt))
        for start in range(len(words)):
            yield "".join(words[start:] + words[:start])


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents, so that `Çelik` and `celik` are equal."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign) and sign not in "'\u2019-")


def _all_different(path: Path, learners: Iterable[Learner]) -> None:
    seen: dict[str, int] = defaultdict(int)
    for one in learners:
        seen[one.id] += 1
    if twice := [name for name, count in seen.items() if count > 1]:
        raise UsageError(
            "roster",
            found=f"`{twice[0]}` occurs {seen[twice[0]]} times",
            where=str(path),
            expected="one row for each learner, with an id of its own",
            remedy="add a column `id` that tells them apart, or remove the rows that repeat a learner",
        )


def _no_column(path: Path, columns: tuple[str, ...]) -> UsageError:
    return UsageError(
        "roster",
        found=f"the columns {', '.join(columns) or 'none'}",
        where=str(path),
        expected=EXPECTED,
        remedy="give the columns such names in the first line",
    )
