"""Channels: each a way to talk with Lotse, each in a folder of its own, none knowing another."""
