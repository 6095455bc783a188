# Placard. Needs Python 3.12 or newer and make; everything else it fetches into .venv and var/.

PORT ?= 8000
HOST ?= 127.0.0.1
PG ?= 18
ARGS ?=
SIZE ?=
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
# Demo and tests serve this machine alone, also with a DATABASE_URL.
LOCAL := PLACARD_LOCAL=on PLACARD_PG=$(PG)
# What an installation sets, for `check --deploy`.
INSTALLED := env SECRET_KEY=$$(printf '%s' lint-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM) \
	ALLOWED_HOSTS=ratings.example.org PLACARD_NAME='Ratings of Example County' \
	PLACARD_OPERATOR='Example County' PLACARD_CONTACT=ratings@example.org PLACARD_LICENCE='CC BY 4.0' \
	PLACARD_ENFORCEMENT='The ombudsman of Example County'

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench screenshots compare stop clean lock format messages

help: ## print this list
	@echo "Placard: ratings and penalties, published by the authorities that decide them."
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1 #/p' $(MAKEFILE_LIST) | awk -F'#' '{printf "%-13s %s\n", $$1, $$2}'

demo: .venv/compiled ## set everything up and serve the portal (PORT=8000)
	@PORT=$(PORT) HOST=$(HOST) $(LOCAL) exec $(PY) manage.py demo

test: .venv/compiled ## run the tests (PG=16 for the oldest PostgreSQL, ARGS="tests/ratings -x" for a part)
	@$(LOCAL) exec $(PY) -m pytest -n auto $(ARGS)

lint: .venv/compiled ## check style, import contracts, migrations and the settings of an installation
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	$(PY) -m portal.embedded run env $(LOCAL) $(PY) manage.py create_roles
	$(PY) -m portal.embedded run env $(LOCAL) $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m portal.embedded run $(INSTALLED) $(PY) manage.py check --deploy --fail-level WARNING

format: .venv/installed ## format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/compiled ## measure imports and searches (SIZE=10m: searches at size; ARGS for manage.py bench)
	@$(LOCAL) exec $(PY) manage.py bench $(if $(SIZE),--size $(SIZE)) $(ARGS)

messages: .venv/installed ## bring locale/ up to the words in the code (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "Install GNU gettext first. On Debian: apt-get install gettext" >&2; exit 1; }
	@$(PY) -m django makemessages --all --no-wrap --add-location file --no-obsolete --ignore var --ignore .venv --ignore tests

screenshots: .venv/compiled ## pictures of ten key pages, light and dark, wide and narrow, into var/screenshots
	@$(LOCAL) exec $(PY) manage.py screenshots

compare: .venv/compiled ## three tasks here and in Datasette: steps counted, pictures side by side in var/compare
	@$(LOCAL) exec $(PY) manage.py compare

stop: ## stop the embedded PostgreSQL, whoever uses it
	@if [ -x $(PY) ]; then for pg in 16 18; do PLACARD_PG=$$pg $(PY) -m portal.embedded stop; done; fi

clean: ## delete all that make made: .venv, caches, and the demo's database
	@if [ -x $(PY) ]; then for pg in 16 18; do PLACARD_PG=$$pg $(PY) -m portal.embedded remove; done; fi
	rm -rf locale/*/LC_MESSAGES/django.mo .venv var .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# The stamp is newer than requirements.txt when .venv holds exactly what it locks.
.venv/installed: requirements.txt
	@[ -n "$(PYTHON)" ] || { echo "Placard needs Python 3.12 or newer. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@[ -x .venv/bin/pip ] || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python's venv module does not work here. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the locked packages into .venv"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# What Django reads of the catalogs in locale/.
.venv/compiled: .venv/installed portal/catalogs.py $(wildcard locale/*/LC_MESSAGES/django.po)
	@$(PY) -m portal.catalogs
	@touch $@

lock: ## write requirements.txt from pyproject.toml (PYTHON= the oldest supported, 3.12)
	@[ -x var/lock/bin/pip-compile ] || { $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet pip-tools; }
	@var/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --extra dev --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file var/requirements.txt pyproject.toml
	@{ echo "# Written by \`make lock\` from pyproject.toml: every version and the hashes of its files."; \
		cat var/requirements.txt; } > requirements.txt
