"""A call with the default application form, and what a .docx says."""

from io import BytesIO

import pytest
from docx import Document

from forms_app.paper import markup
from tests.factories.answers import default_schema
from tests.factories.forms import CallFactory, form_with


@pytest.fixture
def call(db):
    return CallFactory(form=form_with(default_schema("application")), needs_experts=False)


@pytest.fixture
def as_(client):
    """Return a function that signs a person in (None: signs out) and gives back the client."""

    def sign_in(user):
        client.logout()
        if user:
            client.force_login(user)
        return client

    return sign_in


def cells_of(content):
    """Return the texts of all cells of a .docx, each once, in reading order."""
    document = Document(BytesIO(content))
    return [
        "\n".join(
            "".join(node.text or "" for node in p.iter(f"{{{W}}}t")) for p in cell.iter(f"{{{W}}}p")
        )
        for cell in document.element.body.iter(f"{{{W}}}tc")
    ]


def foot_of(content):
    """Return the text of a .docx's page footer."""
    footer = Document(BytesIO(content)).sections[0].footer
    return "".join(node.text or "" for node in footer._element.iter(f"{{{W}}}t"))


W = markup.WORD.split('"')[1]
