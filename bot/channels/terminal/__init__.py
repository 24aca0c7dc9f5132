"""The terminal: Lotse for trying it out, and for scripts."""
