"""What the office draws: a form's drawing, its published versions, its file and template, moving drafts to a newer one."""
