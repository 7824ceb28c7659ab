"""Who gets where: the reviewed table of every route and method.

A row names the place its arguments come from (``tests/architecture/world.py``) and a policy per method. A policy is
one outcome per actor: ``in`` (let in, whatever becomes of it), ``login`` (sent to the sign-in page), or the status they
are turned away with. Methods not named in a row must let nobody in.
"""

from dataclasses import dataclass

from tests.architecture.world import ACTORS

Policy = dict[str, str]
GROUPS = {"candidate": "candidates", "other_candidate": "candidates"} | {
    actor: "staff" for actor in ACTORS if actor not in {"anonymous", "candidate", "other_candidate", "token"}
}


def policy(**outcomes: str) -> Policy:
    """Outcomes in words: ``candidates`` and ``staff`` stand for all of them, ``everybody`` for whoever is not named."""
    rest = outcomes["everybody"]
    return {actor: outcomes.get(actor, outcomes.get(GROUPS.get(actor, ""), rest)) for actor in ACTORS}


OPEN = policy(everybody="in")

# Below /review/ and /accounts/: a Django session. A candidate's cookie and an API token are no session.
STAFF = policy(everybody="login", staff="in")
ADMIN = policy(everybody="login", staff="403", admin="in")
NO_FACTOR = policy(everybody="login", staff="404")  # nobody here has a second factor to look at or turn off
OPENS_JOBS = policy(everybody="login", staff="403", recruiter="in", admin="in")
ON_JOB = STAFF | {"outsider": "404"}
OVERSEES = ON_JOB | {"interviewer": "404", "assigned": "404"}
MANAGES = OVERSEES | {"hiring_manager": "404"}
OWN_FILTER = MANAGES | {"admin": "404"}  # the recruiter's own
WATCHES = ON_JOB | {"interviewer": "404"}

HOURS = policy(everybody="login", staff="404", recruiter="in", admin="in", outsider="in")  # the outsider's own

# Below /c/: the cookie of a device that came in through this interview's own link.
OWN = policy(everybody="401", candidate="in", other_candidate="404")
CANDIDATES = policy(everybody="401", candidates="in")

# Below /api/: a token, which is the recruiter's here. A scorecard may be saved by the page's session as well.
TOKEN = policy(everybody="401", token="in")
TOKEN_OR_SESSION = policy(everybody="401", staff="in", token="in", outsider="404", interviewer="404")
TAKE_ONLY = policy(everybody="403")


@dataclass(frozen=True)
class Row:
    place: str
    methods: dict[str, Policy]


def row(place: str = "", **methods: Policy) -> Row:
    return Row(place, methods)


PAGES = {
    "front": row(GET=OPEN),
    "feed": row(GET=OPEN),
    "embed": row(GET=OPEN),
    "job": row("published job", GET=OPEN),
    "apply": row("published job", GET=OPEN, POST=OPEN),
    "applied": row("published job", GET=OPEN),
    "welcome": row(GET=OPEN, POST=OPEN),  # begins only with the setup key; leads away once somebody works here
    "healthz": row(GET=OPEN),
    "readyz": row(GET=OPEN),
    "verify-form": row(GET=OPEN),
    "verify": row("receipt", GET=OPEN),
    "styleguide": row(GET=OPEN),  # only where settings.STYLEGUIDE
    "styleguide-candidate": row(GET=OPEN),
}

SIGN_IN = {
    "account_login": row(GET=OPEN, POST=OPEN),
    "account_logout": row(GET=OPEN, POST=OPEN),
    "account_inactive": row(GET=OPEN),
    "account_reset_password": row(GET=OPEN, POST=OPEN),
    "account_reset_password_done": row(GET=OPEN),
    "account_reset_password_from_key": row("password link", GET=OPEN, POST=OPEN),
    "account_reset_password_from_key_done": row(GET=OPEN),
    "account_reauthenticate": row(GET=STAFF, POST=STAFF),
    "account_change_password": row(GET=STAFF, POST=STAFF),
    "account_set_password": row(GET=STAFF, POST=STAFF),
    "mfa_index": row(GET=STAFF),
    "mfa_authenticate": row(GET=STAFF, POST=STAFF),  # who is in already is led on
    "mfa_reauthenticate": row(GET=STAFF, POST=STAFF),
    "mfa_activate_totp": row(GET=STAFF, POST=STAFF),
    "mfa_deactivate_totp": row(GET=NO_FACTOR, POST=NO_FACTOR),
    "mfa_view_recovery_codes": row(GET=NO_FACTOR),
    "mfa_generate_recovery_codes": row(GET=STAFF, POST=STAFF),
    "mfa_download_recovery_codes": row(GET=NO_FACTOR),
}

