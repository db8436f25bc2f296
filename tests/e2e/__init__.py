"""Tests that drive a real browser against real processes; they speak HTTP only and never touch the database."""
