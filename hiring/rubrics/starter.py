"""Question sets to start from: four questions for a support lead, a guide for a first talk; every anchor written.

The anchors describe what somebody says they did, never what they are like, so that two reviewers hear the same thing.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hiring.rubrics import questions, sets
from hiring.rubrics.models import Competency, QuestionSet

INTRO = (
    "Thank you for taking the time. We ask everybody the same questions, and people, not software, watch the"
    " answers. Real situations help us most; they need not have ended well. Nobody expects a polished performance."
)


@dataclass(frozen=True)
class Scored:
    """A competency and what a weak, an average and a strong answer sounds like."""

    competency: str
    weak: str
    average: str
    strong: str


@dataclass(frozen=True)
class Example:
    text: str
    scored: tuple[Scored, ...]
    think_seconds: int = 60
    answer_seconds: int = 120
    probes: tuple[str, ...] = ()


MEANINGS = {
    "Handles conflict": "Keeps working on the problem with somebody who is angry or disagrees.",
    "Explains clearly": "Gets a point across to somebody who does not know the subject.",
    "Takes ownership": "Acts on what goes wrong without waiting to be asked, and says their own part in it.",
    "Develops people": "Helps others do better than they did, and can show that it worked.",
    "Prioritises": "Chooses what to do first by its effect on people, and says what has to wait.",
}

SUPPORT_LEAD = (
    Example(
        "Tell us about a customer who was angry for a good reason. What did you do, and how did it end?",
        (
            Scored(
                "Handles conflict",
                "Tells mostly how unreasonable the customer was. What they did themselves stays vague, or they passed"
                " the customer on and do not know how it ended.",
                "Stayed polite, apologised and solved the problem. Says little about what the customer was worried"
                " about, or acted only after being asked twice.",
                "Says what was really at stake for the customer, what they said to lower the heat, what they promised"
                " by when, and that they checked afterwards whether it held.",
            ),
            Scored(
                "Explains clearly",
                "Hard to follow: the order jumps, or terms are used that a customer would not know.",
                "Easy to follow from start to end, but we have to guess what was said to the customer.",
                "Gives the words they used with the customer, free of jargon, and how they knew they were understood.",
            ),
        ),
    ),
    Example(
        "Describe a mistake in support that was yours, or your team’s. What happened next?",
        (
            Scored(
                "Takes ownership",
                "Names no real mistake, or puts it on others, a tool or a customer. Nothing changed afterwards.",
                "Names the mistake and put it right for the customers concerned. Why it could happen is left open.",
                "Says their own part plainly, told those concerned before they asked, and changed something so that it"
                " could not happen again; says how they know.",
            ),
        ),
    ),
    Example(
        "Think of somebody on your team who was struggling. What did you do over the following weeks?",
        (
            Scored(
                "Develops people",
                "Gave the advice once, did the work themselves, or waited for it to pass. Does not say what was behind"
                " the difficulty.",
                "Talked to the person, agreed what should change and looked at it again at least once. What came of it"
                " is told in general words.",
                "Found out the cause with the person, practised with real cases, gave feedback more than once, and"
                " gives an example of what that person can do now.",
            ),
            Scored(
                "Explains clearly",
                "What was agreed with the person stays unclear even to us.",
                "Says what was agreed, though not how the person was to know they were getting there.",
                "Retells the feedback as it was given: what was seen, what it led to, what to try instead.",
            ),
        ),
    ),
    Example(
        "It is Monday at nine: 200 open tickets, two colleagues are ill, and a large customer cannot sign in."
        " Walk us through your first hour.",
        (
            Scored(
                "Prioritises",
                "Starts with whatever came first or is loudest, or does everything at once. Nothing is left to wait.",
                "Sees to the sign-in problem first and shares out the rest. Says how, but not why in this order.",
                "Weighs how many people are affected and how badly, says aloud what will wait and tells those who wait;"
                " asks for help early and sets a time to look again.",
            ),
            Scored(
                "Takes ownership",
                "Passes the sign-in problem on and goes back to the tickets.",
                "Passes it on and checks that somebody is working on it.",
                "Stays the one contact for that customer until it is solved: says who works on it and when the next"
                " word comes, even when there is no news.",
            ),
        ),
        answer_seconds=180,
    ),
)

TALK_INTRO = (
    "Say who you are and how the time is divided; a glass of water and a slow start help more than a joke. Ask the"
    " questions below in this order and in these words, then follow what you hear with the probes. Keep ten minutes for"
    " theirs."
)
FIRST_TALK = (
    Example(
        "Tell us about a change you pushed through that others did not want at first.",
        (
            Scored(
                "Handles conflict",
                "Overruled those who were against it, or gave up. What they feared does not come up.",
                "Listened, explained, and got most people to go along. What changed through listening stays open.",
                "Can say what each side feared, what they changed because of it, and how it stood a few months later.",
            ),
            Scored(
                "Takes ownership",
                "Others decided; they carried it out.",
                "It was their idea, and they saw it through with help.",
                "Their idea, their risk: says what it cost, what they would do differently, and who deserves credit.",
            ),
        ),
        probes=(
            "Who was against it, and what did they say?",
            "What did you change because of them?",
            "How is it today?",
        ),
    ),
    Example(
        "Somebody you lead does good work and is hard to work with. Walk us through what you do.",
        (
            Scored(
                "Develops people",
                "Hopes it passes, or moves the person away.",
                "Speaks with the person and agrees on a change. How it is followed up stays general.",
                "Separates what is done from who does it, gives examples, agrees on one thing, and looks again soon.",
            ),
        ),
        probes=("What would you say first? Say it to us.", "When do you know that it worked?"),
    ),
)


def support_lead(name: str = "") -> QuestionSet:
    """A set called ``name`` whose draft is ready to publish. Competencies of the same name are used as they are."""
    return _written(name or _("Support lead (example)"), INTRO, SUPPORT_LEAD)


def first_talk(name: str = "") -> QuestionSet:
    """A guide for a live round, with probes, called ``name``; its draft is ready to publish."""
    return _written(name or _("First talk (example)"), TALK_INTRO, FIRST_TALK)


@transaction.atomic
def _written(name: str, intro: str, examples: tuple[Example, ...]) -> QuestionSet:
    question_set = sets.create(name)
    draft = question_set.versions.get()
    sets.describe(question_set, name=question_set.name, intro=intro, seen="")
    for example in examples:
        competencies = [_competency(scored.competency) for scored in example.scored]
        question = questions.add(
            questions.Content(
                example.text,
                competencies,
                probes="\n".join(example.probes),
                think_seconds=example.think_seconds,
                answer_seconds=example.answer_seconds,
                role_family="Support",
            ),
            to=draft,
        )
        levels = {
            (competency.pk, level): text
            for competency, scored in zip(competencies, example.scored, strict=True)
            for level, text in ((1, scored.weak), (3, scored.average), (5, scored.strong))
        }
        questions.describe_levels(question, levels, revision=question.revision)
    return question_set


def _competency(name: str) -> Competency:
    found = Competency.objects.filter(name__iexact=name).first()
    return found or Competency.objects.create(name=name, description=MEANINGS[name])
