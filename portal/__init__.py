"""How the site runs: settings, URLs, server, health and the PostgreSQL of the demo; knows nothing of records."""
