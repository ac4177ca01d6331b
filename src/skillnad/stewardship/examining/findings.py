"""What an examination can find, each with why it matters and the way out."""

from skillnad.lib.errors import Problem


def unreachable() -> Problem:
    return Problem(
        "OPS-020",
        where="SKILLNAD_DATABASE_URL",
        sv="Databasen svarar inte. Kontrollera adressen, att servern går och att lösenordet gäller.",
        en="The database does not answer. See to the address, that the server runs and that the password holds.",
    )


def unmigrated(count: int) -> Problem:
    return Problem(
        "OPS-021",
        where="SKILLNAD_DATABASE_URL",
        sv=f"Databasen har inte den form som den här versionen behöver: {count} steg återstår. Gör en säkerhetskopia, "
        "och kör `python -m django migrate`.",
        en=f"The database has not the shape that this version needs: {count} steps remain. Make a backup, and run "
        "`python -m django migrate`.",
    )


def no_wal(mode: str) -> Problem:
    return Problem(
        "OPS-022",
        where="SKILLNAD_DATABASE_URL",
        sv=f"SQLite kör utan write-ahead-logg ({mode}), så att läsare stoppar den som skriver. Mappen ska ligga på en "
        "lokal disk, och ägas av den som kör Skillnad.",
        en=f"SQLite runs without its write-ahead log ({mode}), so readers stop who writes. The folder should be on a "
        "local disk, and belong to who runs Skillnad.",
    )


def on_network(kind: str) -> Problem:
    return Problem(
        "OPS-023",
        where="SKILLNAD_DATABASE_URL",
        sv=f"SQLite ligger på en nätverksdisk ({kind}), vars fillås inte går att lita på: databasen kan förstöras. "
        "Flytta den till en lokal disk, eller gå över till PostgreSQL.",
        en=f"SQLite is on a network disk ({kind}) whose locks cannot be trusted: the database may be destroyed. Move "
        "it to a local disk, or change to PostgreSQL.",
    )


def no_backup(days: int | None, most: int) -> Problem:
    sv = "aldrig gjorts" if days is None else f"inte gjorts på {days} dygn"
    en = "has never been made" if days is None else f"is {days} days old"
    return Problem(
        "OPS-024",
        where="SKILLNAD_BACKUP_DAYS",
        sv=f"En säkerhetskopia har {sv} (högst {most}). Kör `skillnad backup make --to MAPP`, och schemalägg "
        "det: se docs/drift/sakerhetskopior.md.",
        en=f"The last backup {en} (at most {most}). Run `skillnad backup make --to FOLDER`, and schedule it: see "
        "docs/drift/sakerhetskopior.md.",
    )


def no_checkpoint() -> Problem:
    return Problem(
        "OPS-025",
        where="SKILLNAD_CHECKPOINTS",
        sv="Loggen har händelser men ingen kontrollpunkt: att slutet klipps av skulle inte märkas. Se till att mappen "
        "går att skriva i, och kör `skillnad audit checkpoint --to MAPP`.",
        en="The log has events and no checkpoint: that its end is cut off would not be seen. See that the folder can "
        "be written to, and run `skillnad audit checkpoint --to FOLDER`.",
    )


def disk_filling(where: str, left: int) -> Problem:
    return Problem(
        "OPS-026",
        where=where,
        sv=f"Disken är nästan full: {left // 2**20} MB kvar. Gör plats innan inläsningar och säkerhetskopior vägras.",
        en=f"The disk is nearly full: {left // 2**20} MB left. Make room before imports and backups are refused.",
    )


def clock_apart(minutes: int) -> Problem:
    return Problem(
        "OPS-027",
        sv=f"Datorns klocka stämmer inte med loggens senaste händelse eller med databasens klocka ({minutes} minuter). "
        "Ställ den efter en tidsserver: loggen, behörigheter som upphör och inloggningar vilar på den.",
        en=f"The machine's clock disagrees with the log's last event or with the database's clock ({minutes} minutes). "
        "Set it by a time server: the log, roles that end and logins rest on it.",
    )


def no_static_files(where: str) -> Problem:
    return Problem(
        "OPS-028",
        where=where,
        sv="Sidornas stilar är inte samlade, och i skarp drift svarar sidorna då med fel. Kör `python -m django "
        "collectstatic`.",
        en="The pages' styles are not collected, and in production pages then answer with an error. Run "
        "`python -m django collectstatic`.",
    )


def not_https() -> Problem:
    return Problem(
        "OPS-029",
        where="SKILLNAD_HTTPS",
        sv="Skarp drift utan HTTPS: inloggningar kan läsas på vägen. Ta bort inställningen, och låt proxyn ta emot "
        "HTTPS.",
        en="Production without HTTPS: logins can be read on their way. Take the setting away, and let the proxy do "
        "HTTPS.",
    )


def open_home(where: str) -> Problem:
    return Problem(
        "OPS-030",
        where=where,
        sv="Andra användare på datorn kan läsa i SKILLNAD_HOME. Kör `chmod 700` på mappen.",
        en="Other users of the machine can read SKILLNAD_HOME. Run `chmod 700` on the folder.",
    )


def no_home(where: str) -> Problem:
    return Problem(
        "OPS-031",
        where=where,
        sv="Mappen SKILLNAD_HOME finns inte. Skapa den med rättigheterna 0700, eller rätta inställningen.",
        en="The folder SKILLNAD_HOME does not exist. Make it with mode 0700, or correct the setting.",
    )
