"""The `skillnad` command. Commands load on use: an analyst's need no server parts, the others set up Django first."""

import sys
from importlib import import_module

import typer

from skillnad.cli.swedish import speak_swedish
from skillnad.codebook.identity_in_text import hide_identities
from skillnad.lib.errors import SkillnadError, UserError, reader_language

COMMANDS = {
    # name: the module, which has a function `register(app)`
    "codebook": "skillnad.cli.kernel.codebook",
    "instrument": "skillnad.cli.kernel.instrument",
    "table": "skillnad.cli.kernel.table",
    "duration": "skillnad.cli.kernel.duration",
    "flow": "skillnad.cli.kernel.flow",
    "compare": "skillnad.cli.kernel.compare",
    "course": "skillnad.cli.kernel.course",
    "ask": "skillnad.cli.kernel.ask",
    "report": "skillnad.cli.kernel.report",
    "differences": "skillnad.cli.kernel.differences",
    "protect": "skillnad.cli.kernel.protect",
    "attack": "skillnad.cli.kernel.attack",
    "verify": "skillnad.cli.kernel.verify",
    "docs": "skillnad.cli.kernel.docs",
    "import": "skillnad.cli.service.importing",
    "mapping": "skillnad.cli.service.mapping",
    "snapshot": "skillnad.cli.service.snapshot",
    "account": "skillnad.cli.service.account",
    "organisation": "skillnad.cli.service.organisation",
    "audit": "skillnad.cli.service.audit",
    "keys": "skillnad.cli.service.keys",
    "backup": "skillnad.cli.service.backup",
    "doctor": "skillnad.cli.service.doctor",
    "demo": "skillnad.cli.service.demo",
    "explore": "skillnad.cli.service.explore",
    "serve": "skillnad.cli.service.serve",
}


def build(names: list[str]) -> typer.Typer:
    """The command line with `names` loaded."""
    app = typer.Typer(
        name="skillnad",
        help="Systematisk uppföljning av socialtjänsten.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )

    @app.callback()
    def skillnad() -> None:
        """Systematisk uppföljning av socialtjänsten."""

    for name in names:
        import_module(COMMANDS[name]).register(app)
    return app


def wanted(arguments: list[str]) -> list[str]:
    """The one command that is asked for, or all of them where help is."""
    return [arguments[0]] if arguments and arguments[0] in COMMANDS else list(COMMANDS)


def run() -> None:
    """Entry point: a user's error is shown as it is, with its exit status; a bug keeps its traceback."""
    if reader_language() == "sv":
        speak_swedish()
    try:
        build(wanted(sys.argv[1:]))()
    except UserError as error:
        sys.stderr.write(hide_identities(error.text(reader_language())) + "\n")  # a file's name may be a person's
        raise SystemExit(error.exit_status) from None
    except SkillnadError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(error.exit_status) from None


if __name__ == "__main__":
    run()
