"""What a browser sends and reads, for the tests of this room's pages."""

from datetime import date

from django.urls import reverse

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def text(response):
    return response.content.decode()


def as_hearth():
    """Go on making things after a page was asked for by a worker."""
    set_worker(hearth_itself())


def worker_of(task):
    return task.worker


def sent_form(page):
    """What a browser would send back of a page's forms, as they were drawn."""
    context = page.context
    data: dict[str, object] = {}
    forms = [context.get("form"), *(part.form for part in context.get("parts") or ())]
    for form in filter(None, forms):
        for name in form.fields:
            data |= drawn(form[name])
        for rows in getattr(form, "rows", {}).values():
            data[f"{rows.prefix}-TOTAL_FORMS"] = str(rows.total_form_count())
            data[f"{rows.prefix}-INITIAL_FORMS"] = str(rows.initial_form_count())
            for row in rows:
                for name in row.fields:
                    data |= drawn(row[name])
    return data


def drawn(field):
    value = field.value()
    if isinstance(value, date):
        value = value.isoformat()
    return {field.html_name: "" if value is None else value}
