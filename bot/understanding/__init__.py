"""Understanding: what a newcomer meant, in which language, and how sure that is."""
