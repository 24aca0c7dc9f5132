"""The store: what must survive a restart, in SQLite or PostgreSQL."""
