"""The compiled message catalogues hold what the written ones say."""

import gettext

import polib

from tests.tidiness.files import ROOT, project_files


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
