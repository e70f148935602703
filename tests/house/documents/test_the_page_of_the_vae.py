"""The page that tells the VAE is drawn from the table the product follows."""

from tests.house.vae_page import generated, written


def test_the_page_says_what_the_table_says():
    assert written() == generated().strip(), "run: python -m tests.house.vae_page"
