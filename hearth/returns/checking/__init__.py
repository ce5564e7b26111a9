"""Checking a statutory return: columns, the rules over them, and what they find.

Nothing here knows of a database or of Hearth's own record, so that any council may check the files
of any system: `hearth.returns.check_tables` and `hearth validate` need nothing else.
"""
