"""The message catalogues hold what the code says and no more, and the compiled ones what the written ones say."""

import gettext
import re

import polib

from tests.tidiness.files import ROOT, app_files, project_files

# A name in a template is a placeholder in its message.
NAMED = re.compile(r"{{\s*([\w.]+)[^}]*}}")
BETWEEN_LINES = re.compile(r'"\s*\n\s*f?"')


def test_compiled_catalogues_are_fresh():
    stale = []
    for path in [
        *project_files(".po", below="locale"),
        *project_files(".po", below="portal/cms/catalogue"),
    ]:
        with (ROOT / path).with_suffix(".mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        written = polib.pofile(str(ROOT / path)).translated_entries()
        stale += [f"{path}: {entry.msgid}" for entry in written if not _holds(compiled, entry)]

    assert stale == [], "run: python manage.py compilemessages"


def test_no_message_is_left_that_nothing_says():
    code = (BETWEEN_LINES.sub("", (ROOT / path).read_text()) for path in app_files(".py", ".js"))
    templates = (
        NAMED.sub(r"%(\1)s", (ROOT / path).read_text())
        for path in project_files(".html", ".txt", below="templates")
    )
    said = _close("\n".join([*code, *templates]))
    catalogue = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))

    assert [entry.msgid for entry in catalogue if not _is_said(entry.msgid, said)] == []


def _close(text):
    return re.sub(r"\s+", "", text)


def _is_said(message, said):
    """Return whether the message stands somewhere as a whole: between quotation marks or tags."""
    ways = {message, message.replace("%%", "%"), message.replace('"', '\\"').replace("\n", "\\n")}
    for way in map(_close, ways):
        place = said.find(way)
        while place >= 0:
            if said[place - 1] in "\"'}`" and said[place + len(way)] in "\"'{`":
                return True
            place = said.find(way, place + 1)
    return False


def _holds(compiled, entry):
    if entry.msgid_plural:
        ask = (entry.msgid, entry.msgid_plural, 1)
        one = compiled.npgettext(entry.msgctxt, *ask) if entry.msgctxt else compiled.ngettext(*ask)
        return one in entry.msgstr_plural.values()
    text = (
        compiled.pgettext(entry.msgctxt, entry.msgid)
        if entry.msgctxt
        else compiled.gettext(entry.msgid)
    )
    return text == entry.msgstr
