"""Which tests ask the second database again: so many that it is asked every statement that any test asked the first.

The run on SQLite notes what each test asks, without its values. Of two tests that ask the same with other values, the
second database has nothing new to say to the second one, unless the values are the matter: such tests say `both`.
"""

import heapq
import json
import math
import os
import re
import shutil
from collections import Counter
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pytest
from django.db import connection

from tests.database import in_use

_SEVERAL = re.compile(r"\(%s(?:, %s)*\)")  # a list of values, of whatever length
_PAGES = re.compile(r"\b(LIMIT|OFFSET) \d+")
_ROWS = re.compile(r"\(…\)(?:, \(…\))+")
_SAVEPOINTS = ("SAVEPOINT ", "RELEASE SAVEPOINT ", "ROLLBACK TO ")  # each has a name of its own
_START = 50  # what beginning and ending a test costs, in statements


class Notes:
    """A plugin of pytest: notes what each test of this process asks of the database, in a file of the folder."""

    def __init__(self, folder):
        self.file = Path(folder) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.json"
        self.tests = {}
        self.current = None

    def _note(self, execute, sql, params, many, context):
        if self.current is not None and in_use and not sql.startswith(_SAVEPOINTS):
            self.current.append(sql)
        return execute(sql, params, many, context)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self):
        """Listen to the connection as long as tests run; write the file when they have."""
        with connection.execute_wrapper(self._note):
            result = yield
        if self.tests:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(self.tests))
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """Note what one test asks, its fixtures included."""
        self.current = []
        result = yield
        asked, self.current = self.current, None
        if asked:
            self.tests[item.nodeid] = (len(asked), sorted({shape(sql) for sql in set(asked)}))
        return result


def forget(folder):
    """Remove the notes of an earlier run."""
    shutil.rmtree(folder, ignore_errors=True)


def noted(folder):
    """Return what the notes say: {test: (number of statements, the different ones)}."""
    notes = {}
    for file in sorted(Path(folder).glob("*.json")):
        notes |= json.loads(file.read_text())
    return notes


def chosen(notes, always):
    """Return the tests that together ask everything that is noted, with `always` among them.

    Each next one is the one that asks most that is new for what it costs; in the end, those go that the others have made
    needless. The same notes give the same choice.
    """
    left = set().union(*(asked for _count, asked in notes.values()))
    left.difference_update(*(notes[test][1] for test in always if test in notes))
    choice = set(always)
    waiting = [(-math.inf, test) for test in sorted(set(notes) - choice)]  # at best
    while left and waiting:
        _worth, test = heapq.heappop(waiting)
        count, asked = notes[test]
        worth = (-len(left.intersection(asked)) / (count + _START), test)
        if waiting and worth > waiting[0]:
            heapq.heappush(waiting, worth)
        else:
            choice.add(test)
            left.difference_update(asked)
    return choice - _needless(choice, notes, always)


def _needless(choice, notes, always):
    """Return the chosen tests, the dearest first, all of whose statements those that were chosen after them ask as well."""
    asking = Counter(one for test in choice if test in notes for one in notes[test][1])
    needless = set()
    for test in sorted(choice - always, key=lambda test: (-notes[test][0], test)):
        if all(asking[one] > 1 for one in notes[test][1]):
            needless.add(test)
            asking.subtract(notes[test][1])
    return needless


@cache  # most tests ask what others asked before
def shape(sql):
    """Return a short name of what a statement asks, whatever its values are."""
    sql = _PAGES.sub(r"\1 %s", sql.replace(" = NULL", " = %s"))
    sql = _ROWS.sub("(…)", _SEVERAL.sub("(…)", sql))
    return blake2b(sql.encode(), digest_size=8).hexdigest()
