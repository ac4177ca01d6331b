"""A key changed for a register of a million identities on SQLite, while another process reads and writes one person
at a time, as requests do: how long it takes, and how long a request waits.

Each step is a process of its own. The requests begin before the rotation and end after it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import Goal

IDENTITIES = 1_000_000
ROTATE_SECONDS = 300 / 1_000_000
TOGETHER = 20_000
PAUSE = 0.02
ROOT = Path(__file__).parent.parent

Measured = dict[str, float]


def run(identities: int = IDENTITIES) -> Iterator[Goal]:
    """With fewer identities the goal shrinks as they do."""
    with tempfile.TemporaryDirectory(prefix="skillnad-bench-") as folder:
        settings = {**os.environ, "SKILLNAD_HOME": folder, "DJANGO_SETTINGS_MODULE": "skillnad.config.settings"}
        settings.pop("SKILLNAD_DATABASE_URL", None)
        _measured("fill", identities, settings)
        asking = _begun("requests", identities, settings)
        try:
            _said(asking)  # the first answer
            rotated = _measured("rotate", identities, settings)
        finally:
            (Path(folder) / "enough").touch()
        waited = _said(asking)
        asking.wait()
    note = (
        f"{waited['requests']:.0f} requests meanwhile, half within {waited['median'] * 1000:.0f} ms, the longest "
        f"{waited['longest'] * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}"
    )
    yield Goal(
        f"{identities:,} identities under a new key", rotated["seconds"], ROTATE_SECONDS * identities, "s", note=note
    )


def _command(what: str, identities: int) -> list[str]:
    return [sys.executable, "-m", "benchmarks.key_rotation", what, str(identities)]


def _begun(what: str, identities: int, settings: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(_command(what, identities), env=settings, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _said(process: "subprocess.Popen[str]") -> Measured:
    if process.stdout is None:
        raise RuntimeError("the requests say nothing")
    said: Measured = json.loads(process.stdout.readline())
    return said


def _measured(what: str, identities: int, settings: dict[str, str]) -> Measured:
    done = subprocess.run(
        _command(what, identities), env=settings, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def fill(identities: int) -> Measured:
    from skillnad.cli.service.django_setup import prepare_database

    prepare_database()
    from skillnad.audit.writing import writing

    begun = time.perf_counter()
    for first in range(1, identities + 1, TOGETHER):
        with writing():
            _add(range(first, min(first + TOGETHER, identities + 1)))
    return {"seconds": time.perf_counter() - begun}


def _add(pseudonyms: range) -> None:
    from skillnad.audit.keys import installed_keys
    from skillnad.codebook.identity import IdentityKind
    from skillnad.register.models import Client

    keys = installed_keys()
    numbers = [f"20010203-T{each:07}" for each in pseudonyms]
    sealed = keys.seal_many(zip(numbers, pseudonyms, strict=True))
    Client.everyone.bulk_create(
        Client(
            source="bench",
            source_key=str(pseudonym),
            pseudonym=pseudonym,
            id_kind=IdentityKind.RESERVE_LOCAL.value,
            identity_sealed=value,
            identity_index=index,
        )
        for pseudonym, value, index in zip(pseudonyms, sealed, keys.blind_index_many(numbers), strict=True)
    )


def rotate(identities: int) -> Measured:
    from django.utils import timezone

    from skillnad.stewardship.keys import keys_status, rotate_keys

    begun = time.perf_counter()
    done = rotate_keys(by="operator:bench", at=timezone.now())
    seconds = time.perf_counter() - begun
    if done.left or len(keys_status().values["identities"]) != 1 or done.values < identities:
        raise RuntimeError("not everything is sealed with the new key")
    return {"seconds": seconds}


def requests(identities: int) -> Measured:
    """Find a person by the number and write something of it, again and again, until a file says that it is enough."""
    import statistics

    waits: list[float] = []
    enough = Path(os.environ["SKILLNAD_HOME"]) / "enough"
    while not enough.exists():
        begun = time.perf_counter()
        _request(len(waits) * 7919 % identities + 1)
        waits.append(time.perf_counter() - begun)
        if len(waits) == 1:
            print(json.dumps({"first": waits[0]}), flush=True)
        time.sleep(PAUSE)
    return {"requests": len(waits), "median": statistics.median(waits), "longest": max(waits)}


def _request(pseudonym: int) -> None:
    from django.utils import timezone

    from skillnad.audit.actions import record
    from skillnad.audit.keys import installed_keys
    from skillnad.audit.writing import writing
    from skillnad.register.models import Client

    keys, number = installed_keys(), f"20010203-T{pseudonym:07}"
    with writing():
        found: Any = Client.everyone.get(identity_index=keys.blind_index(number))
        if keys.unseal(bytes(found.identity_sealed), pseudonym) != number:
            raise RuntimeError("a person's number is another's")
        Client.everyone.filter(pk=found.pk).update(origin="1")
        record(by="account:1", at=timezone.now(), action="client.read", purpose="follow_up", people=[pseudonym])


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "rotate": rotate, "requests": requests}[sys.argv[1]](int(sys.argv[2]))), flush=True)
