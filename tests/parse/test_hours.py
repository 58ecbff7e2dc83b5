"""Promised hours as they are written and shown."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
import yaml

from statusgen.history.wording import format_hours
from statusgen.parse.fields import Fields
from statusgen.parse.hours import read_hours
from statusgen.problems import Problem


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mon-Fri 08:00-18:00", "Mon–Fri 08:00–18:00"),
        ("mo–fr 8:00 – 12:00, 13:00-18:00", "Mon–Fri 08:00–12:00, 13:00–18:00"),
        ("Sat-Mon 10:00-24:00", "Mon 10:00–24:00, Sat–Sun 10:00–24:00"),
        ("Tuesday 09:00-12:00, Tue 11:00-13:00, Tue 13:00-14:00", "Tue 09:00–14:00"),
        ("Mon-Sun 00:00-24:00", "Mon–Sun 00:00–24:00"),
        ("[Fri 10:00-11:00, Wed 10:00-11:00]", "Wed 10:00–11:00, Fri 10:00–11:00"),
    ],
)
def test_hours(written: str, shown: str) -> None:
    text = f"hours: {written}"
    problems: list[Problem] = []
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert isinstance(node, yaml.MappingNode)
    hours = read_hours(Fields("site.yaml", node, [text], problems), ZoneInfo("UTC"))
    assert problems == [] and hours
    assert format_hours(hours) == shown
