"""What the law and the practice say of a pathway: pure functions, dates as arguments, reasons with results."""
