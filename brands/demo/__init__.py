"""The demo: a fictitious school whose union has two finished years and one running behind it.

Content stands in data files (`lines/`, `units.csv`, `notices.toml`, `policies.toml`), told in the project's own words; every person,
unit, figure and address is invented. `manage.py load_demo` walks it through the same verbs that people use, with the clock moved.
"""
