"""The compiled message catalogues hold what the written ones say."""

import gettext

import polib
import pytest

from tests.tidiness.files import ROOT, project_files

CATALOGUES = [path for path in project_files(".po") if "LC_MESSAGES" in path.parts]


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_compiled_catalogue_is_fresh(path):
    with (ROOT / path).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    stale = [entry.msgid for entry in polib.pofile(str(ROOT / path)).translated_entries() if not _holds(compiled, entry)]

    assert stale == [], "run: python manage.py compilemessages"


def _holds(compiled, entry):
    if entry.msgid_plural:
        ask = (entry.msgid, entry.msgid_plural, 1)
        one = compiled.npgettext(entry.msgctxt, *ask) if entry.msgctxt else compiled.ngettext(*ask)
        return one in entry.msgstr_plural.values()
    text = compiled.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else compiled.gettext(entry.msgid)
    return text == entry.msgstr
