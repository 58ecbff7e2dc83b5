"""Statuspage's public API v2, as files: what many tools can read already."""
