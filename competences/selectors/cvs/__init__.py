"""What a CV may show of somebody, and the page that their choice makes of it."""
