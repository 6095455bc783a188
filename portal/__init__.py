"""How the site runs: settings, URLs, health and the embedded PostgreSQL; knows nothing of records."""
