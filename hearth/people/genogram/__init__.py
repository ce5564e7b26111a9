"""A family tree as social workers draw it, from the relationships on record.

A square is a man or boy, a circle a woman or girl, a diamond somebody whose sex is not known, a
triangle a pregnancy; a cross is a death; the child it is drawn for has a double line. Partners are
joined side by side, their children hang below; a dashed line runs round those who live together.
"""

from hearth.people.genogram.svg import Drawing, draw

__all__ = ["Drawing", "draw"]