REVIEWER = {
    "reviewer:home": row(GET=STAFF),
    "reviewer:candidates": row(GET=STAFF),
    "reviewer:pool-addition": row("kept in mind", GET=OVERSEES, POST=OVERSEES),  # only to jobs one recruits for
    "reviewer:jobs": row(GET=STAFF),
    "reviewer:job-opening": row(GET=OPENS_JOBS, POST=OPENS_JOBS),
    "reviewer:job": row("job", GET=ON_JOB),
    "reviewer:job-board": row("job", GET=OVERSEES),
    "reviewer:job-figures": row("job", GET=OVERSEES),
    "reviewer:job-export": row("job", GET=OVERSEES),
    "reviewer:job-filters": row("job", POST=OVERSEES),
    "reviewer:job-filter-name": row("saved filter", POST=OWN_FILTER),
    "reviewer:job-filter-removal": row("saved filter", POST=OWN_FILTER),
    "reviewer:job-settings": row("job", GET=MANAGES, POST=MANAGES),
    "reviewer:job-stages": row("job", POST=MANAGES),
    "reviewer:job-stage": row("job stage", GET=MANAGES, POST=MANAGES),
    "reviewer:job-stage-position": row("job stage", POST=MANAGES),
    "reviewer:job-stage-removal": row("job stage", POST=MANAGES),
    "reviewer:job-publication": row("job", POST=MANAGES),
    "reviewer:job-publication-removal": row("job", POST=MANAGES),
    "reviewer:job-closing": row("job", POST=MANAGES),
    "reviewer:job-reopening": row("job", POST=MANAGES),
    "reviewer:job-candidates": row("job", GET=MANAGES, POST=MANAGES),
    "reviewer:job-invitations": row("job", POST=MANAGES),
    "reviewer:job-members": row("job", GET=MANAGES, POST=MANAGES),
    "reviewer:job-member-removal": row("member", POST=MANAGES),
    "reviewer:job-shortlist": row("job", GET=OVERSEES),
    "reviewer:job-shortlist-sighting": row("job", POST=OVERSEES),
    "reviewer:job-selection": row("job", GET=OVERSEES, POST=OVERSEES),  # writing to people asks for more: tests/portals
    "reviewer:job-batch": row("batch", GET=OVERSEES),
    "reviewer:job-batch-removal": row("batch", POST=OVERSEES),
    "reviewer:application": row("application", GET=OVERSEES),
    "reviewer:application-invitation": row("fresh application", POST=MANAGES),
    "reviewer:application-resending": row("application", POST=MANAGES),
    "reviewer:application-reminder": row("application", POST=MANAGES),
    "reviewer:application-extension": row("application", POST=MANAGES),
    "reviewer:application-link": row("application", POST=MANAGES),
    "reviewer:application-revocation": row("application", POST=MANAGES),
    "reviewer:application-reviewers": row("application", POST=OVERSEES),
    "reviewer:application-release": row("seat", POST=OVERSEES),
    "reviewer:application-promotion": row("application", GET=OVERSEES, POST=OVERSEES),
    "reviewer:application-decision": row("application", GET=OVERSEES, POST=OVERSEES),
    "reviewer:application-decision-removal": row("application", POST=OVERSEES),
    "reviewer:application-decision-telling": row("application", POST=OVERSEES),
    "reviewer:application-hold": row("application", POST=OVERSEES),
    "reviewer:application-hold-removal": row("application", POST=OVERSEES),
    "reviewer:application-pool": row("application", POST=OVERSEES),
    "reviewer:application-pool-removal": row("application", POST=OVERSEES),
    "reviewer:application-reopening": row("application", GET=OVERSEES, POST=OVERSEES),
    "reviewer:message": row("message", GET=OVERSEES),
    "reviewer:message-resending": row("message", POST=MANAGES),
    "reviewer:people": row(GET=ADMIN, POST=ADMIN),
    "reviewer:person": row("person", GET=ADMIN, POST=ADMIN),
    "reviewer:person-password": row("person", POST=ADMIN),
    "reviewer:person-deactivation": row("person", POST=ADMIN),
    "reviewer:person-reactivation": row("person", POST=ADMIN),
    "reviewer:person-second-factor-removal": row("person", POST=ADMIN),
    "reviewer:company": row(GET=ADMIN, POST=ADMIN),
    "reviewer:tokens": row(GET=ADMIN, POST=ADMIN),
    "reviewer:token-revocation": row("api token", POST=ADMIN),
    "reviewer:processes": row(GET=ADMIN, POST=ADMIN),
    "reviewer:process": row("process", GET=ADMIN, POST=ADMIN),
    "reviewer:process-removal": row("process", POST=ADMIN),
    "reviewer:process-stages": row("process", POST=ADMIN),
    "reviewer:process-position": row("process stage", POST=ADMIN),
    "reviewer:process-stage-removal": row("process stage", POST=ADMIN),
    "reviewer:reasons": row(GET=ADMIN, POST=ADMIN),
    "reviewer:reason": row("reason", GET=ADMIN, POST=ADMIN),
    "reviewer:reason-archive": row("reason", POST=ADMIN),
    "reviewer:reason-restoration": row("reason", POST=ADMIN),
    "reviewer:letters": row(GET=ADMIN),
    "reviewer:letter": row("letter", GET=ADMIN, POST=ADMIN),
    "reviewer:letter-preview": row("letter", GET=ADMIN, POST=ADMIN),
    "reviewer:letter-test": row("letter", GET=ADMIN, POST=ADMIN),
    "reviewer:letter-removal": row("letter", POST=ADMIN),
}

