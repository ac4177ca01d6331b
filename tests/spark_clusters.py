"""Sparks that tests need, private and short-lived: on threads of this process, or a master and a worker on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

LOOPBACK = "127.0.0.1"
SECONDS_TO_START = 120
SOON_OVER = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java's options for what ends before its best machine code would pay."""
SETTINGS = {
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",  # a few rows are counted before their code would be compiled
    "spark.driver.extraJavaOptions": SOON_OVER,
    "spark.executor.extraJavaOptions": SOON_OVER,
}


@contextmanager
def session(master: str = "local[2]", settings: dict[str, str] | None = None) -> Iterator[Any]:
    """The session of this process until the block ends; there is one at a time."""
    os.environ["SPARK_LOCAL_IP"] = LOOPBACK
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    with TemporaryDirectory(prefix="skillnad-spark-") as folder:
        folders = {"spark.local.dir": folder, "spark.sql.warehouse.dir": f"{folder}/warehouse"}
        builder = SparkSession.builder.master(master).appName("skillnad-test")
        for name, value in (SETTINGS | folders | (settings or {})).items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        running.sparkContext.setLogLevel("OFF")
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def standalone(cores: int = 2, memory: str = "2g") -> Iterator[str]:
    """The address of a master with one worker, both ended with the block."""
    port = _free_port()
    address = f"spark://{LOOPBACK}:{port}"
    local = ["--host", LOOPBACK, "--webui-port", "0"]
    with TemporaryDirectory(prefix="skillnad-spark-") as name:
        folder = Path(name)
        with _running(folder, "master.Master", *local, "--port", str(port)) as log:
            _wait_for(log, "I have been elected leader")
            sizes = ["--cores", str(cores), "--memory", memory, "--work-dir", str(folder / "work")]
            with _running(folder, "worker.Worker", *local, *sizes, address) as log:
                _wait_for(log, "Successfully registered with master")
                yield address


@contextmanager
def _running(folder: Path, what: str, *arguments: str) -> Iterator[Path]:
    log = folder / f"{what}.log"
    environment = {
        **os.environ,
        "SPARK_HOME": str(_home()),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": SOON_OVER,
    }
    command = [str(_home() / "bin/spark-class"), f"org.apache.spark.deploy.{what}", *arguments]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment, cwd=folder)
    try:
        yield log
    finally:
        process.terminate()
        process.wait(timeout=SECONDS_TO_START)


def _home() -> Path:
    """Spark comes with the package pyspark."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise RuntimeError("pyspark is not installed: run make test-spark")
    return Path(found.origin).parent


def _wait_for(log: Path, words: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while words not in log.read_text(errors="replace"):
        if time.monotonic() > deadline:
            raise RuntimeError(log.read_text(errors="replace")[-2000:])
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind((LOOPBACK, 0))
        return int(held.getsockname()[1])
