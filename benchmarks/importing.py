"""Import of a million rows: against Polars' parse of the same file and a bare bulk store of it, on both databases.

The file is an extract as case systems write them: one row an intervention with its client, case and latest follow-up,
25 columns, `;`, Windows-1252. Every measurement is a process of its own, so that peak memory is its own too.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import Goal
from benchmarks.memory import peak

NAME = "import"
ROWS = 1_000_000
TRIALS = 2
TIMES = 3.0
GIGABYTES = 2.0
ROOT = Path(__file__).parent.parent
MAPPING = """
[mapping]
name = "matning"
title = "Mätning"
municipality = "1234 Exempelby"
[[file]]
match = "uttag*.csv"
[file.keys]
client = { column = "Personnr", identity = true }
case = "Ärende"
intervention = "Insatsnr"
follow_up = ["Insatsnr", "Uppföljd"]
[file.columns]
legal_sex = { column = "Kön", codes = { K = "1", M = "2" } }
birth_date = "Född"
origin = "Ursprung"
intake_date = "Aktualiserad"
intake_reason = { column = "Orsak", split = "," }
household_type = "Hushåll"
previous_contact = { column = "Tidigare", codes = { "Nej" = "1", "Ja" = "2", "Okänt" = "4" } }
problem = { column = "Problem", split = "," }
"case.decision_date" = "Beslutad"
start_date = "Start"
intervention_type = "Insats"
end_date = "Slut"
adherence_to_plan = "Genomförd"
closing_reason = "Avslutsorsak"
unit = { column = "Enhetskod", name = "Enhet" }
provider = "Utförare"
follow_up_date = "Uppföljd"
collaboration = { column = "Samverkan", split = "," }
coordinated_plan = "SIP"
parallel_interventions = "Parallella"
goal_attainment = "Mål"
"""
HEADINGS = (
    "Personnr;Ärende;Insatsnr;Kön;Född;Ursprung;Aktualiserad;Orsak;Hushåll;Tidigare;Problem;Beslutad;Start;Insats;Slut;"
    "Genomförd;Avslutsorsak;Enhetskod;Enhet;Utförare;Uppföljd;Samverkan;SIP;Parallella;Mål"
)


def run(rows: int = ROWS, trials: int = TRIALS) -> Iterator[Goal]:
    """Both databases, in one run. Each is tried some times, new every time, and the least disturbed trial counts."""
    sys.path.insert(0, str(ROOT / "tests"))
    import servers

    with tempfile.TemporaryDirectory(prefix="skillnad-bench-") as folder:
        file = Path(folder) / "uttag.csv"
        write_extract(file, rows)
        yield from _goals("SQLite", [_tried(Path(folder), file, {}) for _ in range(trials)])
        tried = []
        for _ in range(trials):
            with servers.postgresql() as url:
                tried.append(_tried(Path(folder), file, {"SKILLNAD_DATABASE_URL": url}))
        yield from _goals("PostgreSQL", tried)


Trial = dict[str, dict[str, float]]
"""What `bare`, `full` and the same file `again` took."""


def _tried(folder: Path, file: Path, environment: dict[str, str]) -> Trial:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Path(name)
        (home / "M.toml").write_text(MAPPING, encoding="utf-8")
        settings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "skillnad.config.settings",
            "SKILLNAD_HOME": str(home),
            **environment,
        }
        steps = {"bare": "bare", "full": "full", "again": "full"}
        return {step: _measured(what, file, home, settings) for step, what in steps.items()}


def _goals(name: str, trials: list[Trial]) -> Iterator[Goal]:
    bare = min((each["bare"] for each in trials), key=lambda each: each["parse"] + each["store"])
    full = min((each["full"] for each in trials), key=lambda each: each["seconds"])
    allowed = bare["parse"] + bare["store"]
    note = f"{full['seconds']:.1f} s against parse {bare['parse']:.1f} + store {bare['store']:.1f} s; "
    note += f"own processor time {full['processor']:.1f} against {bare['processor']:.1f} s; "
    note += f"best of {len(trials)}; load {os.getloadavg()[0]:.1f}"
    yield Goal(f"import to {name} against bare parse and store", full["seconds"] / allowed, TIMES, "times", note=note)
    again = min((each["again"] for each in trials), key=lambda each: each["seconds"])
    peak = max(each[step]["gigabytes"] for each in trials for step in ("full", "again"))
    note = f"the same file again: {again['seconds']:.1f} s"
    yield Goal(f"import to {name}, peak memory", peak, GIGABYTES, "GB", note=note)


def _measured(what: str, file: Path, home: Path, environment: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.importing", what, str(file), str(home)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def write_extract(path: Path, rows: int, seed: int = 1) -> None:
    """About three clients in ten rows and one case in two; every second row has a follow-up."""
    chance = random.Random(seed)
    clients = [_client(number, chance) for number in range(max(1, rows * 3 // 10))]
    with path.open("w", encoding="cp1252", newline="\r\n") as out:
        out.write(HEADINGS + "\n")
        number = 0
        while number < rows:
            client, reason = chance.choice(clients), _codes(chance, 14)
            intake = date(2020, 1, 1) + timedelta(chance.randrange(2000))
            case = f"{intake:%Y}-{number:07d};%s;{client[1]}"
            background = (
                f"{intake};{reason};{chance.randint(1, 9)};{chance.choice(('Nej', 'Ja', 'Okänt'))};{_codes(chance, 14)}"
            )
            decided = intake + timedelta(chance.randrange(120))
            for _ in range(min(chance.choice((1, 1, 2, 4)), rows - number)):
                out.write(f"{client[0]};{case % number};{background};{decided};{_intervention(decided, chance)}\n")
                number += 1


def _client(number: int, chance: random.Random) -> tuple[str, str]:
    from skillnad.codebook.made_up import made_up_identity

    born, female = date(1930, 1, 1) + timedelta(number % 33000), bool(number & 1)
    identity = made_up_identity(born, female, number // 33000)
    return identity, f"{'K' if female else 'M'};{born};{chance.randint(1, 5)}"


def _codes(chance: random.Random, most: int) -> str:
    return ",".join(str(code) for code in sorted(chance.sample(range(1, most + 1), chance.choice((1, 1, 1, 2, 3)))))


def _intervention(decided: date, chance: random.Random) -> str:
    start, days = decided + timedelta(chance.randrange(30)), chance.randrange(10, 700)
    closed = chance.random() < 0.7
    unit = chance.randrange(60)
    end = f"{start + timedelta(days)};{chance.randint(1, 3)};{chance.randint(1, 9)}" if closed else ";;"
    cells = f"{start};{chance.randint(1, 35)};{end};E{unit:02d};Enhet Öst {unit};Utförare {chance.randrange(40)}"
    if chance.random() < 0.5:
        return f"{cells};;;;;"
    followed = start + timedelta(chance.randrange(days))
    marks = f"{chance.randint(1, 3)};{chance.randint(1, 3)};{chance.randint(1, 6)}"
    return f"{cells};{followed};{_codes(chance, 10)};{marks}"


def bare(file: Path, home: Path) -> dict[str, float]:
    """Polars' parse of the file, and the store of what it gives, as it is, in one transaction."""
    import django

    django.setup()
    import polars as pl
    from django.db import connection, transaction

    from skillnad.register.imports.storing import _executemany

    begun, worked_before = time.perf_counter(), time.process_time()
    text = file.read_bytes().decode("cp1252").encode()
    frame = pl.read_csv(text, separator=";", infer_schema=False)
    parsed = time.perf_counter()
    columns = ", ".join(f"c{place} text" for place in range(frame.width))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})")
        if connection.vendor == "sqlite":
            _executemany(f"INSERT INTO bare VALUES ({', '.join(['%s'] * frame.width)})", frame)
        else:
            _bare_copy(cursor.cursor, frame)
    stored = time.perf_counter()
    worked = time.process_time() - worked_before
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare")
    return {"parse": parsed - begun, "store": stored - parsed, "processor": worked, "gigabytes": peak() / 1e9}


