"""The office's screens of the application room in the CMS."""
