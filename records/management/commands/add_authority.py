"""Add an authority, so that files of its records can be imported and people can work for it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from records.authorities import domains
from records.authorities.models import Authority
from records.publication import rules


class Command(BaseCommand):
    """An authority that exists is left as it is, and the command fails."""

    help = "Adds an authority: add_authority almond 'Almond Borough' --domain food-safety --country GB-ENG"

    def add_arguments(self, parser):
        """CODE NAME and what the rules of publication depend on."""
        parser.add_argument("code", metavar="CODE", help="ours, stable, used by files and commands")
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--domain", action="append", default=[], choices=list(domains.BY_SLUG),
            help="a field in which it acts; may be given several times",
        )  # fmt: skip
        parser.add_argument(
            "--country", default="", help="ISO 3166 code: GB-ENG, US-NY; decides appeal windows"
        )
        parser.add_argument(
            "--rules", action="append", default=[], metavar="KEY",
            choices=sorted({rule.key for rule in rules.rule_sets()}),
            help="a rule set under which its decisions are published; may be given several times",
        )  # fmt: skip
        parser.add_argument("--time-zone", default="UTC", help="for example Europe/London")
        parser.add_argument("--parent", default="", metavar="CODE", help="the authority that it is a part of")

    def handle(self, *args, **options):
        """Check and save; say what is wrong, field by field."""
        authority = Authority(
            code=options["code"], name=options["name"], domains=options["domain"], country=options["country"],
            time_zone=options["time_zone"], rule_sets=options["rules"],
            slug=self._slug(options["name"] or options["code"]), parent=self._parent(options["parent"]),
        )  # fmt: skip
        try:
            authority.full_clean()
        except ValidationError as error:
            lines = [f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items()]
            raise CommandError("\n".join(lines)) from None
        authority.save()
        self.stdout.write(f"Added {authority.name} ({authority.code}).")
        if not authority.domains:
            self.stdout.write("It acts in no domain yet, so it can rate nothing: add one in the back office.")

    def _parent(self, code: str):
        if not code:
            return None
        try:
            return Authority.objects.get(code=code)
        except Authority.DoesNotExist:
            raise CommandError(f"--parent: no authority has the code {code}.") from None

    def _slug(self, name: str) -> str:
        base = slugify(name, allow_unicode=True)[:70] or "authority"
        slug, number = base, 1
        while Authority.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug
