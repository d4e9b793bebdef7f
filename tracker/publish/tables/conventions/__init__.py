"""Incidents and running totals in the layouts of other data sets, each with a report of what is lost."""
