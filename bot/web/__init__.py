"""The web server: what every page shares, the emergency page, and whether Lotse is alive."""
