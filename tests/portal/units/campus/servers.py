"""A small CAS server and a small OpenID Connect issuer, real ones over HTTP, as a campus runs them.

Both sign in whoever comes, as somebody who gave his password an hour ago, unless they are asked to have it given again: what
they vouch for is set by the test.
"""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.sax.saxutils import escape

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "portal", "a secret: of the portal"
KEY, FOREIGN_KEY = (rsa.generate_private_key(65537, 2048) for _key in range(2))


class CasServer:
    """CAS: `/login` gives a ticket, `/p3/serviceValidate` takes it once, for the service it was given for."""

    def __init__(self):
        self.user = "zhangsan"
        self.attributes = []
        self.validation = "/p3/serviceValidate"
        self.tickets = {}

    def answer(self, method, path, query, form, headers):
        """Return (status, headers, body) of a request."""
        if path == "/login":
            ticket = f"ST-{secrets.token_hex(8)}"
            self.tickets[ticket] = (query["service"], query.get("renew"))
            back = f"{query['service']}&{urlencode({'ticket': ticket})}"
            return 302, {"Location": back}, b""
        if path != self.validation:
            return 404, {}, b"not found"
        service, renewed = self.tickets.pop(query["ticket"], (None, None))
        good = service == query["service"] and (renewed or "renew" not in query)
        told = "".join(
            f"<cas:{name}>{escape(value)}</cas:{name}>" for name, value in self.attributes
        )
        verdict = (
            f"<cas:authenticationSuccess><cas:user>{escape(self.user)}</cas:user>"
            f"<cas:attributes>{told}</cas:attributes></cas:authenticationSuccess>"
            if good
            else '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
        )
        body = f'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{verdict}</cas:serviceResponse>'
        return 200, {"Content-Type": "application/xml"}, body.encode()


class Issuer:
    """OpenID Connect: discovery, code with PKCE, a signed ID token, user info."""

    def __init__(self):
        self.claims = {"sub": "0012345"}
        self.info = {}
        self.bent = {}  # claims that a forger sets otherwise
        self.key, self.way, self.key_name = KEY, "RS256", "first"
        self.methods = ["client_secret_basic"]
        self.codes = {}
        self.url = ""

    def answer(self, method, path, query, form, headers):
        """Return (status, headers, body) of a request."""
        return {
            "/.well-known/openid-configuration": self.describe,
            "/authorize": self.authorize,
            "/token": self.redeem,
            "/keys": self.keys,
            "/userinfo": self.userinfo,
        }[path](query, form, headers)

    def describe(self, query, form, headers):
        """Tell the addresses."""
        return _json(
            {
                "issuer": self.bent.get("issuer", self.url),
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "token_endpoint_auth_methods_supported": self.methods,
            }
        )

    def authorize(self, query, form, headers):
        """Give a code for what was asked."""
        code = secrets.token_hex(8)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return 302, {"Location": f"{query['redirect_uri']}?{back}"}, b""

    def redeem(self, query, form, headers):
        """Take a code once, from the portal that asked for it."""
        asked = self.codes.pop(form["code"], None)
        digest = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != digest.rstrip(b"=").decode()
            or not self.knows(form, headers)
        ):
            return _json({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "auth_time": now if asked.get("prompt") == "login" else now - 60 * 60,
            **self.claims,
            **self.bent,
        }
        token = jwt.encode(claims, self.key, algorithm=self.way, headers={"kid": self.key_name})
        return _json({"access_token": "token", "token_type": "Bearer", "id_token": token})

    def knows(self, form, headers):
        """Return whether the portal has said its secret in the way that was agreed."""
        if self.methods == ["client_secret_post"]:
            return (form["client_id"], form["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
        return headers["Authorization"] == (
            "Basic cG9ydGFsOmElMjBzZWNyZXQlM0ElMjBvZiUyMHRoZSUyMHBvcnRhbA=="
        )

    def keys(self, query, form, headers):
        """Publish the key that signs."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return _json({"keys": [{**key, "kid": "first", "use": "sig"}]})

    def userinfo(self, query, form, headers):
        """Tell more of the person."""
        assert headers["Authorization"] == "Bearer token"
        return _json({"sub": self.claims["sub"], **self.info})


def _json(content, status=200):
    return status, {"Content-Type": "application/json"}, json.dumps(content).encode()


@contextmanager
def serving(server):
    """Run a server on a free port of this machine; its address stands in `url`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self, form=()):
            parts = urlsplit(self.path)
            status, headers, body = server.answer(
                self.command, parts.path, dict(parse_qsl(parts.query)), dict(form), self.headers
            )
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET(parse_qsl(body.decode()))

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        server.url = f"http://127.0.0.1:{http.server_port}"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
