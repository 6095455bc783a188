"""The desk at which inspections are entered: picking the establishment, the scheme's fields, what waits."""
