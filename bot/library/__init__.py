"""The content base: topics, facts, sources and offices that editors keep as files under ``content/``."""
