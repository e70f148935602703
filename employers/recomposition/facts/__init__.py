"""What a territory, a task, a person and a job are, and what can be measured on them."""
