"""Words that mean the same in a system design interview, whatever the prompt.

A candidate says *ground truth* where the fact says *how we find out*. Each group is one idea; a
word may belong to several. The groups are about interviews in general: none was made for a
single prompt.
"""

IDEAS: dict[str, str] = {
    "money": (
        "cost, price, expensive, cheap, money, dollar, cent, pay, fee, loss, lose, lost, "
        "penalty, damage, spend, margin, profit, worth it, at stake, financial"
    ),
    "business": (
        "business, revenue, earn, monetise, monetize, monetisation, monetization, objective, "
        "goal, kpi, north star, success, live from, strategy, care about, company, return on, "
        "advertising, optimise, optimize"
    ),
    "mistake": (
        "mistake, error, wrong, wrongly, false positive, false negative, false alarm, miss, "
        "missed, misclassify, misclassification, type i, type ii, incorrect, either way"
    ),
    "harm": (
        "harm, hurt, annoy, bad, worse, poor, unwelcome, unwanted, dislike, complain, "
        "complaint, irrelevant, unsuitable, inappropriate, offensive, nsfw, negative feedback, "
        "not interested, do not want, unsafe, toxic, bother, downvote, report button"
    ),
    "action": (
        "action, decision, decide, option, choice, choose, approve, challenge, authenticate, "
        "authentication, step up, intervene, intervention, middle, in between, anything "
        "between, besides, alternative, respond, treatment of, escalate, yes or no, binary, "
        "reaction, verdict"
    ),
    "truth": (
        "label, truth, ground truth, target, outcome, annotate, annotation, find out, learn the "
        "truth, chargeback, dispute, positive example, labelled, confirm, verified, supervision"
    ),
    "delay": (
        "delay, late, lag, arrive, arrival, wait, how long, how soon, how late, mature, when "
        "do, and when, takes, latency of, turnaround"
    ),
    "refused": (
        "decline, reject, rejection, refuse, refusal, block, deny, denied, turn away, turn "
        "down, turned away, suppress, filter out, filtered, never shown"
    ),
    "chance": (
        "random, randomise, randomize, at random, selection bias, sampling bias, unbiased, "
        "bias, explore, exploration, bandit, counterfactual, holdout, let through, "
        "survivorship, deliberate, exchange"
    ),
    "privacy": (
        "privacy, gdpr, ccpa, pci, hipaa, compliance, comply, legal, legally, law, regulate, "
        "regulation, regulatory, retention period, retain, personal, pii, sensitive, consent, "
        "permitted, allow, may we, store, keep, constraint, rule, encrypt, token"
    ),
    "attack": (
        "attack, attacker, fraudster, criminal, adversary, adversarial, abuse, abuser, thief, "
        "scam, scammer, spammer, bot, pattern, modus operandi, game the, gaming, bad actor"
    ),
    "newness": (
        "new, newcomer, unknown, cold start, cold, first time, no history, history, never seen, "
        "not seen before, anonymous, guest, sign out, signed out, log in, logged in, logged "
        "out, logged off, signed in, know nothing, know little, unseen, brand new, without any, "
        "not know, unregistered, sparse"
    ),
    "fresh": (
        "fresh, new, recent, recently, newly, upload, added, launch, publish, long tail, "
        "discover, exposure, creator, small channel, seller, author"
    ),
    "baseline": (
        "current, currently, existing, exist, present, do today, done today, work today, "
        "baseline, legacy, in production, already, replace, incumbent, status quo, solution, in "
        "place, as is, beat, so far the, algorithm, established"
    ),
    "quality": (
        "how good, how well, perform, performance, accurate, accuracy, precision, recall, auc"
    ),
    "reasons": (
        "explain, explainable, explainability, explanation, interpret, interpretable, "
        "interpretability, reason, transparent, transparency, justify, justification, "
        "audit, auditor, regulator, appeal, told black box"
    ),
    "failure": (
        "fail, failure, fallback, fall back, time out, timeout, down, downtime, outage, "
        "incident, break, broke, broken, crash, unavailable, degrade, degradation, worst, went "
        "wrong, go wrong, rollback, deployment, postmortem, not answer, no answer, fail open, "
        "fail closed, in time, disaster, misbehave"
    ),
    "people": (
        "human, manual, manually, reviewer, review, analyst, staff, moderator, operator, "
        "expert, investigator, investigation, investigate, in the loop, annotator, case, by "
        "hand, review team, operation team"
    ),
    "capacity": (
        "capacity, handle, throughput, per day, a day, workload, how large, bandwidth, how much "
        "room"
    ),
    "change": (
        "change, drift, adapt, shift, stable, stability, evolve, dynamic, stationary, retrain, "
        "retraining, seasonal, seasonality, stay useful, how quickly, how fast, how often, over "
        "time, up to date, stale, out of date, decay, react"
    ),
    "user": (
        "user, viewer, customer, shopper, visitor, member, person, audience, client, account, "
        "consumer, buyer, rider, reader, traffic"
    ),
    "item": ("item, video, content, product, listing, document, article, clip, movie"),
    "log": (
        "log, logged, track, record, event, collect, signal, telemetry, impression, "
        "interaction, capture, instrumentation, available data, seen, visible, duplicate, which "
        "data, what data, implicit"
    ),
    "survey": (
        "survey, rating, rate, questionnaire, explicit, satisfaction, satisfied, star, poll, "
        "ask people, ask viewer, ask user, asking viewer, asking people, user interview, like "
        "button, thumb, feedback, worth their time"
    ),
    "place": (
        "position, place, rank, slot, order, layout, top, screen, prominence, presentation, "
        "where people look, above the fold, location on"
    ),
    "interest": (
        "interest, preference, taste, mood, want to watch, intent, subject, topic, short term, "
        "long term, session, within a day, real time"
    ),
    "experiment": (
        "experiment, a b, ab test, online test, test group, treatment, control group, arm, "
        "variance, sample size, split test, noise, noisy, power, significance, deviation, test "
        "traffic, live test, randomised, randomized"
    ),
    "removal": (
        "remove, removal, takedown, take down, taken down, ban, delete, deletion, violate, "
        "violation, illegal, disappear, moderate, moderation, policy, copyright, retract, "
        "withdraw"
    ),
    "resources": ("budget, hardware, gpu, infrastructure, compute, node, fleet, cluster, spend on"),
    "agreement": (
        "agree, agreement, disagree, disagreement, inter annotator, consensus, consistency, kappa"
    ),
    "sale": "purchase, order, sale, conversion, convert, checkout",
    "tools": "programming language, language model, cloud provider, framework, library",
    "watch": (
        "on call, duty, pager, paged, night, alert, alarm, responsible, ownership, on duty, monitor"
    ),
}
"""Idea to words and phrases, separated by commas."""

MEASURES = frozenset({"delay", "capacity"})
"""Ideas that ask how long or how many, but not of what."""

FILLER = frozenset(
    "a about actually after again all also am an and any anybody anything are as ask asked "
    "asking asks at be been before being big but by can come could did do does done each either "
    "else ever example for fraction from get gets give given go got had happen happened happens "
    "has have having here how i if important in instance interview into is it its just kind let "
    "like long look many may me might more most much must my need no not now number of off ok "
    "on one or our out over percentage please problem question questions quite really same say "
    "serious service share should side so some something still such system tell than thank "
    "thanks that the their them then there these they thing this those through to today too "
    "type up us use used usually various very want was way we well were what when where which "
    "while who whole whom whose why will with without would yes yet you your".split()
)
"""Words that say nothing about what is asked, outside the phrases above."""
