"""Who stands before and after the one-way interview at Northwind, and in its other two jobs. Words only."""

from dataclasses import dataclass

ENGINEER = """\
You will look after the service that thousands of clinics open first thing in the morning.

**What you will do.** Write Python, read more of it than you write, be on call one week in six, and leave things \
simpler than you found them.

**What happens after you apply.** We read your application, then we talk: once about how you work, once with the \
people you would work with. No take-home, no puzzle.
"""

SEASON = """\
From November to January our warehouse sends out four times what it usually does. We need sixty pairs of hands, for \
ten weeks or for three.

**What happens after you apply.** Four questions, answered on your phone; then a short talk. Most people hear from us \
within three days.
"""


@dataclass(frozen=True)
class Resume:
    """Somebody who waits to be read. ``kind`` is a function of ``demo.resumes``."""

    name: str
    email: str
    kind: str
    lines: tuple[str, ...]
    speaks_dutch: str = "yes"
    zone: str = "Europe/Brussels"


NORA = Resume(
    "Nora Lindholm",
    "nora@candidates.example",
    "word",
    (
        "Nora Lindholm",
        "Gothenburg · nora@candidates.example",
        "EXPERIENCE",
        "Team lead, customer support, Brightwave (2021–2026)",
        "- Led nine people over mail, chat and phone; first answer within two hours",
        "- Wrote the guide every new colleague still begins with",
        "Support specialist, Kontur (2017–2021)",
        "- Handled escalations from public hospitals",
        "EDUCATION",
        "BA Linguistics, Gothenburg",
        "LANGUAGES",
        "Swedish, English, German, some Dutch",
    ),
)
IVAN = Resume(
    "Ivan Petrov",
    "ivan@candidates.example",
    "pdf",
    (
        "Ivan Petrov",
        "Antwerp, Belgium",
        "",
        "2019-2026  Shift lead, telephone support, Havenbank",
        "   Planned shifts for fourteen people, took the hard calls",
        "   Brought repeated contacts down from 31 to 19 percent",
        "2014-2019  Support agent, Telenova",
        "",
        "Dutch (native), French, English, Bulgarian",
        "References on request",
    ),
)
LUCIA = Resume(
    "Lucia Romano",
    "lucia@candidates.example",
    "text",
    (
        "Lucia Romano, Turin",
        "",
        "Waitress and shift lead, Trattoria Sole, 2020 to now.",
        "I train everyone who starts, and I am the one who goes to the table when something went wrong.",
        "",
        "Evening course: introduction to customer service tools (2025).",
        "Italian, English.",
    ),
    speaks_dutch="no",
    zone="Europe/Rome",
)
BEN = Resume(
    "Ben Carter",
    "ben@candidates.example",
    "text",
    ("Ben Carter, Leeds", "", "Support lead at Moorside Broadband since 2018: a team of twelve, mail and phone."),
)

LED_A_TEAM = "Has led people who answer customers"
WRITES = "Writes clearly to somebody who is upset"
KNOWS_TOOLS = "Has worked with a ticket system"
DUTCH = "Do you speak Dutch well enough to take a call?"

HELD_BECAUSE = "Asked whether the move to Ghent is possible; answer expected this week."

NADIA = ("Nadia Haddad", "nadia@candidates.example", "Africa/Casablanca")
OSKAR = ("Oskar Nilsson", "oskar@candidates.example", "America/New_York")
WEN = ("Wen Li", "wen@candidates.example", "Europe/Brussels")
PIOTR = ("Piotr Zielinski", "piotr@candidates.example", "Europe/Warsaw")
SAMIR = ("Samir Bose", "samir@candidates.example", "Asia/Kolkata")

MET_BEFORE = "We watched her talk at the support meetup in May; no need to record it again."
REFERRED = "Ada has worked with him for three years."
NADIA_NOTE = "Your talk about saying no kindly is still quoted here. We would like to hear how you do it on a Monday."
OSKAR_NOTE = "Ada told us how you kept the night shift calm during the outage. We would like to hear it from you."
WEN_BECAUSE = "We spent a whole day with him in the shop; there is nothing left to ask."
WEN_NOTE = "The way you described handing over a shift made everybody here nod."

ENGINEERS = (
    ("Hana Kovač", "hana@candidates.example", "Europe/Zagreb"),
    ("Liam Byrne", "liam@candidates.example", "Europe/Dublin"),
    ("Tala Reyes", "tala@candidates.example", "Asia/Manila"),
    ("Jo Okonkwo", "jo@candidates.example", "Europe/London"),
)
JO_NOTE = "Your note on deleting code instead of adding it is why we would like to talk."
PIOTR_KEPT = "Warm and quick with people who are upset. Has not led a team yet: think of him for the next support job."
HANA_KEPT = "Writes so clearly that she could lead our guides and training."
