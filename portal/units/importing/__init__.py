"""Units and people from a workbook: read it, compare it with what is stored, apply exactly what was shown."""
