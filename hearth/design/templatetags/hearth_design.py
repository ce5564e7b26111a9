"""Every component in one place for templates: {% load hearth_design %}."""

from django import template

from hearth.design.components import blocks, furniture, lists, words

register = template.Library()

for library in (words.register, blocks.register, lists.register, furniture.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)
