"""The desk of decisions: entering and correcting them, checking them, what happened to them, what waits."""