COCKPIT = {
    "reviewer:interviews:mine": row(GET=STAFF),
    "reviewer:interviews:cockpit": row("interview", GET=WATCHES),
    "reviewer:interviews:answers": row("interview", GET=OVERSEES),  # by name; whoever scores does so without one
    "reviewer:interviews:media": row("interview answer", GET=WATCHES),
    "reviewer:interviews:preparation": row("interview take", POST=WATCHES),
    "reviewer:interviews:scorecard": row("interview", POST=WATCHES),
    "reviewer:interviews:note-removal": row("interview", POST=WATCHES),
    "reviewer:interviews:recommendation": row("interview", POST=WATCHES),
    "reviewer:interviews:submission": row("interview", POST=WATCHES),
    "reviewer:interviews:scores": row("interview", POST=OVERSEES),
    "reviewer:interviews:assignments": row("interview", POST=OVERSEES),
    "reviewer:interviews:release": row("interview seat", POST=OVERSEES),
}

SCREENING = {
    "reviewer:screening:queue": row("review", GET=OVERSEES),
    "reviewer:screening:advancement": row("reviewed", POST=OVERSEES),
    "reviewer:screening:hold": row("reviewed", POST=OVERSEES),
    "reviewer:screening:hold-removal": row("reviewed", POST=OVERSEES),
    "reviewer:screening:rejection": row("reviewed", POST=OVERSEES),
    "reviewer:screening:marks": row("reviewed", POST=OVERSEES),
    "reviewer:screening:decision-removal": row("review decision", POST=OVERSEES),
    "reviewer:screening:criteria": row("review", GET=MANAGES, POST=MANAGES),
    "reviewer:screening:criterion": row("criterion", GET=MANAGES, POST=MANAGES),
    "reviewer:screening:criterion-removal": row("criterion", POST=MANAGES),
    "reviewer:screening:question-new": row("review", POST=MANAGES),
    "reviewer:screening:question": row("knock-out", GET=MANAGES, POST=MANAGES),
    "reviewer:screening:question-removal": row("knock-out", POST=MANAGES),
    "reviewer:screening:document": row("document", GET=OVERSEES),
    "reviewer:screening:original": row("document", GET=OVERSEES),
    "reviewer:screening:documents": row("document owner", POST=MANAGES),
    "reviewer:screening:merge": row("two candidates", GET=MANAGES, POST=MANAGES),
}

