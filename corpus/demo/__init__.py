"""What is bundled to try the product on? Sample articles written for this project."""
