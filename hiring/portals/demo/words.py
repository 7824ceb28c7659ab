"""Who applies at Northwind, what they say, and what the reviewers made of it. Words only."""

from dataclasses import dataclass


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


@dataclass(frozen=True)
class Colleague:
    name: str
    email: str
    role: str  # a pipeline Role, or "admin"
    title: str


@dataclass(frozen=True)
class DemoCandidate:
    """``answers`` are spoken in the order of the questions; ``looks`` picks one of `clips.PEOPLE`."""

    name: str
    email: str
    zone: str = ""
    looks: int = 0
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """What a reviewer wrote: a score per pair in the order of the page (``None``: no evidence), notes by question."""

    scores: tuple[int | None, ...]
    notes: tuple[tuple[int, float, str], ...]  # question from 0, second, words
    recommendation: str = ""
    reason: str = ""


ADA = Colleague("Ada Lindgren", "ada@northwind.example", "admin", "Admin")
GRACE = Colleague("Grace Okafor", "grace@northwind.example", "recruiter", "Recruiter")
KATHERINE = Colleague("Katherine Moreau", "katherine@northwind.example", "hiring_manager", "Hiring manager")
ALAN = Colleague("Alan Brandt", "alan@northwind.example", "interviewer", "Interviewer")

JOB = "\n\n".join(
    _paragraphs("""
        You will lead the six people who answer when something at Northwind does not work: by mail, by chat and on the
        phone.

        **What you will do.** Keep the queue honest, take the hard conversations, help the team get better, and tell
        product what customers keep tripping over.

        **What we offer.** A permanent contract, four days or five, in Ghent or wherever you are on our clock.
    """)
)

MAYA = DemoCandidate(
    "Maya Lindqvist",
    "maya@candidates.example",
    "Europe/Stockholm",
    0,
    _paragraphs("""
        A clinic could not print its appointments for two days, and the manager shouted at me. I said: you are
        right, and I will call you at four, fixed or not. At four it was not fixed, and I called. On Monday I
        checked again.

        I closed a ticket because the customer had gone quiet. She was in hospital. I wrote to her, and we changed
        the rule: nobody closes a ticket of a person without a second try by phone.

        One of us answered very fast, and customers kept coming back. We read five of his tickets together, and he
        saw it himself. We did that each Friday, and after a month his answers came back half as often.

        First the customer who cannot sign in, because that is four hundred people. I put one person on it, tell the
        customer when they hear from me next, and tell the others that mail waits until eleven.
    """),
)
TOMAS = DemoCandidate(
    "Tomás Herrera",
    "tomas@candidates.example",
    "Europe/Madrid",
    1,
    _paragraphs("""
        A man had been charged twice. I went through the invoice with him line by line, apologised, and sent the
        money back the same day. He thanked me at the end.

        We once sent a wrong link to all customers. I corrected it, and wrote a second mail. I think it happened
        because everybody was in a hurry.

        I told her which articles to read, and after some weeks it went better. I think she just needed time.

        I would look at all the tickets and share them out, and call the large customer. Then I would see what is
        left.
    """),
)
AISHA = DemoCandidate(
    "Aisha Rahman",
    "aisha@candidates.example",
    "Europe/London",
    2,
    _paragraphs("""
        A shop owner lost a weekend of sales through our outage. I let him finish, wrote down the three things he
        needed, and read them back to him. Two I could promise, one I could not, and I said so.

        I promised a date without asking the engineers. When it slipped I called each of the nine customers myself,
        before the date. Since then, dates come from the people who do the work.

        He knew everything, but wrote like a manual. We practised: one answer in three sentences, every morning, for
        two weeks. Now he teaches it to the new ones.

        Ten minutes to sort: who cannot work at all, who is slowed down, who can wait. I say it in the channel, take
        the sign-in problem myself, and look again at half past nine.
    """),
)
JONAS = DemoCandidate(
    "Jonas Weber",
    "jonas@candidates.example",
    "Europe/Berlin",
    1,
    _paragraphs("""
        A customer was angry because three of us had asked her the same questions. I said sorry, read the whole
        history, and told her what I already knew. After that it was easy.
    """),
)
PRIYA = DemoCandidate("Priya Nair", "priya@candidates.example", "Asia/Kolkata")
SAM = DemoCandidate("Sam O’Connor", "sam@candidates.example")
ELIF = DemoCandidate("Elif Demir", "elif@candidates.example")
ROBIN = DemoCandidate("Robin Vale", "robin@candidates.example")

MAYA_BY_KATHERINE = Card(
    (5, 4, 5, 4, 4, 5, 5),
    (
        (0, 4.0, "“I will call you at four, fixed or not”, and did"),
        (1, 6.5, "changed the rule, not only the ticket"),
        (3, 3.0, "weighs by people affected: four hundred"),
    ),
    "pass",
    "Promises small, keeps it, and checks afterwards.",
)
MAYA_BY_ALAN = Card(
    (4, 4, 5, 5, 4, 4, None),
    ((0, 8.0, "checked again on Monday"), (2, 5.0, "read five tickets together; numbers after a month")),
    "pass",
    "Concrete throughout. I would like to hear more about owning a bad day.",
)
TOMAS_BY_ALAN = Card(
    (3, 3, 2, 2, None, 2, 3),
    ((1, 7.0, "“because everybody was in a hurry”: own part left open"), (2, 4.0, "advice once, then waited")),
    "hold",
    "Kind and correct with customers; little so far about leading people.",
)
TOMAS_BY_KATHERINE = Card((3, 4, 2), ((0, 3.0, "line by line, money back the same day"),))