CANDIDATE = {
    "candidate:home": row(GET=CANDIDATES),
    "candidate:letters": row(GET=CANDIDATES),
    "candidate:letter": row("message", GET=OWN),
    "candidate:withdrawal": row(GET=CANDIDATES, POST=CANDIDATES),
    "candidate:devices": row(GET=CANDIDATES),
    "candidate:screening:documents": row(GET=CANDIDATES, POST=CANDIDATES),
    "candidate:device-removal": row("device", POST=OWN),
    "candidate:other-devices-removal": row(POST=CANDIDATES),
    "candidate:enter": row("link", GET=OPEN, POST=OPEN),
    "candidate:new-link": row("link", POST=OPEN),
    "candidate:interviews:overview": row("interview", GET=OWN),
    "candidate:interviews:consent": row("interview", GET=OWN, POST=OWN),
    "candidate:interviews:answers": row("interview", GET=OWN),
    "candidate:interviews:submission": row("interview", POST=OWN),
    "candidate:interviews:extension": row("interview", POST=OWN),
    "candidate:interviews:receipt": row("interview", GET=OWN),
    "candidate:interviews:check": row("interview", GET=OWN),
    "candidate:interviews:practice": row("interview", GET=OWN),
    "candidate:interviews:record": row("interview question", GET=OWN),
    "candidate:interviews:takes": row("interview question", POST=OWN),
    "candidate:interviews:choice": row("interview question", POST=OWN | {"candidate": "404"}),  # no take was named
    "candidate:interviews:take-token": row("interview take", POST=OWN),
    "candidate:interviews:preparation": row("interview take", POST=OWN),
    "candidate:interviews:take-media": row("interview take", GET=OWN),
}

LIVE = {
    "reviewer:availability:own": row(GET=STAFF),
    "reviewer:availability:person": row("person", GET=HOURS),
    "reviewer:availability:office-hours": row("person", POST=HOURS),
    "reviewer:availability:week": row("person", POST=HOURS),
    "reviewer:availability:limits": row("person", POST=HOURS),
    "reviewer:availability:dates": row("person", POST=HOURS),
    "reviewer:availability:date-removal": row("date of hours", POST=HOURS),
    "reviewer:availability:time-off": row("person", POST=HOURS),
    "reviewer:availability:time-off-removal": row("time off", POST=HOURS),
    "reviewer:scheduling:mine": row(GET=STAFF),
    "reviewer:scheduling:round": row("live stage", GET=MANAGES, POST=MANAGES),
    "reviewer:scheduling:hours-request": row("live stage", POST=MANAGES),
    "reviewer:scheduling:offer": row("application", POST=OVERSEES),
    "reviewer:scheduling:booking": row("booking", GET=WATCHES),
    "reviewer:scheduling:kit": row("booking", GET=WATCHES, POST=WATCHES),
    "reviewer:scheduling:kit-scores": row("booking", POST=WATCHES),
    "reviewer:scheduling:cancellation": row("booking", POST=WATCHES),
    "reviewer:scheduling:new-time": row("booking", GET=WATCHES, POST=WATCHES),
    "reviewer:scheduling:absence": row("booking", POST=WATCHES),
    "candidate:scheduling:zone": row(POST=CANDIDATES),
    "candidate:scheduling:choose": row("offer", GET=OWN),
    "candidate:scheduling:hold": row("offer", POST=OWN),
    "candidate:scheduling:confirmation": row("offer", GET=OWN, POST=OWN),
    "candidate:scheduling:booking": row("booking", GET=OWN),
    "candidate:scheduling:calendar": row("booking", GET=OWN),
    "candidate:scheduling:new-time": row("booking", GET=OWN, POST=OWN),
    "candidate:scheduling:cancellation": row("booking", GET=OWN, POST=OWN),
}

