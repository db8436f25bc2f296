"""A real installation: everything secret or particular comes from the environment."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SECRET_KEY, env

if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a long random value that only this installation knows."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names under which the portal is reached.")

# The server in front names the client in X-Forwarded-For; without this everybody would sign in from that server's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # probes come from inside, in the clear
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 30)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # The CMS shows a page's preview in a frame of the same origin.
    "security.W021",  # Preloading is decided for a whole domain, which is the university's.
]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
