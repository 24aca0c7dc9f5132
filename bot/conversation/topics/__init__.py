"""What the dialogue can talk about, one matter a module. Each takes a state and what happened, and returns a Step."""
