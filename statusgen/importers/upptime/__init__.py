"""Import of an Upptime repository: its settings, its issues as JSON, and what its commits and its summary tell."""

from statusgen.importers.upptime.read import take_upptime

__all__ = ["take_upptime"]
