"""What the record page hands its JavaScript: addresses, limits, takes and every sentence, translated.

The counterpart of ``Config`` in ``static/js/recorder/recorder.js``.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.rubrics.models import Question
from interviews import rules, takes
from interviews.models import Answer, Interview, Take

PRACTICE_SECONDS = 60
BYTES_PER_SECOND = 200_000  # 1.5 Mbit/s of video, 64 kbit/s of sound
ANY_TAKE = UUID(int=0)

Config = dict[str, Any]


def for_answer(request: HttpRequest, answer: Answer) -> Config:
    """Record ``answer`` for real."""
    known = list(answer.takes.order_by("number"))
    finished = set(takes.finished(answer).values_list("pk", flat=True))
    return {
        **_local(answer.question, practice=False, preview=False),
        "interview": str(answer.interview_id),
        "csrf": get_token(request),
        "urls": _addresses(answer),
        "limits": _limits(answer.question, retakes_left=takes.retakes_left(answer)),
        "takes": [_take(answer, take, counted=take.pk in finished) for take in known],
        "interrupted": _broken_off(known),
    }


def for_preview(question: Question) -> Config:
    """The same page for an admin: nothing is begun, sent or saved."""
    return _local(question, practice=False, preview=True)


def for_check(interview: Interview) -> Config:
    """The device check. ``bytesNeeded`` is room for every answer, should nothing of them leave the device."""
    seconds = sum(answer.question.answer_seconds for answer in interview.answers.select_related("question"))
    return {
        "strings": check_strings(),
        "probeUrl": static("css/recorder.css"),
        "bytesNeeded": seconds * BYTES_PER_SECOND,
    }


def for_draining(request: HttpRequest, interview: Interview) -> Config:
    """Pages without a recorder send on what an earlier page could not."""
    return {
        "interview": str(interview.pk),
        "question": "",
        "csrf": get_token(request),
        "takes": [],
        "interrupted": None,
        "strings": {
            "draining": _("Sending the rest of your recordings: {percent} % is there. Please leave this page open."),
            "drainingRefused": _("One of your recordings could not be handed over. Open its question to see why."),
            "drainingLater": _(
                "You’re offline. The rest of your recordings is kept on this device and is sent when you’re back."
            ),
        },
    }


def for_practice() -> Config:
    """The same recorder and timer, with a question of no consequence. No address at all: nothing can be sent."""
    question = Question(think_seconds=30, answer_seconds=PRACTICE_SECONDS, retakes=None)
    config = _local(question, practice=True, preview=False)
    return {**config, "strings": {**config["strings"], "isPrivate": _("Nobody else sees this, ever.")}}


def practice_question() -> str:
    """What is asked in practice; it has nothing to do with the job."""
    return _("What did you enjoy last weekend, and would you do it again?")


def _limits(question: Question, *, retakes_left: int | None) -> Config:
    """How long, and how often; ``None`` is without limit."""
    return {
        "think_seconds": question.think_seconds,
        "auto_start": question.auto_start,
        "seconds": question.answer_seconds,
        "grace": rules.GRACE_SECONDS,
        "retakes_left": retakes_left,
    }


def _local(question: Question, *, practice: bool, preview: bool) -> Config:
    return {
        "interview": "",
        "question": str(question.pk),
        "csrf": "",
        "urls": {"takes": "", "token": "", "choice": "", "api": ""},
        "limits": _limits(question, retakes_left=question.retakes),
        "takes": [],
        "interrupted": None,
        "practice": practice,
        "preview": preview,
        "strings": strings(),
    }


def _addresses(answer: Answer) -> dict[str, str]:
    asked = {"pk": answer.interview_id, "question": answer.question_id}
    token = reverse("candidate:interviews:take-token", kwargs={"pk": answer.interview_id, "take": ANY_TAKE})
    return {
        "takes": reverse("candidate:interviews:takes", kwargs=asked),
        "choice": reverse("candidate:interviews:choice", kwargs=asked),
        "token": token.replace(str(ANY_TAKE), "{take}"),
        "api": "/api/v1/takes/{take}/",
    }


def _take(answer: Answer, take: Take, *, counted: bool) -> Config:
    address = {"pk": answer.interview_id, "take": take.pk}
    is_playable = take.state == Take.State.PLAYABLE
    return {
        "id": str(take.pk),
        "number": take.number,
        "state": take.state,
        "seconds": take.seconds or take.claimed_seconds,
        "chosen": take.pk == answer.chosen_take_id,
        "interrupted": take.interrupted,
        "counted": counted,
        "finding": _finding(take),
        "mediaUrl": reverse("candidate:interviews:take-media", kwargs=address) if is_playable else None,
    }


def _finding(take: Take) -> str:
    """What the person should know of a take while they can still record it again, for free."""
    if take.state == Take.State.FAILED:
        return "delayed" if take.is_our_fault else "failed"
    if take.silent and take.black:
        return "nothing"
    return "silent" if take.silent else "black" if take.black else ""


def _broken_off(known: list[Take]) -> Config | None:
    """The newest take, if it was never completed."""
    if not known or known[-1].state not in {Take.State.RECORDING, Take.State.ABANDONED}:
        return None
    return {"take": str(known[-1].pk), "epoch": known[-1].epoch}


def strings() -> dict[str, str]:
    """Every sentence the recorder may say. Names in braces are filled in by the browser."""
    return {**_moments(), **_announcements(), **_troubles(), **_refusals()}


def check_strings() -> dict[str, str]:
    """Every sentence of the device check."""
    return {
        **_announcements(),
        **_troubles(),
        "tone.waiting": "",
        "tone.good": _("Works"),
        "tone.warn": _("Please look"),
        "tone.bad": _("Doesn’t work yet"),
        "asking": _("Your browser is asking you. Please choose “Allow”."),
        "notAsked": _("Not asked yet."),
        "cameraGood": _("We can see you ({width} × {height}). Light from the front helps more than a better camera."),
        "cameraBlack": _("The picture is black. Is the camera’s cover closed, or the room dark?"),
        "speak": _("Say a few words."),
        "microphoneGood": _("We can hear you."),
        "microphoneSilent": _(
            "We hear nothing yet. Is the microphone muted, on a headset perhaps? You can choose another one below."
        ),
        "didYouHear": _("Did you hear two tones?"),
        "speakerGood": _("Good. You can watch your answers back."),
        "speakerBad": _(
            "Turn up the volume, or plug headphones in or out. It doesn’t keep you from recording: only from hearing "
            "yourself."
        ),
        "connectionGood": _(
            "Our server answers in {milliseconds} ms. Even if the connection drops while you speak, nothing is lost."
        ),
        "connectionSlow": _(
            "Slow: our server took {milliseconds} ms. You can record all the same: your answer is kept on this device "
            "and sent bit by bit. At the end it may take a little longer."
        ),
        "connectionNone": _("We can’t reach our server just now. Check the network, then reload this page."),
        "spaceGood": _("Enough for all your answers, should the connection drop."),
        "spaceLittle": _(
            "Only about {megabytes} MB. You can record, but please stay online and keep the page open until it says "
            "“All saved”."
        ),
        "spaceUnknown": _("This browser doesn’t say. Please keep the page open until it says “All saved”."),
    }


def _moments() -> dict[str, str]:
    return {
        "recording": _("Recording {time}"),
        "lastCall": _("Recording {time} · {seconds} s left"),
        "finishSentence": _("Finish your sentence · {seconds} s"),
        "savedTo": _("Saved to {time}"),
        "savedAll": _("All saved"),
        "onDevice": _("Kept on this device"),
        "staysHere": _("Stays on this page"),
        "left": _("{count} left"),
        "thinking": _("Take your time: about {time} to think. Start whenever you’re ready."),
        "thinkingOpen": _("Take the time you need. Start whenever you’re ready."),
        "startsByItself": _("Recording starts by itself in {time}, or as soon as you press the button."),
        "lookUp": _("Look up to the lens, breathe out."),
        "remaining": _("About {time} left · you can finish your sentence"),
        "grace": _("Your time is up, but nobody cuts you off: finish your sentence."),
        "sending": _("Sending: {time} of {total} has arrived. You can already go on; please leave this browser open."),
        "sendingLater": _(
            "You’re offline. {total} is kept on this device and is sent as soon as you’re back. Leave this page open, "
            "or come back to it in this browser."
        ),
        "take": _("Take {number} · {time}"),
        "takeInterrupted": _("Take {number} · {time}, interrupted"),
        "finding.silent": _("We hear nothing in this take. You can record again: that doesn’t use up a retake."),
        "finding.black": _("The picture of this take is black. You can record again: that doesn’t use up a retake."),
        "finding.nothing": _(
            "There is neither sound nor picture in this take. You can record again: that doesn’t use up a retake."
        ),
        "finding.failed": _(
            "This take can’t be read. That was not you: record again, it doesn’t use up a retake. We are sorry."
        ),
        "finding.delayed": _(
            "Something on our side went wrong with this take. It is kept: ask for it again on the overview, or record "
            "once more, which doesn’t use up a retake. We are sorry."
        ),
        "kept": _("We kept 0:00–{time} of your answer."),
        "offline": _("You’re offline. Keep going: your answer is being saved on this device."),
        "isPrivate": _("Nobody else sees this unless you keep it."),
        "isAnswer": _("This is the answer we see."),
        "unheard": _("Not a sound from your microphone yet. Say a word: this note goes when it works."),
        "silent": _("We can’t hear you. Is the microphone switched on, and is it the right one?"),
        "silentTake": _(
            "We heard nothing in this take. Play it back: if there is no sound, record again. A silent take doesn’t "
            "use up a retake."
        ),
        "black": _("We can’t see you. Is the camera’s cover open, and is there light?"),
        "blackTake": _("The picture of this take is black. If you record again, that doesn’t use up a retake."),
        "notDurable": _(
            "This browser window can’t store your recording, so it goes straight to us while you speak. "
            "Please keep the page open until it says “All saved”."
        ),
        "notSent": _("An earlier recording could not be handed over. Reload this page to try again."),
    }


def _announcements() -> dict[str, str]:
    return {
        "sayReady": _("Camera and microphone are on. Nothing is recorded yet."),
        "sayCountdown": _("Recording starts in 3 seconds."),
        "sayRecording": _("Recording. You have {time}."),
        "saySecondsLeft": _("{seconds} seconds left."),
        "sayGrace": _("Time is up. You have {seconds} more seconds to finish your sentence."),
        "sayStopped": _("Recording stopped. You can watch your answer now."),
        "saySaved": _("Your answer is saved."),
        "lost.camera": _(
            "Your camera went away. Everything up to there is kept: hand it in as it is, or record again. "
            "Recording again doesn’t use up a retake."
        ),
        "lost.microphone": _(
            "Your microphone went away. Everything up to there is kept: hand it in as it is, or record again. "
            "Recording again doesn’t use up a retake."
        ),
        "lost.paused": _(
            "Something else needed your camera, perhaps a call. Everything up to there is kept: hand it in as it is, "
            "or record again. Recording again doesn’t use up a retake."
        ),
        "lost.left": _("Everything you said so far is kept. Leaving costs no retake."),
        "lost.recorder": _(
            "The browser stopped recording. Everything up to there is kept: hand it in as it is, or record again. "
            "Recording again doesn’t use up a retake."
        ),
    }


def _troubles() -> dict[str, str]:
    return {
        "problem.denied.title": _("Your browser is not letting us use the camera"),
        "problem.denied": _("Perhaps “Block” was pressed at some point. This is how to allow it again:"),
        "problem.no_camera.title": _("We can’t find a camera"),
        "problem.no_camera": _(
            "Is it plugged in, and is its cover open? Plug it in again and press “Try again”, or use your phone."
        ),
        "problem.no_microphone.title": _("We can’t find a microphone"),
        "problem.no_microphone": _("Plug in a headset or a microphone and press “Try again”, or use your phone."),
        "problem.no_devices.title": _("We can’t find a camera or a microphone"),
        "problem.no_devices": _(
            "If you have them, plug them in again and press “Try again”. Otherwise your phone does it very well."
        ),
        "problem.busy.title": _("Something else is using your camera"),
        "problem.busy": _(
            "Close other programs and tabs that may be using it, such as Zoom, Teams or Meet, then press “Try again”."
        ),
        "problem.unsuitable.title": _("This camera can’t be used"),
        "problem.unsuitable": _("Press “Try again” to use another one, or plug in a different camera."),
        "problem.camera.title": _("Your camera went away"),
        "problem.camera": _(
            "Nothing was being recorded. Was it unplugged, or did another program take it? Press “Try again” when it "
            "is back."
        ),
        "problem.microphone.title": _("Your microphone went away"),
        "problem.microphone": _(
            "Nothing was being recorded. Was it unplugged, or switched off? Press “Try again” when it is back."
        ),
        "problem.insecure.title": _("This address is not secure"),
        "problem.insecure": _(
            "Browsers allow a camera only on addresses that begin with https. "
            "Please open the link from your mail again."
        ),
        "problem.unsupported.title": _("This browser can’t record"),
        "problem.unsupported": _(
            "Please open your link in a current Chrome, Firefox, Edge or Safari, on a computer or a phone."
        ),
        "problem.inapp.title": _("This app’s own browser can’t use the camera"),
        "problem.inapp": _(
            "Open the page in your real browser: press the three dots or the share button, then “Open in browser” "
            "(Safari or Chrome). Or copy the link from your mail there."
        ),
        "problem.other.title": _("That did not work"),
        "problem.other": _("Please try again. If it keeps happening, tell us through the link below: it is on us."),
    }


def _refusals() -> dict[str, str]:
    return {
        "problem.empty.title": _("Nothing was recorded"),
        "problem.empty": _("The camera sent us nothing. That was not you, and it didn’t use up a take: try again."),
        "problem.epoch_superseded.title": _("This answer was taken over elsewhere"),
        "problem.epoch_superseded": _("It was opened on another device. What you recorded here is kept on this one."),
        "problem.http_401.title": _("This browser needs to come in again"),
        "problem.http_401": _(
            "Please open the link from your mail again. What you recorded is kept on this device and is sent then."
        ),
        "problem.http_404.title": _("This question is no longer open"),
        "problem.http_404": _("Please open the link from your mail again. What you recorded is kept on this device."),
    }
