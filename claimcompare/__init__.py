"""Who claims what in the news, who denies it, and on what words."""
