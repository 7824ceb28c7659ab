"""The recorder's four questions and what else an outside system may ask of interviews."""
