"""The yearly reports (年度报表) and a unit's record (单位档案).

A report says once what it holds, as tables of typed cells; page, workbook and print are made of the same tables. What it
counts it asks of the rooms that know: coverage of `covering`, places of the order of merit, sums of the office's list.
"""
