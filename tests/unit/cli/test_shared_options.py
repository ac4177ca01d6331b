"""Options that commands share: told once, in one place, and read as if each command had told them."""

from dataclasses import dataclass
from inspect import signature
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from skillnad.cli.kernel.options import with_options
from skillnad.cli.main import build


@dataclass(frozen=True)
class Where:
    north: Annotated[int, typer.Option("--north")] = 0
    names: Annotated[list[str] | None, typer.Option("--name")] = None


def _run(*arguments: str) -> str:
    app = typer.Typer()

    def tell(*, first: Annotated[str, typer.Option("--first")], where: Where, last: bool = False) -> None:
        typer.echo(f"{first} {where} {last}")

    app.command()(with_options(tell))
    return CliRunner().invoke(app, arguments).output.strip()


def test_dataclass_is_made_of_its_options() -> None:
    said = _run("--first", "a", "--north", "3", "--name", "x", "--name", "y", "--last")
    assert said == f"a {Where(3, ['x', 'y'])} True"


def test_options_that_are_not_given_are_as_the_dataclass_has_them() -> None:
    assert _run("--first", "a") == f"a {Where()} False"


def test_options_stand_where_their_dataclass_did() -> None:
    def tell(*, first: str = "", where: Where, last: bool = False) -> None: ...

    told = with_options(tell)
    assert list(signature(told).parameters) == ["first", "north", "names", "last"]
    assert told.__name__ == "tell"


ROWS = {"--of", "--period", "--event", "--where", "--unit"}
ANSWER = {"--snapshot", "--format", "--out"}
SHARED = {
    "table": ROWS | ANSWER,
    "duration": ROWS | ANSWER,
    "compare": ROWS | ANSWER,
    "course": ROWS | ANSWER,
    "flow": ROWS - {"--event"} | ANSWER,
    "ask": ANSWER,
}


@pytest.mark.parametrize(("name", "options"), SHARED.items())
def test_commands_that_ask_have_the_shared_options(name: str, options: set[str]) -> None:
    command = typer.main.get_command(build([name])).commands[name]
    assert options <= {option for parameter in command.params for option in parameter.opts}
