"""From a project to the assessment of what it does: named once, so that it is assessed before it is promised."""

from datetime import datetime

from django.db import transaction

from linli.assessments.actions.subjects import SubjectDraft, name_subject
from linli.assessments.models import Subject
from linli.funds.models import Project
from linli.kernel.actors import Actor


@transaction.atomic
def project_subject(*, by: Actor, at: datetime, project: Project) -> Subject:
    """Return the subject that a project is: of the unit that keeps it, felt where it is received.

    Refuses: not_allowed.
    """
    draft = SubjectDraft(
        kind=Subject.PROJECT,
        name=project.name,
        area=project.receiving,
        unit=project.unit,
        address=f"/funds/projects/{project.code}/",
    )
    return name_subject(by=by, at=at, draft=draft)
