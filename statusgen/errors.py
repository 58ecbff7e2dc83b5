"""What the operator got wrong: no such folder, no permission. What is wrong with content is a Problem."""


class Error(Exception):
    """Shown as one line; the command ends with exit code 2."""
