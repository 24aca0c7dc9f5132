"""Meanings in words: what a reply says in the newcomer's language, with its buttons, before a channel shows it."""
