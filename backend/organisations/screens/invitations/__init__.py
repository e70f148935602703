"""An invitation that waits: sent again, handed over, read where no mail leaves, taken back."""
