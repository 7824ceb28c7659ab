"""The reviewer's pages that span stages: today, jobs, candidates, messages, people, company."""
