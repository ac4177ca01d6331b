"""An import that stops in the middle of writing until it is killed: a process of its own, for test_import_command."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from skillnad.cli.service.django_setup import prepare_database, set_up_django


def main(folder: Path) -> None:
    set_up_django()
    prepare_database()
    from skillnad.register.imports import arrivals, running
    from skillnad.register.imports.merging import Ids, Merged, Met
    from skillnad.register.imports.sealed import Sealer
    from skillnad.register.imports.writer import Writer

    merge = arrivals.merge

    def merge_and_wait(met: Met, stored: Ids, run: int, sealer: Sealer, writes: Writer) -> Merged:
        merged = merge(met, stored, run, sealer, writes)
        if met.given.record == "case":
            writes.settled()
            (folder / "mitt-i").touch()
            time.sleep(600)
        return merged

    arrivals.merge = merge_and_wait
    at = datetime(2026, 3, 2, tzinfo=UTC)
    running.run_import(folder / "M.toml", [folder / "insatser.csv"], by="operator:test", at=at, out=folder / "ut")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
