"""The web chat: Lotse in the browser, at ``/``."""
