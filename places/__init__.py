"""Miejsca Otwarte: a directory and map of the places where neighbours meet.

The rooms are stacked in floors and each uses only those below it; pyproject.toml
lists them from the roof down and `make test` keeps the rule.
"""
