"""What a provider says of a person, read: the name it is known by, and the roles that its groups give."""

from collections.abc import Mapping
from typing import Any

from skillnad.codebook.identity_in_text import contains_identity
from skillnad.organisation.sign_in.files import Grant, Provider

Claims = Mapping[str, Any]
MOST_LETTERS = 150


def grants_of(provider: Provider, claims: Claims) -> frozenset[Grant]:
    """The roles of all groups that the person is in and the file has; none for groups that are no texts."""
    said = claims.get(provider.groups)
    groups = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    named = [group for group in groups if isinstance(group, str)]
    return frozenset(grant for group in named for grant in provider.grants.get(group, ()))


def uid_of(provider: Provider, claims: Claims) -> str:
    """What the provider always calls this person; empty where the claim is missing, is no text or is an identity
    number, which no account is known by."""
    said = claims.get(provider.uid)
    uid = said.strip() if isinstance(said, str) else ""
    return "" if len(uid) > MOST_LETTERS or contains_identity(uid) else uid


def username_of(provider: Provider, claims: Claims) -> str:
    """What colleagues see on the page of roles; empty where the claim is missing, too long or an identity number."""
    said = claims.get(provider.username)
    name = said.strip() if isinstance(said, str) else ""
    return "" if len(name) > MOST_LETTERS or contains_identity(name) or not name.isprintable() else name
