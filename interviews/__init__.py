"""One-way interviews: invitations, takes, assembly, the review cockpit."""
