"""The same record told to others, and theirs read: one module per language or task.

Nothing here knows the web or the terminal; reports are values and codes.
"""
