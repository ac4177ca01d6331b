import os
import socket

import pytest

from skillnad.cli.service.explore import check_can_keep_answers, loopback
from skillnad.lib.errors import UserError


@pytest.mark.parametrize(("host", "place"), [("127.0.0.1", "127.0.0.1"), ("127.0.0.9", "127.0.0.9"), ("::1", "::1")])
def test_explorer_listens_on_this_machine(host, place):
    assert loopback(host) == place


def test_localhost_is_an_address_of_this_machine():
    assert loopback("localhost") in ("127.0.0.1", "::1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "fe80::1", "", "finns inte", "." * 300])
def test_explorer_refuses_every_other_address(host, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", numeric_only(socket.getaddrinfo))
    with pytest.raises(UserError, match=r"CONF-023 --host: .*skillnad serve"):
        loopback(host)


def numeric_only(getaddrinfo):
    """No name is looked up on a network."""
    return lambda host, port, **how: getaddrinfo(host or "0.0.0.0", port, flags=socket.AI_NUMERICHOST, **how)


def test_name_that_is_also_elsewhere_is_refused(monkeypatch):
    places = [(2, 1, 6, "", ("127.0.0.1", 0)), (2, 1, 6, "", ("192.0.2.1", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    with pytest.raises(UserError, match="CONF-023"):
        loopback("localhost")


@pytest.mark.parametrize("made", [True, False])
def test_snapshot_that_cannot_keep_answers_is_refused(tmp_path, monkeypatch, made):
    asked = []
    monkeypatch.setattr(os, "access", lambda path, _: asked.append(path))
    if made:
        (tmp_path / "protected").mkdir()
    with pytest.raises(UserError, match=r"CONF-024 .*protected: Mappen går inte att skriva i"):
        check_can_keep_answers(tmp_path)
    assert asked == [tmp_path / "protected" if made else tmp_path]


def test_snapshot_that_keeps_answers_passes(tmp_path):
    check_can_keep_answers(tmp_path)
    assert list(tmp_path.iterdir()) == []
