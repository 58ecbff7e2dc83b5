"""Artifacts to disk: the only code that writes the site."""
