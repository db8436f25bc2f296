"""Tests that walk the way people do.

They drive a real browser against real processes, speak HTTP only and never touch the database; `test_april`, with some
fifty people in it, walks by HTTP through the test's own process instead, and `test_demo` reads a copy of what was loaded.
"""
