"""What is installed and run away from the checkout: packages, units, containers, proxies."""
