"""An id token, checked by OpenID Connect Core 3.1.3.7: the signature too, though the provider's own line brought it.

allauth leaves the signature and the nonce out where the token came straight from the token endpoint, and takes any
algorithm then, "none" as well.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import jwt

from skillnad.organisation.sign_in.refusals import Reason, Refused

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""With a key of the provider's alone: no "none", and no shared secret."""
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
LEEWAY_SECONDS = 10
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (jwt.InvalidIssuerError, Reason.ISSUER),
    (jwt.InvalidAudienceError, Reason.AUDIENCE),
    (jwt.ExpiredSignatureError, Reason.EXPIRED),
    (jwt.ImmatureSignatureError, Reason.EXPIRED),
    (jwt.InvalidAlgorithmError, Reason.ALGORITHM),
    (jwt.InvalidSignatureError, Reason.SIGNATURE),
)


def nonce_of(verifier: str) -> str:
    """The nonce of a login: made of the PKCE verifier, which is kept in the session and used once."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


def read_id_token(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str, levels: tuple[str, ...]
) -> Mapping[str, Any]:
    """The claims of `token`. `keys` is the provider's JWKS. Raises Refused with what is wrong."""
    try:
        claims = _decoded(token, keys, issuer, client_id)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise Refused(_reason(error)) from None
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused(Reason.NONCE)
    if claims.get("azp", client_id) != client_id:
        raise Refused(Reason.AUDIENCE)
    if claims.get("acr") not in levels:
        raise Refused(Reason.LEVEL)
    return claims


def _decoded(token: str, keys: Mapping[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise Refused(Reason.ALGORITHM)
    return dict(
        jwt.decode(
            token,
            _key(keys, header.get("kid")),
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": list(REQUIRED)},
        )
    )


def _key(keys: Mapping[str, Any], kid: object) -> jwt.PyJWK:
    """The key that the token names; where it names none, the only one there is."""
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in (None, "sig")]
    named = [key for key in signing if key.key_id == kid] if kid else signing
    if len(named) != 1:
        raise Refused(Reason.SIGNATURE)
    return named[0]


def _reason(error: Exception) -> Reason:
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), Reason.MALFORMED)
