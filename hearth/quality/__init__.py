"""Is it good enough? Practice checks run over the record as it changes.

Each room declares its own checks. Here they are run, what they find is kept until it is put right,
and it is told: to the worker first, then to their manager. Nothing found is ever removed; it is
cleared by what is on the record, or set aside with a reason that a manager agrees.
"""
