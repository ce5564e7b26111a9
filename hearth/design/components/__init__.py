"""The service's components, by subject. Templates load them all from `hearth_design`."""
