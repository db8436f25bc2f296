"""Expert review: who judges what, who stays away, scores, and the order of merit."""
