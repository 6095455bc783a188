"""Who and when, on the pages of the desk as in its lists."""

from django import template

from records.backoffice import columns

register = template.Library()
register.filter(columns.when)
