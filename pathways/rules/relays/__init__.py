"""The relay of a person from one structure to another: who may move it from where, what is read of it, what refuses it."""
