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
    "search-ranking": {
        "what-a-sale-is-worth": (
            "How much do we earn per order?",
            "What is the business objective, revenue or number of purchases?",
            "How expensive is a returned item?",
            "What's the cost of a poor result?",
        ),
        "who-else-is-on-the-page": (
            "Are there sponsored results or ads on the page?",
            "Do we have legal restrictions on which items may be listed?",
            "Who else decides what appears in the results?",
            "Are some slots reserved for advertisers?",
        ),
        "new-products": (
            "Is there a cold start problem for items?",
            "How do fresh listings get exposure?",
            "Is fairness to new sellers a goal?",
            "Do recently added products get any impressions?",
        ),
        "what-is-logged": (
            "Which interaction data do we record?",
            "Do we know which results were actually seen?",
            "What logs of impressions and clicks do we have?",
            "Is there position bias in the click log?",
        ),
        "when-sales-follow": (
            "How late do conversions come in?",
            "How long until an item is sent back?",
            "What is the delay between query and order?",
            "How long do I have to wait for the purchase label?",
        ),
        "people-who-judge": (
            "Do we have human relevance labels?",
            "Are there annotators who rate query-product pairs?",
            "Is there an editorial team that grades search results?",
            "How well do raters agree?",
        ),
        "what-people-type": (
            "What does the query distribution look like, is there a long tail?",
            "How many queries have never been seen before?",
            "What share of searches has a typo?",
            "How many queries are head and how many are tail?",
        ),
        "how-products-change": (
            "How often is the catalogue updated?",
            "How fresh do price and availability have to be?",
            "Do items go out of stock quickly?",
            "What is the rate of inventory updates?",
        ),
        "what-we-know-of-shoppers": (
            "How many users are logged in?",
            "Do we have user history for personalisation?",
            "What privacy constraints apply to user data?",
            "What fraction of traffic is anonymous?",
        ),
        "present-system": (
            "What is the current baseline?",
            "How good is the existing search engine?",
            "What is in production today and what is its latency?",
            "How many queries return zero results at the moment?",
        ),
        "hardware": (
            "What is the budget for hardware?",
            "Do we have GPUs?",
            "How much may we spend on infrastructure?",
            "How many servers can I use?",
        ),
        "last-outage": (
            "Has search ever been down?",
            "What incidents happened in the past?",
            "What happens when the search service times out?",
            "Was there a serious failure in production?",
        ),
        "earlier-tests": (
            "What did previous A/B tests show?",
            "How much traffic can I use for experiments?",
            "Did offline gains carry over to online in the past?",
            "Have past ranking changes increased revenue?",
        ),
        "empty-sizes": (
            "Were there any silent failures?",
            "Has bad data ever broken the ranking without anybody noticing?",
            "Which problems were discovered too late?",
            "Did a broken feed ever go unnoticed?",
        ),
        "sellers-who-game": (
            "Do sellers try to manipulate the ranking?",
            "Is there keyword stuffing or other abuse?",
            "How do merchants game the system?",
            "Are there fake clicks?",
        ),
    },
    "content-moderation": {
        "what-mistakes-cost": (
            "How expensive is a false positive compared with a false negative?",
            "Is removing a harmless post worse than missing a harmful one?",
            "Are some kinds of harm more severe than others?",
            "What's the price of an error on either side?",
        ),
        "possible-actions": (
            "Which actions can the system take besides deleting?",
            "Can we reduce the distribution of a post instead of taking it down?",
            "May the model remove content without a human?",
            "What are my options for borderline content?",
        ),
        "what-reports-are-worth": (
            "How reliable are user flags?",
            "How many complaints do users send per day?",
            "Is there a report button, and how precise is it?",
            "Do people abuse the reporting feature?",
        ),
        "how-sure-people-are": (
            "What is the inter-annotator agreement?",
            "How accurate are the human moderators?",
            "How noisy are the labels?",
            "Do reviewers disagree with each other?",
        ),
        "what-nobody-sees": (
            "Do we have a random sample of posts that was labelled?",
            "What do we know about content that was never flagged?",
            "How was the prevalence of harmful content estimated?",
            "Is there selection bias in the labelled data?",
        ),
        "what-may-be-kept": (
            "How long can we store removed content?",
            "Are there legal limits on the training data?",
            "What's the retention period?",
            "Can we keep illegal images for training?",
        ),
        "how-evasion-looks": (
            "How do bad actors evade the filters?",
            "Can you describe a recent attack?",
            "Which tricks do spammers use?",
            "Are there coordinated campaigns?",
        ),
        "languages": (
            "Which languages do we have to support?",
            "Is there moderation staff for every language?",
            "What about low-resource languages?",
            "How are posts distributed across languages?",
        ),
        "present-system": (
            "What is the current baseline?",
            "How good is the existing solution?",
            "What precision does the word list have?",
            "What is in production now?",
        ),
        "when-views-come": (
            "How quickly does a post go viral?",
            "How are views distributed over time?",
            "How much time do we have before a post is widely seen?",
            "When do most impressions of a post happen?",
        ),
        "last-outage": (
            "What happens if the check is down?",
            "Do we fail open or fail closed?",
            "Have there been incidents in the past?",
            "What happened the last time the system was slow?",
        ),
        "limits-of-reviewers": (
            "How long does a review take?",
            "How many posts can a moderator handle per day?",
            "Are there wellbeing limits for moderators?",
            "What is the capacity of the human review team?",
        ),
        "objections": (
            "Is there an appeals process?",
            "How many removals are overturned on appeal?",
            "Can users contest a decision?",
            "How often are decisions reversed?",
        ),
        "how-quickly-it-changes": (
            "How fast does concept drift happen?",
            "How quickly do abusers adapt?",
            "How often do we have to retrain?",
            "Are there seasonal effects like elections?",
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
"""Nothing that an interviewer knows, but for what follows."""

KNOWN_AFTER_ALL = {"search-ranking": ("What is the budget for hardware?", "Do we have GPUs?")}
"""Questions of `NOT_KNOWN` that one prompt has a fact for."""


def not_known(prompt: str) -> list[str]:
    """Questions that the interviewer of a prompt cannot answer."""
    return [one for one in NOT_KNOWN if one not in KNOWN_AFTER_ALL.get(prompt, ())]


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
