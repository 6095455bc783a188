"""The parts of one version of a decision, read, written and copied together."""

from dataclasses import dataclass, field

from records.penalties.parts import PARTS, PenaltyCitation, PenaltySanction, PenaltyViolation


@dataclass
class Parts:
    """Sanctions, citations and violations of one version, each in the order of the decision."""

    sanctions: list[PenaltySanction] = field(default_factory=list)
    citations: list[PenaltyCitation] = field(default_factory=list)
    violations: list[PenaltyViolation] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """The kinds of sanction, each once, in the order in which the record keeps them."""
        return sorted({sanction.kind for sanction in self.sanctions})

    def save(self, penalty_id: int, version: int) -> None:
        """Make these the parts of the version, in place of any that it had."""
        for model in PARTS:
            model.objects.filter(penalty_id=penalty_id, version=version).delete()
        for rows in (self.sanctions, self.citations, self.violations):
            for position, row in enumerate(rows, 1):
                row.pk, row.penalty_id, row.version, row.position = None, penalty_id, version, position
                row._state.adding = True
            if rows:
                type(rows[0]).objects.bulk_create(rows)


def of(penalty_id: int, version: int, using: str = "default") -> Parts:
    """The parts of a version, with their laws, provisions and types of violation.

    Sorted as within one version: the order of the models begins with the decision, which would be joined.
    """
    own = {"penalty_id": penalty_id, "version": version}
    sanctions, citations, violations = (model.objects.using(using).filter(**own) for model in PARTS)
    return Parts(
        list(sanctions.order_by("position", "id")),
        list(citations.order_by("role", "position", "id").select_related("law", "provision__law")),
        list(violations.order_by("position", "id").select_related("violation__provision__law")),
    )
