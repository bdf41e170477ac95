"""Letters about dues that go out by mail: what they say in both languages, the facts they say it from, sending them."""
