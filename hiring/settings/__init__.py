"""What each environment differs in; `base` is the only file that reads the environment."""
