"""Calendars of planned work for calendar programs and for those of network operators."""
