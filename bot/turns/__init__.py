"""Turns: from an arrival to the messages that answer it. What must hold together is committed together."""
