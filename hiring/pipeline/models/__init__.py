"""Jobs, the people in them, and the history of every application."""

from hiring.pipeline.models.applications import Application, Candidate, Event, Remark, Stay
from hiring.pipeline.models.batches import Batch, BatchLine
from hiring.pipeline.models.decisions import Decision, Obligation, RejectReason
from hiring.pipeline.models.jobs import (
    OVERSEEING,
    Job,
    JobMember,
    JobStage,
    ProcessTemplate,
    ProcessTemplateStage,
    Role,
)
from hiring.pipeline.models.links import CandidateDevice, CandidateLink
from hiring.pipeline.models.pool import PoolEntry

__all__ = [
    "OVERSEEING",
    "Application",
    "Batch",
    "BatchLine",
    "Candidate",
    "CandidateDevice",
    "CandidateLink",
    "Decision",
    "Event",
    "Job",
    "JobMember",
    "JobStage",
    "Obligation",
    "PoolEntry",
    "ProcessTemplate",
    "ProcessTemplateStage",
    "RejectReason",
    "Remark",
    "Role",
    "Stay",
]
