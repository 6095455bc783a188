"""How the site runs: settings, URLs, health and the PostgreSQL that ships with it; knows nothing of records."""
