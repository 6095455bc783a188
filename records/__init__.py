"""The records of public authorities: what they decided, about whom, and for how long it is shown."""
