"""The pages by subject: each module yields the pages of one family."""
