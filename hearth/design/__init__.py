"""How pages look: GOV.UK components, form fields and page shapes."""
