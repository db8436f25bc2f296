"""OpenID Connect: the code flow with state, nonce and PKCE; the ID token's signature, issuer, audience and age are checked."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

import jwt
import requests
from django.core.cache import cache
from django.http import QueryDict
from django.utils.crypto import constant_time_compare

from .asking import ask
from .configuring import Campus
from .refusals import NotVouchedFor, Unreachable
from .trips import Trip

# Only where the issuer alone can sign: with HS256 a public key would serve as the secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
CLOCKS_APART = 60  # seconds
KNOWN_FOR = 10 * 60  # seconds; its keys are asked for at each sign-in, they change
AWAY_FOR = 20  # seconds for which a failure is believed: a dead server would hold a thread with each press of the button


def way_there(campus: Campus, trip: Trip, back: str) -> str:
    """Return the address where the person signs in.

    Args:
        back: the full address that he comes back to, as the portal is registered with.

    Raises:
        Unreachable: the issuer does not describe itself.
    """
    digest = sha256(trip.verifier.encode()).digest()
    question = {
        "response_type": "code",
        "client_id": campus.client_id,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": trip.mark,
        "nonce": trip.nonce,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if trip.afresh:
        question |= {"prompt": "login", "max_age": "0"}
    address = _description(campus)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(question)}"


def staff_no_of(campus: Campus, trip: Trip, back: str, brought: QueryDict) -> Any:
    """Redeem the code that a person brought back, and read what the issuer says of him.

    Returns:
        The claim that holds the staff number, of whatever type; from the user-info address where the ID token has no such
        claim; None where nobody says it.

    Raises:
        NotVouchedFor: no code, or the token is not one of this issuer, for this portal and this trip, and still good.
        Unreachable: the issuer gives no answer that can be read.
    """
    if not brought.get("code"):
        raise NotVouchedFor(f"no code, error {brought.get('error')!r}")
    issuer = _description(campus)
    tokens = _redeem(campus, trip, back, brought["code"], issuer)
    claims = _claims(campus, trip, str(tokens.get("id_token", "")), issuer)
    wanted = campus.staff_no or "sub"
    if wanted in claims or "userinfo_endpoint" not in issuer:
        return claims.get(wanted)
    told = _object(
        ask(
            "GET",
            issuer["userinfo_endpoint"],
            headers={"Authorization": f"Bearer {tokens.get('access_token', '')}"},
        )
    )
    if told.get("sub") != claims["sub"]:
        raise NotVouchedFor("the user info is of somebody else")
    return told.get(wanted)


def _description(campus: Campus) -> dict[str, Any]:
    """Return what the issuer says of itself, asked for once in a while: anybody may press the button.

    Raises:
        Unreachable: it does not, or not all that is needed, or did not a moment ago.
    """
    address = f"{campus.url}/.well-known/openid-configuration"
    known = cache.get(address)
    if known is None:
        try:
            known = _asked_for(campus, address)
        except Unreachable as failure:
            cache.set(address, str(failure), AWAY_FOR)
            raise
        cache.set(address, known, KNOWN_FOR)
    if isinstance(known, str):
        raise Unreachable(known)
    return known


def _asked_for(campus: Campus, address: str) -> dict[str, Any]:
    issuer = _object(ask("GET", address))
    needed = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if missing := needed - issuer.keys():
        raise Unreachable(f"{address} does not name {', '.join(sorted(missing))}")
    if str(issuer["issuer"]).rstrip("/") != campus.url:
        raise Unreachable(f"{address} is of another issuer, {issuer['issuer']}")
    return issuer


def _redeem(
    campus: Campus, trip: Trip, back: str, code: str, issuer: dict[str, Any]
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": trip.verifier,
    }
    methods = issuer.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" in methods:
        known_by = (quote(campus.client_id, safe=""), quote(campus.client_secret, safe=""))
    else:
        known_by = None
        form |= {"client_id": campus.client_id, "client_secret": campus.client_secret}
    answer = ask("POST", issuer["token_endpoint"], data=form, auth=known_by)
    if answer.status_code != 200:
        raise NotVouchedFor(f"the code was not redeemed: {answer.text[:200]!r}")
    return _object(answer)


def _claims(campus: Campus, trip: Trip, token: str, issuer: dict[str, Any]) -> dict[str, Any]:
    keys = _object(ask("GET", issuer["jwks_uri"]))
    try:
        head = jwt.get_unverified_header(token)
        if (way := head["alg"]) not in ALGORITHMS:
            raise NotVouchedFor(f"signed with {way}")
        key = _key_of(head, keys)
        claims = jwt.decode(
            token,
            jwt.PyJWK(key, algorithm=way),
            algorithms=[way],
            audience=campus.client_id,
            issuer=issuer["issuer"],
            leeway=CLOCKS_APART,
            options={"require": NEEDED},
        )
    except jwt.PyJWTError as error:
        raise NotVouchedFor(f"the ID token: {error}") from error
    if claims.get("azp", campus.client_id) != campus.client_id:
        raise NotVouchedFor("the ID token was made for another portal")
    if not constant_time_compare(str(claims.get("nonce", "")), trip.nonce):
        raise NotVouchedFor("the ID token is of another sign-in")
    if trip.afresh and not _is_fresh(claims.get("auth_time"), trip):
        raise NotVouchedFor("the password was not asked for again")
    return claims


def _is_fresh(signed_in_at: Any, trip: Trip) -> bool:
    return isinstance(signed_in_at, int | float) and signed_in_at > trip.began - CLOCKS_APART


def _key_of(head: dict[str, Any], keys: dict[str, Any]) -> dict[str, Any]:
    """Return the issuer's key that a token names; where it names none, the first that signs its way."""
    for key in keys.get("keys", []):
        named = head.get("kid") in (None, key.get("kid"))
        if named and key.get("use", "sig") == "sig" and key.get("alg", head["alg"]) == head["alg"]:
            return key
    raise NotVouchedFor("signed with a key that is not the issuer's")


def _object(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except requests.JSONDecodeError as error:
        raise Unreachable(f"{answer.url}: not JSON") from error
    if answer.status_code != 200 or not isinstance(found, dict):
        raise Unreachable(f"{answer.url}: answered {answer.status_code}")
    return found
