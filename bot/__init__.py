"""Lotse, the welcome service of a German district."""
