"""Tables that leave the product, and the long lists they are made of."""
