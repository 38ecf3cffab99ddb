"""Dates of a series and calendar files. Knows no Django, no clock and no database: moments come in as arguments."""
