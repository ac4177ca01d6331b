"""The `skillnad` command. Commands load on use: an analyst's need no server parts, the others set up Django first."""

import sys
from importlib import import_module

import typer

from skillnad.cli.swedish import speak_swedish
from skillnad.codebook.identity_in_text import hide_identities
from skillnad.lib.errors import SkillnadError, UserError, reader_language

COMMANDS = {
    # name: (module, help) — the module has a function `register(app)` or a typer app called `app`
    "codebook": ("skillnad.cli.kernel.codebook", "Variabler och värden: visa, kravställ, jämför med ett underlag."),
    "table": ("skillnad.cli.kernel.table", "En skyddad tabell ur en ögonblicksbild."),
    "duration": ("skillnad.cli.kernel.duration", "Tid mellan två datum: median, kvartiler, 90:e percentilen."),
    "flow": ("skillnad.cli.kernel.flow", "Nya, pågående och avslutade under en period."),
    "compare": ("skillnad.cli.kernel.compare", "Hur grupper skiljer sig: skillnader, rangordning, trattdiagram."),
    "course": ("skillnad.cli.kernel.course", "Ett antal, en andel eller en tid över tid: serie- och styrdiagram."),
    "ask": ("skillnad.cli.kernel.ask", "En sparad fråga, ställd till en ögonblicksbild."),
    "report": ("skillnad.cli.kernel.report", "Standardrapporten som HTML, PDF och Excel."),
    "differences": ("skillnad.cli.kernel.differences", "Skillnader mellan grupper att förklara, med plats för svar."),
    "docs": ("skillnad.cli.kernel.docs", "Referensen och handboken, skapade ur källan."),
    "import": ("skillnad.cli.service.importing", "Läs in underlag från verksamhetssystem."),
    "mapping": ("skillnad.cli.service.mapping", "Föreslå och kontrollera en mappning."),
    "snapshot": ("skillnad.cli.service.snapshot", "Gör en pseudonymiserad ögonblicksbild av registret."),
    "account": ("skillnad.cli.service.account", "Inloggningar: lägg upp."),
    "demo": ("skillnad.cli.service.demo", "En påhittad kommun, från underlag till rapport."),
    "explore": ("skillnad.cli.service.explore", "Utforska en ögonblicksbild i webbläsaren, utan databas."),
    "serve": ("skillnad.cli.service.serve", "Starta webbappen."),
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
        import_module(COMMANDS[name][0]).register(app)
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