# What is asked is no secret among staff; changing it is the admins'.
SETS = {
    "reviewer:rubrics:sets": row(GET=STAFF),
    "reviewer:rubrics:set": row("set", GET=STAFF),
    "reviewer:rubrics:version": row("version", GET=STAFF),
    "reviewer:rubrics:estimate": row("set", GET=STAFF),
    "reviewer:rubrics:bank": row(GET=STAFF),
    "reviewer:rubrics:competencies": row(GET=STAFF),
    "reviewer:rubrics:set-new": row(GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:set-example": row(POST=ADMIN),
    "reviewer:rubrics:set-details": row("set", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:set-archive": row("set", POST=ADMIN),
    "reviewer:rubrics:set-bank": row("set", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:draft": row("set", POST=ADMIN),
    "reviewer:rubrics:draft-removal": row("set", POST=ADMIN),
    "reviewer:rubrics:publication": row("set", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:clones": row("set", POST=ADMIN),
    "reviewer:rubrics:question-new": row("set", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:bank-new": row(GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:question": row("question", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:anchors": row("question", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:position": row("question", POST=ADMIN | {"admin": "404"}),  # no direction was named
    "reviewer:rubrics:removal": row("question", POST=ADMIN),
    "reviewer:rubrics:question-to-bank": row("question", POST=ADMIN),
    "reviewer:rubrics:question-archive": row("question", POST=ADMIN | {"admin": "404"}),  # not of the bank
    "reviewer:rubrics:competency-new": row(GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:competency": row("competency", GET=ADMIN, POST=ADMIN),
    "reviewer:rubrics:competency-removal": row("competency", POST=ADMIN),
    "reviewer:interviews:preview": row("preview", GET=STAFF),
    "reviewer:interviews:preview-consent": row("preview", GET=STAFF, POST=STAFF),
    "reviewer:interviews:preview-check": row("preview", GET=STAFF),
    "reviewer:interviews:preview-practice": row("preview", GET=STAFF),
    "reviewer:interviews:preview-question": row("preview question", GET=STAFF),
    "reviewer:interviews:preview-end": row("preview", GET=STAFF),
}

API = {
    "api:schema": row(GET=OPEN),
    "api:docs": row(GET=OPEN),
    "api:jobs": row(GET=TOKEN),
    "api:job": row("job", GET=TOKEN),
    "api:applications": row("job", GET=TOKEN, POST=TOKEN),
    "api:application": row("application", GET=TOKEN),
    "api:advancement": row("application", POST=TOKEN),
    "api:decision": row("decided application", POST=TOKEN, DELETE=TOKEN),
    "api:decision-telling": row("decided application", POST=TOKEN),
    "api:reopening": row("application", POST=TOKEN),
    "api:events": row("application", GET=TOKEN),
    "api:reject-reasons": row(GET=TOKEN),
    "api:invitation": row("fresh application", POST=TOKEN),
    "api:live-rounds": row("job", GET=TOKEN),
    "api:live-round": row("live round", GET=TOKEN),
    "api:offer": row("application", GET=TOKEN, POST=TOKEN),
    "api:slots": row("application", GET=TOKEN),
    "api:application-bookings": row("application", POST=TOKEN),
    "api:bookings": row(GET=TOKEN),
    "api:booking": row("booking", GET=TOKEN),
    "api:booking-slots": row("booking", GET=TOKEN),
    "api:booking-new-time": row("booking", POST=TOKEN),
    "api:booking-cancellation": row("booking", POST=TOKEN),
    "api:booking-absence": row("booking", POST=TOKEN),
    "booking-scorecard": row("booking", GET=TOKEN_OR_SESSION, PUT=TOKEN_OR_SESSION),
    "booking-scorecard-submission": row("booking", POST=TOKEN_OR_SESSION),
    "scorecard": row("interview", GET=TOKEN_OR_SESSION, PUT=TOKEN_OR_SESSION),
    "scorecard-submission": row("interview", POST=TOKEN_OR_SESSION),
    # The recorder's four questions: the take's own token, which nobody here holds. Not the staff's, not a cookie.
    "take-chunks": row("take", POST=TAKE_ONLY),
    "take-pieces": row("take", GET=TAKE_ONLY),
    "take-token": row("take", POST=TAKE_ONLY),
    "take-completion": row("take", POST=TAKE_ONLY),
}

TABLE = PAGES | SIGN_IN | REVIEWER | COCKPIT | SCREENING | SETS | LIVE | CANDIDATE | API
