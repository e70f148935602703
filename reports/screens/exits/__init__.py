"""Exit statistics that open on the people behind them."""
