"""The long pages of `envcheck explain`: one CODE.md for each diagnosis and each check."""
