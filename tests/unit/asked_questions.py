"""Questions as candidates ask them, in other words than the facts that answer them.

Written before the interviewer's word groups and never copied into them. `KEPT_BACK` is looked at
by the tests only: nobody tunes on it.
"""

FOUND: dict[str, dict[str, tuple[str, ...]]] = {
    "fraud-detection": {
        "what-mistakes-cost": (
            "How expensive is a false positive compared with a false negative?",
            "How much money do we lose when a stolen card gets through?",
            "Is blocking a good customer worse than missing a fraudster?",
            "What's the price of an error on either side?",
        ),
        "possible-actions": (
            "Which decisions can the system return besides yes and no?",
            "Can we challenge the shopper, for instance with 3DS or a one-time code?",
            "What are my options for a suspicious transaction?",
            "Is there a middle way, like stepping up authentication?",
        ),
        "when-we-learn": (
            "Where do the labels come from and how late are they?",
            "How long does it take until a chargeback arrives?",
            "What is the ground truth and what's its delay?",
            "How reliable are the fraud labels?",
        ),
        "declined-payments": (
            "Do we have outcomes for blocked transactions?",
            "Can I let a random sample of rejected payments through to get unbiased labels?",
            "What happens with transactions we refuse, do we ever see if they were fraud?",
            "Is there selection bias from the current rejections?",
        ),
        "card-data-rules": (
            "Are there privacy or compliance constraints on the data, like GDPR or PCI?",
            "What's the retention period for personal data?",
            "Is there anything we're legally not allowed to keep?",
            "Can we store raw card numbers?",
        ),
        "how-attacks-look": (
            "Which fraud patterns do you see?",
            "Can you describe a recent attack?",
            "How do the fraudsters operate?",
            "Do criminals test stolen cards with small amounts?",
        ),
        "unknown-cards": (
            "How big is the cold start problem?",
            "What share of transactions have no history?",
            "How often do we see new customers without any past?",
            "What about first-time users?",
        ),
        "present-system": (
            "What is the current baseline?",
            "How well does the existing rule engine perform?",
            "What are we replacing and what are its precision and recall?",
            "What solution is in production now?",
        ),
        "who-asks-why": (
            "Do the decisions need to be explainable?",
            "Are there regulators who want an explanation?",
            "How important is interpretability here?",
            "Must we give customers a reason for a rejection?",
        ),
        "no-answer-in-time": (
            "What is the fallback if our service times out?",
            "What happens if the system is down?",
            "Do we fail open or fail closed?",
            "Have there been outages and what did the checkout do?",
        ),
        "people-who-review": (
            "Is there a manual review team?",
            "How many cases can analysts handle per day?",
            "Do we have humans in the loop, and what capacity?",
            "How large is the operations staff for investigations?",
        ),
        "how-fraud-answers-back": (
            "How fast do fraudsters adapt?",
            "How quickly does concept drift happen?",
            "How often would the model have to be retrained because patterns shift?",
            "Is the behaviour of attackers stable over time?",
        ),
    },
    "video-recommendation": {
        "what-pays": (
            "What's the business objective, revenue or retention?",
            "How do we monetise?",
            "Which metric does the company care about most?",
            "Did you try optimising click-through rate in the past?",
        ),
        "unwelcome-videos": (
            "How bad is a poor recommendation?",
            "What is the harm of showing unsuitable content, for instance to kids?",
            "Do users get annoyed by irrelevant recommendations and dislike them?",
            "Is there negative feedback such as a dislike button?",
        ),
        "what-is-logged": (
            "What data do we collect about user interactions?",
            "Do we know which thumbnails were actually seen?",
            "Which signals and logs are available, impressions, clicks, watch time?",
            "Are there duplicates or late events in the logging?",
        ),
        "asking-viewers": (
            "Do we have explicit feedback like ratings?",
            "Is there a survey of user satisfaction?",
            "Do you collect star ratings from users?",
            "How many people answer questionnaires?",
        ),
        "page-layout": (
            "Is there position bias?",
            "How much more is the top slot clicked than lower ones?",
            "Does the rank on the screen influence clicks?",
            "Was there ever a randomised experiment with the order of items?",
        ),
        "changing-moods": (
            "How quickly do user interests change?",
            "Are preferences different from session to session?",
            "Do tastes drift within a day, do we need real-time features?",
            "How long is a typical session?",
        ),
        "unknown-viewers": (
            "How many users are new or anonymous?",
            "What fraction of traffic is not logged in?",
            "How serious is the user cold start problem?",
            "What share of visitors have no watch history?",
        ),
        "new-uploads": (
            "How do fresh videos get discovered?",
            "Is there a cold start problem for items?",
            "How are new creators treated?",
            "Do recently added videos get any exposure?",
        ),
        "present-system": (
            "What is the current solution?",
            "What baseline do we have to beat, and what's its CTR?",
            "Which algorithm is in production now?",
            "How does the existing recommender work?",
        ),
        "past-outage": (
            "What incidents happened in the past?",
            "Was there ever a serious failure in production?",
            "What happens when the system is down?",
            "Has a bad deployment ever broken recommendations?",
        ),
        "room-for-experiments": (
            "How much traffic can I use for A/B tests?",
            "What is the variance of the main metric?",
            "How many users can I put in a treatment group?",
            "What sample size is available for online testing?",
        ),
        "takedowns": (
            "How fast must banned content be taken down?",
            "Are there legal rules about removing videos?",
            "Who gets paged when something breaks?",
            "How is deleted or policy-violating content handled?",
        ),
    },
}

NOT_KNOWN: tuple[str, ...] = (
    "What is the weather like today?",
    "Can you tell me a joke?",
    "What is your name?",
    "How are you?",
    "Which programming language does the team use?",
    "Which cloud provider are we on?",
    "How many engineers are on the team?",
    "What is the capital of France?",
    "asdf qwerty zxcv",
    "Do I need to write code?",
    "Is the coffee free in the office?",
    "When is lunch?",
    "Who is the chief executive?",
    "ok",
    "Thanks, that helps.",
    "Could you repeat the question?",
    "How many questions can I ask?",
    "What is the budget for hardware?",
    "Do we have GPUs?",
    "How long is the interview?",
    "Is a pretrained language model allowed?",
    "Which database do we use?",
    "Should I draw a diagram?",
    "Do we support mobile apps in Brazil?",
)
"""Nothing that either interviewer knows."""


def tuned() -> list[tuple[str, str, str]]:
    """Two thirds of the questions: prompt, question, fact."""
    return [row for number, row in enumerate(_rows()) if number % 3 != 2]


def kept_back() -> list[tuple[str, str, str]]:
    """The other third."""
    return [row for number, row in enumerate(_rows()) if number % 3 == 2]


def _rows() -> list[tuple[str, str, str]]:
    return [
        (prompt, question, fact)
        for prompt, facts in FOUND.items()
        for fact, questions in facts.items()
        for question in questions
    ]
