"""The review page: self-review, then both judgements side by side."""

from components.review.session import review_session

review_session()
