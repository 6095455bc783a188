"""No text that everybody reads holds the number of a person: a row check on every such column."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import records.publication.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_penalties_disclosed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="business",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("name")), _negated=True
                ),
                name="business_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="business",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("name_published")),
                    _negated=True,
                ),
                name="business_published_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("title")), _negated=True
                ),
                name="document_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="establishment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("name"),
                            models.Value("\n"),
                            models.F("address"),
                            models.Value("\n"),
                            models.F("postcode"),
                            models.Value("\n"),
                            models.F("phone"),
                            models.Value("\n"),
                            models.F("local_id"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="establishment_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="establishment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("name_published"),
                            models.Value("\n"),
                            models.F("kind_published"),
                            models.Value("\n"),
                            models.F("source_id"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="establishment_published_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("code"),
                            models.Value("\n"),
                            models.F("text"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="finding_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("kind"),
                            models.Value("\n"),
                            models.F("outcome"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="inspection_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("source_id"),
                            models.Value("\n"),
                            models.F("value_published"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="inspection_published_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltycitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("text")), _negated=True
                ),
                name="penaltycitation_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("note")), _negated=True
                ),
                name="penaltyevent_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(
                        django.db.models.functions.text.Concat(
                            models.F("text"),
                            models.Value("\n"),
                            models.F("text_published"),
                            output_field=models.TextField(),
                        )
                    ),
                    _negated=True,
                ),
                name="reply_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    records.publication.constraints.HoldsPersonalNumber(models.F("reason")), _negated=True
                ),
                name="withdrawal_no_personal_number",
                violation_error_message="A text holds what looks like the number of a person, such as an identity or social security number. Remove it.",
            ),
        ),
    ]
