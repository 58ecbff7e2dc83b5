"""A static status page from a git repository of markdown files."""

__version__ = "0.8.0"
