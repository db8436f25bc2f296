"""Which campus sign-in the environment names (`SSO_*`), and what is missing there."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

CAS, OIDC = "cas", "oidc"
# Within one machine nobody listens; everywhere else a ticket or token in the clear would be anybody's.
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_PARTS = ("SSO_URL", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET", "SSO_STAFF_NO", "SSO_LABEL")


@dataclass(frozen=True)
class Campus:
    """The campus sign-in of this installation.

    Attributes:
        kind: CAS or OIDC.
        url: the CAS server, or the issuer, without a slash at its end.
        client_id, client_secret: how the portal is registered there (OIDC).
        staff_no: the attribute or claim that holds the staff number; "" for CAS' user name and OIDC's `sub`.
        label: what people call it.
    """

    kind: str
    url: str
    client_id: str
    client_secret: str
    staff_no: str
    label: str


def campus_in_use() -> Campus | None:
    """Return the campus sign-in, or None where there is none or its settings are not whole."""
    if not settings.SSO_KIND or problems():
        return None
    return Campus(
        kind=settings.SSO_KIND,
        url=settings.SSO_URL.rstrip("/"),
        client_id=settings.SSO_CLIENT_ID,
        client_secret=settings.SSO_CLIENT_SECRET,
        staff_no=settings.SSO_STAFF_NO,
        label=settings.SSO_LABEL or _("统一身份认证"),
    )


def problems() -> list[str]:
    """Return what is wrong with the settings, in English for who installs; nothing where none is set."""
    given = [name for name in _PARTS if getattr(settings, name)]
    if not settings.SSO_KIND:
        return (
            [f"SSO_KIND is not set, but {', '.join(given)} is: name cas or oidc."] if given else []
        )
    found = []
    if settings.SSO_KIND not in (CAS, OIDC):
        found.append(f"SSO_KIND is “{settings.SSO_KIND}”: name cas or oidc.")
    if not settings.SSO_URL:
        found.append("SSO_URL is not set: the address of the CAS server, or the issuer.")
    elif not _is_safe(settings.SSO_URL):
        found.append(f"SSO_URL is “{settings.SSO_URL}”: it has to begin with https://.")
    if settings.SSO_KIND == OIDC:
        found += [
            f"{name} is not set: the campus gives it when the portal is registered."
            for name in ("SSO_CLIENT_ID", "SSO_CLIENT_SECRET")
            if not getattr(settings, name)
        ]
    return found


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in OWN_MACHINE)
    )
