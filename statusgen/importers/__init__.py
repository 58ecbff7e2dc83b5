"""Readers of other tools' content: each writes content files that a person can go on editing."""
