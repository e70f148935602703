"""Mail that never blocks: a message is a row of the gesture that asks for it, and a worker takes it to the server."""
