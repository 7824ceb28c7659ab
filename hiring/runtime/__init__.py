"""How it runs: the embedded services, the supervisor behind `make run`, the doctor, the health pages."""
