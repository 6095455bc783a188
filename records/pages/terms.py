"""The words of the pages and what they mean here; a page links to one as `/glossary/#owed`."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """A word, its anchor on the page, and a sentence or two."""

    key: str
    word: str
    meaning: str


TERMS = (
    Term("establishment", _("Establishment"), _(
            "A place of business: a restaurant, a shop, a kitchen. It has an address, and an "
            "authority that inspects it.")),
    Term("organisation", _("Organisation"), _(
            "The company or body behind one or more establishments. Sole traders have no page"
            " of their own, because their name is that of a person.")),
    Term("authority", _("Authority"), _(
            "The public body that inspects, rates or decides. It answers for its records, and"
            " only it can correct them.")),
    Term("inspection", _("Inspection"), _(
        "A visit by an inspector on one day. What was found is written down as findings and scores.")),
    Term("finding", _("Finding"), _(
        "One thing that an inspector found, in the inspector's words.")),
    Term("score", _("Score"), _(
            "A number that an inspector gives for something that was looked at. In some "
            "schemes low is good, in others high.")),
    Term("scheme", _("Scheme"), _(
            "The written rule by which an authority makes a grade of what was found. Grades "
            "of two schemes cannot be compared.")),
    Term("grade", _("Grade"), _(
        "The result of a scheme: a number, a letter, a face or a word, on one day.")),
    Term("rating", _("Rating"), _(
            "What stands for an establishment under a scheme: a grade with its date, or a "
            "status that says why there is none.")),
    Term("status", _("Status"), _(
        "Why there is no grade: a place may be new, exempt, or waiting for its first visit.")),
    Term("overdue", _("Overdue"), _(
            "The day by which the scheme's own rule asks for the next inspection has passed. "
            "Many schemes state no such day.")),
    Term("decision", _("Decision"), _(
            "What an authority decided against somebody after a breach of law, with a number,"
            " a date and reasons.")),
    Term("sanction", _("Sanction"), _(
        "What a decision imposes: a fine, a closure, the loss of a licence. A decision may impose several.")),
    Term("respondent", _("Respondent"), _(
        "Whom a decision is against.")),
    Term("provision", _("Provision"), _(
            "An article or section of a law. A decision names those that were broken and "
            "those that the sanction rests on.")),
    Term("violation", _("Type of violation"), _(
        "A kind of breach, as a catalogue of the authority names it, with a code.")),
    Term("imposed", _("Imposed"), _(
        "The sum of a fine when it was first decided.")),
    Term("owed", _("Now owed"), _(
        "What remains to be paid of a fine today, after payments and changes on appeal.")),
    Term("contested", _("Contested"), _(
        "The respondent asked for a review or went to court. The decision may still change.")),
    Term("upheld", _("Upheld"), _(
        "The review or the court left the decision as it was.")),
    Term("varied", _("Changed on appeal or review"), _(
        "The sum was changed after the decision.")),
    Term("annulled", _("Annulled"), _(
        "The decision was set aside and has no effect.")),
    Term("stayed", _("Stayed"), _(
        "The decision is not enforced for the time being.")),
    Term("superseded", _("Superseded"), _(
        "A newer record stands in its place. The older one can still be read.")),
    Term("corrected", _("Corrected"), _(
        "A mistake in the register was put right by a new version, with the reason beside it.")),
    Term("withdrawn", _("Withdrawn"), _(
            "Taken back by the authority, for instance because a court annulled the decision."
            " A notice with the reason stays.")),
    Term("suspended", _("Hidden for the time being"), _(
        "Not shown while something is clarified. It may be shown again.")),
    Term("expired", _("No longer shown"), _(
            "The time for which the law lets a decision be shown is over. Its page says only "
            "that something was shown.")),
    Term("rule-set", _("Publication rule"), _(
        "The written rule that says whether a decision may be shown, since when and until when.")),
    Term("legal-basis", _("Legal basis"), _(
        "The law that lets an authority do something. Without one no record is shown here.")),
    Term("reference", _("Reference"), _(
        "The short name of a record in this register. It never changes and is never given to another.")),
    Term("fingerprint", _("Fingerprint (SHA-256)"), _(
        "A number made of a text. If one letter of the text is changed, so is the number.")),
    Term("feed", _("Feed (Atom)"), _(
        "An address that a feed reader asks now and then for what is new under a search.")),
)  # fmt: skip
