"""What people do at each place of the portal, a click at a time; a story is told with these steps."""
