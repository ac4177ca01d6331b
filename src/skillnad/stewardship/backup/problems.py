"""What stops a backup or a restore, and the way out of each."""

from skillnad.lib.errors import UserError


def no_recipient() -> UserError:
    return UserError.of(
        "OPS-001",
        where="SKILLNAD_BACKUP_RECIPIENT",
        sv="Säkerhetskopian krypteras till en nyckel, och ingen giltig är angiven. Gör ett nyckelpar på en annan dator "
        "med `skillnad backup keygen --to FIL`, och ange den öppna delen (age1…) här.",
        en="The backup is encrypted to a key, and no valid one is given. Make a pair on another machine with "
        "`skillnad backup keygen --to FILE`, and give its public part (age1…) here.",
    )


def no_identity(name: str) -> UserError:
    return UserError.of(
        "OPS-002",
        where=name,
        sv="Filen med den hemliga nyckeln (AGE-SECRET-KEY-1…) saknas, går inte att läsa eller kan läsas av andra. Ange "
        "den fil som `skillnad backup keygen` skrev, med rättigheterna 0600.",
        en="The file of the secret key (AGE-SECRET-KEY-1…) is missing, unreadable or open to others. Give the file "
        "that `skillnad backup keygen` wrote, with mode 0600.",
    )


def damaged(name: str) -> UserError:
    return UserError.of(
        "OPS-003",
        where=name,
        sv="Filen är skadad eller avklippt, är ingen säkerhetskopia, eller är krypterad till en annan nyckel. Hämta "
        "den igen, ta en äldre, eller ange den hemliga nyckel som hör till mottagaren då den gjordes.",
        en="The file is damaged or cut, is no backup, or is encrypted to another key. Fetch it again, take an older "
        "one, or give the secret key of the recipient at the time it was made.",
    )


def of_another(name: str) -> UserError:
    return UserError.of(
        "OPS-004",
        where=name,
        sv="Säkerhetskopian är av en annan installation: nyckelfilen i SKILLNAD_KEY_FILE är inte dess. Lägg tillbaka "
        "den installationens nyckelfil, som har en egen säkerhetskopia, och kör igen.",
        en="The backup is of another installation: the key file in SKILLNAD_KEY_FILE is not its. Put back the key file "
        "of that installation, which has a backup of its own, and run again.",
    )


def forged(name: str) -> UserError:
    return UserError.of(
        "OPS-005",
        where=name,
        sv="Innehållet är inte det som skrevs: sigillet eller en fils kontrollsumma stämmer inte. Använd den inte. Ta "
        "en annan, och ta reda på vem som har kunnat skriva i mappen.",
        en="The content is not what was written: the seal or a file's checksum does not agree. Do not use it. Take "
        "another, and find out who could write to the folder.",
    )


def not_empty(where: str) -> UserError:
    return UserError.of(
        "OPS-006",
        where=where,
        sv="Det finns redan något här, och en återställning skriver aldrig över. Ange en tom mapp och en tom databas; "
        "i mappen får bara nyckelfilen ligga.",
        en="There is something here already, and a restore never overwrites. Give an empty folder and an empty "
        "database; only the key file may lie in the folder.",
    )


def no_room(where: str, wanted: int = 0) -> UserError:
    size = f" ({max(1, wanted // 2**20)} MB)" if wanted else ""
    return UserError.of(
        "OPS-007",
        where=where,
        sv=f"Det som ska skrivas{size} får inte plats på disken. Gör plats, eller välj en annan disk, och kör igen. "
        "Inget halvt är kvar.",
        en=f"What is to be written{size} does not fit on the disk. Make room, or choose another disk, and run again. "
        "Nothing half-written is left.",
    )


def changed_meanwhile(name: str) -> UserError:
    return UserError.of(
        "OPS-008",
        where=name,
        sv="En fil ändrades medan den kopierades. Ingen säkerhetskopia skrevs. Kör igen.",
        en="A file was changed while it was copied. No backup was written. Run again.",
    )


def tool_missing(name: str) -> UserError:
    return UserError.of(
        "OPS-009",
        where=name,
        sv="Programmet finns inte på den här datorn. Installera PostgreSQL:s klientprogram av samma version som "
        "servern eller nyare (på Debian: apt install postgresql-client).",
        en="The program is not on this machine. Install PostgreSQL's client programs of the server's version or newer "
        "(on Debian: apt install postgresql-client).",
    )


def tool_failed(name: str, said: str) -> UserError:
    return UserError.of(
        "OPS-010",
        where=name,
        sv=f"Programmet gav upp: {said} Kontrollera SKILLNAD_DATABASE_URL, att inloggningen äger databasen, och att "
        "programmet inte är äldre än servern. Inget halvt är kvar.",
        en=f"The program gave up: {said} See to SKILLNAD_DATABASE_URL, that the login owns the database, and that the "
        "program is no older than the server. Nothing half-written is left.",
    )


def not_whole(what: str) -> UserError:
    return UserError.of(
        "OPS-011",
        where=what,
        sv="Det som återställdes är inte det som kopierades: antalet rader eller loggens kedja stämmer inte. Ta en "
        "annan säkerhetskopia, och spara den här för utredning.",
        en="What was restored is not what was copied: the number of rows or the log's chain does not agree. Take "
        "another backup, and keep this one to be looked into.",
    )


def too_new(name: str) -> UserError:
    return UserError.of(
        "OPS-012",
        where=name,
        sv="Säkerhetskopian är gjord med en nyare version av Skillnad. Installera den versionen, eller en senare, och "
        "kör igen.",
        en="The backup was made with a newer version of Skillnad. Install that version, or a later one, and run again.",
    )


def other_database(wanted: str) -> UserError:
    return UserError.of(
        "OPS-013",
        where="SKILLNAD_DATABASE_URL",
        sv=f"Säkerhetskopian är av en annan sorts databas ({wanted}). Ange en tom sådan, och kör igen.",
        en=f"The backup is of another kind of database ({wanted}). Give an empty one of that kind, and run again.",
    )


def unreachable(where: str) -> UserError:
    return UserError.of(
        "OPS-014",
        where=where,
        sv="Databasen går inte att läsa. Kontrollera SKILLNAD_DATABASE_URL och att servern går; `skillnad doctor` "
        "säger mer.",
        en="The database cannot be read. See to SKILLNAD_DATABASE_URL and that the server runs; `skillnad doctor` "
        "tells more.",
    )


def not_writable(where: str) -> UserError:
    return UserError.of(
        "OPS-015",
        where=where,
        sv="Här går det inte att skriva. Ange en mapp som användaren som kör Skillnad äger.",
        en="This cannot be written to. Give a folder that the user who runs Skillnad owns.",
    )


def key_file_there(name: str) -> UserError:
    return UserError.of(
        "OPS-016",
        where=name,
        sv="Det finns redan en fil här, och den kan vara nyckeln till äldre säkerhetskopior. Välj ett annat namn.",
        en="There is a file here already, and it may be the key to older backups. Choose another name.",
    )
