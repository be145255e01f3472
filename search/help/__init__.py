"""Help with a question: what else may have been meant, why did it match?"""
