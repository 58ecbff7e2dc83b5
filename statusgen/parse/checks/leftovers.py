"""What was to be replaced: places of a template, and notes to oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.parse.checks.subject import Line, Subject
from statusgen.problems import Problem

# Such as $ISSUE_DATETIME, ${DATE}, {{ title }}, {% if x %}, %%NAME%%, [INSERT …], <your text>, TODO, YYYY-MM-DD.
LEFTOVER = re.compile(
    r"\$[A-Z][A-Z0-9]*_[A-Z0-9_]+|\$\{[A-Za-z_][\w.]*\}|\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|%%[A-Z_]{2,}%%"
    r"|\[(?:INSERT|insert|Insert|DESCRIBE|describe|Describe|YOUR|Your|TITLE|SERVICE|COMPONENT)\b[^\]\n]{0,60}\](?!\()"
    r"|\b(?:TODO|FIXME)\b|\bYYYY-MM-DD\b|\b[Ll]orem ipsum\b"
)
COMMENT = re.compile(r"(?:^|\s)#.*")


def check_leftovers(subject: Subject) -> Iterator[Problem]:
    """One warning a line. Comments of the front matter, code and HTML comments may hold anything."""
    header: tuple[Line, ...] = tuple((number, COMMENT.sub("", line)) for number, line in subject.header)
    prose = subject.prose if subject.may_have(LEFTOVER) else ()
    for number, line in (*header, *prose):
        if found := LEFTOVER.search(line):
            message = f"`{found[0]}` was left over from a template or a draft, and would be published"
            hint = "write what belongs there; backticks show it as it is"
            yield subject.warn(number, "leftover", message, hint)
