"""The rules a job keeps, and who checks them."""
