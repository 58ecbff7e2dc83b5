"""Import of a cState site: a Hugo site whose issues are files in content/issues."""

from statusgen.importers.cstate.read import take_cstate

__all__ = ["take_cstate"]
