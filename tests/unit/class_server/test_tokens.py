from envcheck_class import tokens


def test_a_code_is_read_however_it_was_typed() -> None:
    code = tokens.new()
    assert len(code) == 20 and not set(code) - set(tokens.DIGITS)
    typed = "-".join(code.lower()[at : at + 5] for at in (0, 5, 10, 15))
    assert tokens.plain(f" {typed} ") == code
    assert tokens.plain("O" * 10 + "l" * 5 + "i" * 5) == "0" * 10 + "1" * 10


def test_what_is_no_code_is_nothing() -> None:
    for word in ("", "x", "U" * 20, "0" * 19, "0" * 21, "é" * 20):
        assert tokens.plain(word) == ""


def test_no_two_codes_are_equal_and_a_hash_says_nothing_of_its_code() -> None:
    codes = {tokens.new() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(code not in tokens.hashed(code).upper() for code in codes)
