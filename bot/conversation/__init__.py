"""The dialogue, as pure functions over plain data: no network, no database, no clock, no channel."""
