"""What the operator got wrong: no such folder, no permission. What is wrong with content is a Problem."""


class Error(Exception):
    """Shown as one line; the command ends with exit code 2."""


def in_one_line(text: str) -> str:
    """With escapes for line ends and whatever else has no shape of its own: names of files may have them all."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
