"""Who may do what in the pipeline, said once. Which rows they find is the QuerySets' ``for_reviewer``."""

from hiring.accounts.models import User
from hiring.lib import memo
from hiring.pipeline.models import OVERSEEING, Job, JobMember, Role


def may_open_jobs(user: User) -> bool:
    """Admins, and whoever already recruits for a job."""
    return user.is_admin or JobMember.objects.filter(user=user, role=Role.RECRUITER).exists()


def may_manage(user: User, job: Job) -> bool:
    """Whether ``user`` may add, invite, write to and assign in ``job``."""
    return user.is_admin or Role.RECRUITER in _roles(user, job)


def may_oversee(user: User, job: Job) -> bool:
    """Whether ``user`` may know every candidate of ``job``."""
    return user.is_admin or any(role in OVERSEEING for role in _roles(user, job))


def _roles(user: User, job: Job) -> list[str]:
    return memo.once(
        ("roles", user.pk, job.pk), lambda: list(job.members.filter(user=user).values_list("role", flat=True))
    )
