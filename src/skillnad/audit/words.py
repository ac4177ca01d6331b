"""What the log's codes are called where a person reads them. A code that has no word here is shown as it is."""

from collections.abc import Mapping

ACTIONS: Mapping[str, str] = {
    "account.break_glass": "ett annat område öppnades i nödfall",
    "account.break_glass_ended": "en nödöppning avslutades",
    "account.create": "en inloggning lades upp",
    "account.disable": "en inloggning stängdes av",
    "account.enable": "en avstängd inloggning öppnades",
    "account.grant_role": "en behörighet gavs",
    "account.new_password": "en inloggning fick ett nytt första lösenord",
    "account.own_identity": "en inloggnings eget nummer angavs, för loggkontrollen",
    "account.revoke_role": "en behörighet togs tillbaka",
    "account.second_factor_added": "engångskod lades upp",
    "account.second_factor_forgotten": "en engångskod glömdes av driften",
    "account.second_factor_removed": "engångskod togs bort",
    "account.sign_in": "inloggning",
    "account.sign_in_refused": "en inloggning vägrades",
    "answers.import": "svar på frågor lästes in",
    "backup.made": "en krypterad säkerhetskopia av hela registret gjordes",
    "backup.restored": "registret återställdes ur en säkerhetskopia",
    "break_glass.read": "listan över nödöppningar lästes",
    "client.read": "uppgifter om personen lästes",
    "explanation.withdrawn": "en förklaring togs bort",
    "explanation.written": "en förklaring skrevs",
    "explorer.exported": "en skyddad tabell hämtades som fil",
    "free_answer.read": "svar i fritext lästes, maskade",
    "free_answer.themed": "ett svar i fritext fick ett tema",
    "instrument.licensed_words": "ett skyddat instruments ord visades",
    "keys.created": "nyckelfilen skapades",
    "keys.prepared": "en ny nyckel lades till, att användas senare",
    "keys.resealed": "förseglade värden förseglades på nytt",
    "keys.retired": "en gammal nyckel togs bort",
    "keys.rotated": "en ny nyckel började försegla",
    "log.checkpoint": "en kontrollpunkt skrevs",
    "log.extract": "ett loggutdrag gjordes",
    "log.review_begun": "en loggkontroll påbörjades",
    "log.review_read": "en loggkontroll lästes",
    "log.review_settled": "en händelse i en loggkontroll bedömdes",
    "log.verified": "loggen prövades",
    "organisation.add_providers": "utförare lades till",
    "organisation.add_units": "enheter lades till",
    "organisation.set_up": "organisationen ändrades",
    "own_area.read": "den egna enhetens små tal lästes",
    "register.import": "uppgifter lästes in ur ett verksamhetssystem",
    "report.exported": "en rapport hämtades som fil",
    "report.made": "en rapport gjordes",
    "roles.read": "listan över behörigheter lästes",
    "snapshot.made": "en pseudonymiserad ögonblicksbild av hela registret gjordes",
    "token.made": "en nyckel för ett annat system gavs ut",
    "token.refused": "ett annat system nekades",
    "token.revoked": "en nyckel för ett annat system togs tillbaka",
    "token.used": "ett annat system använde sin nyckel",
    "web.denied": "en sida vägrades",
}
PURPOSES: Mapping[str, str] = {
    "follow_up": "uppföljning, utvärdering och kvalitetssäkring",
    "follow-up": "uppföljning, utvärdering och kvalitetssäkring",
    "access_control": "att tilldela och kontrollera behörighet",
    "availability": "att uppgifterna finns kvar efter ett haveri",
    "log_check": "kontroll av loggen",
    "right_of_access": "den registrerades rätt att få veta",
    "security": "informationssäkerhet",
}


def action_told(action: str) -> str:
    return ACTIONS.get(action, action)


def purpose_told(purpose: str) -> str:
    return PURPOSES.get(purpose, purpose) or "inget ändamål angivet"
