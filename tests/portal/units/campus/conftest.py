"""A campus of its own for each test, and a browser that walks there and back."""

from urllib.parse import urlencode

import pytest
import requests
from django.test import Client

from tests.portal.units.campus.servers import CLIENT_ID, CLIENT_SECRET, CasServer, Issuer, serving


@pytest.fixture
def cas(settings):
    """A CAS server, named in the settings."""
    with serving(CasServer()) as server:
        settings.SSO_KIND = "cas"
        settings.SSO_URL = server.url
        yield server


@pytest.fixture
def issuer(settings):
    """An issuer, named in the settings with a slash too many, as people copy it."""
    with serving(Issuer()) as server:
        settings.SSO_KIND = "oidc"
        settings.SSO_URL = f"{server.url}/"
        settings.SSO_CLIENT_ID = CLIENT_ID
        settings.SSO_CLIENT_SECRET = CLIENT_SECRET
        yield server


@pytest.fixture
def set_out(db):
    """Return a function that goes to the campus, signs in there, and gives the address that leads back."""

    def gone(client, target=""):
        query = f"?{urlencode({'next': target})}" if target else ""
        there = client.get(f"/accounts/campus/{query}")["Location"]
        with requests.get(there, allow_redirects=False, timeout=5) as answer:
            return answer.headers["Location"].removeprefix("http://testserver")

    return gone


@pytest.fixture
def walk(set_out):
    """Return a function that signs in by the campus and gives the portal's answer."""

    def walked(client=None, target=""):
        client = client or Client()
        return client.get(set_out(client, target))

    return walked