def _bare_copy(cursor: Any, frame: Any) -> None:
    """CSV of whole slices; the next is written while the server takes the last."""
    from psycopg.copy import QueuedLibpqWriter

    with cursor.copy("COPY bare FROM STDIN WITH (FORMAT csv)", writer=QueuedLibpqWriter(cursor)) as copy:
        for part in frame.iter_slices(50_000):
            copy.write(part.write_csv(include_header=False))


def full(file: Path, home: Path) -> dict[str, float]:
    """The import that a user makes."""
    import django

    django.setup()
    from django.core.management import call_command

    from skillnad.audit.keys import ensure_key_file

    call_command("migrate", verbosity=0)
    ensure_key_file()
    from skillnad.register.imports.running import run_import

    steps: list[tuple[float, str]] = []
    begun, worked_before = time.perf_counter(), time.process_time()
    summary = run_import(
        home / "M.toml",
        [file],
        by="operator:bench",
        at=datetime(2026, 11, 1, tzinfo=UTC),
        out=home / "out",
        progress=lambda step: steps.append((time.perf_counter() - begun, step)),
    )
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked_before
    for at, step in steps:
        print(f"{at:6.1f} {step}")
    if summary.accepted != summary.read:
        raise RuntimeError("the extract is made without faults, and every row should be stored")
    return {"seconds": seconds, "processor": worked, "gigabytes": peak() / 1e9}


if __name__ == "__main__":
    measure = {"bare": bare, "full": full}[sys.argv[1]]
    print(json.dumps(measure(Path(sys.argv[2]), Path(sys.argv[3]))))
