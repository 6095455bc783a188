"""How dates and numbers look, per language, where the portal differs from Django."""
