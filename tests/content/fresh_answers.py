"""Answers written from the prompts alone, before their author had read a term of any rubric.

They are the check that indicators find concepts and not the words of the exemplars: two strong
and two middling answers for each prompt, by different imagined pens. The answers are never edited
to please the grader, only added to.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FreshAnswer:
    """Answers to some stages of one prompt, and how good a person would call them."""

    id: str
    prompt: str
    quality: str
    answers: dict[str, str]


FRAUD_TERSE_STAFF = FreshAnswer(
    id="fraud-terse-staff",
    prompt="fraud-detection",
    quality="strong",
    answers={
        "data": """\
- events: auth attempt (payment_id, card token, device id, merchant, amount, ts), decision log incl. \
model version + every feature value used, 3DS outcome, refund, dispute. join on payment_id
- label: fraud = chargeback w/ theft reason code within 90d of payment. ~half arrive by day 21, so \
anything younger than 90d is "unknown", not "good". friendly fraud (1 in 5 disputes) goes to its own \
class, otherwise we learn to decline forgetful customers
- split: train Jan-Sep, 90d gap for disputes to come in, test on the following month. random rows \
would put the same stolen card on both sides and flatter us
- declined traffic has no outcome -> let 0.1% of would-be declines through at random, log the \
probability, weight by 1/p. cap spend at $30k/month
- quality: dedupe retries on idempotency key; alert if dispute feed is 20% under its weekday norm; \
schema check at ingestion. PAN tokenised, device/ip data dropped after 13 months\
""",
        "serving": """\
- per payment: sync, since checkout waits. card/device counters kept by stream job, merchant \
aggregates nightly
- budget p99 100ms: network 10, gateway 5, feature fetch 20 (one batched read), model 10, rules 5, \
decision+log 5; ~45 spare for gc and retries
- 2000 rps peak x 15ms in the model = 30 in flight; 8 threads per box -> 4 boxes, run 8 so that we \
can lose a zone and stay below 60% busy
- feature store slow (>25ms): score with defaults from the request only, costs ~10 pts of recall; \
model down: the old rules + step up for amounts > $200. never approve blindly
- rollout: shadow for 1 week, compare score histograms, then 1% -> 10% -> 100% by merchant, automatic \
rollback if approval rate moves > 0.5 pt. old version stays loaded, switch back in < 1 min\
""",
        "monitoring": """\
- per-feature PSI on the last hour vs same hour last week, page at 0.25, ticket at 0.1; score \
distribution too
- labels come weeks late so: reviewer verdicts as same-day proxy, dispute rate by payment-week cohort \
at day 21 vs earlier cohorts at day 21
- inputs: null share per feature, lag of counters (> 60 s pages), events/min vs forecast
- p99, timeout rate, share of decisions made by fallback (page > 1%), cpu
- pager -> fraud on-call; step 1 in runbook: is it one merchant category? add a rule (minutes), step \
2: roll back to previous model, step 3: retrain on last matured data\
""",
    },
)

FRAUD_PLAIN_NON_NATIVE = FreshAnswer(
    id="fraud-plain-non-native",
    prompt="fraud-detection",
    quality="strong",
    answers={
        "framing": """\
The model gives for every payment one number: how probable is it that the real card owner will later \
say "this was not me". The checkout uses this number and chooses one from four: let pass, ask the bank \
to check the person, let pass but keep goods for a day, refuse. So the score must be an honest \
probability, because we compare money with it. If we let one fraud pass we lose about 120 + 15 dollars. \
If we refuse an honest person with 60 dollars we lose 8 + 1.80, so almost 10. It means one missed fraud \
is as bad as 13 or 14 refused good people, and refusing pays only when the probability is above about 7 \
percent. Asking the bank is cheaper, one from ten honest people goes away, so this step begins already \
near 1 percent. Size: 600 payments in a second, 2000 in the worst hour, and 100 ms is all we have, so no \
heavy thing can be in the path. With one fraud in thousand a person cannot look at everything: 50 \
million per day against 6000 cases. I leave out account takeover and seller fraud for now. What should \
not become worse: share of approved payments of honest people, also for new customers and for each \
country.\
""",
        "features": """\
I think in who is doing it: card, device, address, shop, and pairs from them. For each I count how many \
payments and how many different partners in last 1 minute, 10 minutes, 1 hour, 1 day and 30 days. For \
example number of different cards on the same device in ten minutes: in the attack with 4000 cards and \
30 devices this goes to over hundred while for a family it stays at two. I also divide: amount against \
the usual amount of this card, small payments against all payments of the shop. The counts must be as \
they were in the moment of payment, before this payment itself is added, also in training. For this I \
write down the values at the moment of decision and train with these records, so there is only one code \
which computes them and no difference between training and live. Every day I recompute a sample in the \
warehouse and compare; if more than 1 % differ somebody looks. Short windows come from the stream within \
a second because attack takes only twenty minutes; the 30 days ones are made in the night, they change \
slowly and streaming them would cost for nothing. For a card which we never saw (each fifth) the count is \
not zero but "unknown" with own flag, and the device, the shop and the bank number of the card must carry \
the decision. If the store does not answer the model gets the same "unknown" which it has seen in \
training, because I hide values by chance there.\
""",
        "model": """\
First thing is a logistic regression with ten features and beside it the present rules; a new model must \
stop more fraud money than them with the same number of refused good people. I choose boosted trees \
because the data is a table, missing values are no problem, and the answer comes in about one \
millisecond. I looked at a neural network on the sequence of payments: maybe some percent better but \
slower and more difficult to explain to shop and to auditor, so not in the first version. Fraud is 1 in \
1000, so I keep every fraud and only each twentieth good payment, it makes training faster. After this \
the score is too high, therefore I correct it back with the known sampling rate and then fit an isotonic \
curve on a month which nobody trained on, and I look that from payments with score 5 % really 5 % are \
fraud. Loss is log loss weighted by the amount, because we lose money, not count. New training each week, \
because a new trick works for about three weeks; a training costs few dollars and a week of old model \
costs more. It goes live only if on the last finished month it keeps the caught money and is not worse \
for any big shop group.\
""",
        "metrics": """\
Accuracy says nothing here, 99.9 % is reached by always approving. I look at precision and recall at the \
place where we decide, first of all how many dollars of fraud are stopped when 0.5 % of payments are \
refused, and the area under precision-recall curve. For live test I divide by card, not by payment, \
because one person should not get two treatments; half and half, four weeks, and then we wait up to 60 \
days more for the disputes before the final word. The number: dollars lost per 1000 dollars paid, plus \
the lost margin. Approval rate of honest must not fall more than 0.2 points, 99 % time not above 100 ms, \
calls to support not above 5 % more. I print everything for each country, shop category, and new against \
known cards, because the average is made by known cards and one third of fraud is in the new ones. Test \
data come from payments which the old rules let through, so the offline result is too nice; also \
fraudsters answer. So I trust only the money in the live test.\
""",
    },
)

FRAUD_MIDDLING_TEXTBOOK = FreshAnswer(
    id="fraud-middling-textbook",
    prompt="fraud-detection",
    quality="middling",
    answers={
        "data": """\
We will collect the transaction data from the payment system together with user and merchant \
information. Labels come from chargebacks. Because labels are delayed, we have to be careful when we \
train. The data is very imbalanced so we should handle that. We will clean the data, remove duplicates \
and handle missing values, and then split it into training, validation and test sets.\
""",
        "serving": """\
The model is deployed as a REST service behind a load balancer and scales horizontally with Kubernetes. \
Predictions are made in real time since the customer is waiting. We use a feature store so that features \
can be fetched quickly. We should make sure latency is under 100 ms. If the service fails we fall back to \
the rules. New models are first deployed to a small share of the traffic.\
""",
        "monitoring": """\
We monitor the model for data drift and concept drift and send alerts to the team if there is a problem. \
We also track latency and error rates in Grafana. The model is retrained regularly.\
""",
    },
)

FRAUD_MIDDLING_CHATTY = FreshAnswer(
    id="fraud-middling-chatty",
    prompt="fraud-detection",
    quality="middling",
    answers={
        "framing": """\
So basically we want to predict if a payment is fraud or not, it's a binary classification problem. The \
goal for the business is to lose less money on fraud while keeping customers happy. There's a trade-off \
between false positives and false negatives: blocking good customers is annoying and missing fraud costs \
money. We've got around 2000 requests per second at peak, so it has to be fast, under 100 ms.\
""",
        "features": """\
I'd use features like the amount, time of day, the country, the card type, how many transactions the \
user did lately, the device and the IP address. Some of them have to be real time. We could also use \
embeddings for the merchants. For new users we don't have history so there we'd need some default values.\
""",
        "model": """\
I'd start with logistic regression as a simple baseline and then move to XGBoost since it usually works \
well on tabular data. For the imbalance I'd use SMOTE or class weights. Then tune hyperparameters with \
cross validation. The model gets retrained every week or so.\
""",
        "metrics": """\
For offline I'd look at precision, recall, F1 and AUC. Since it is imbalanced PR-AUC is better than ROC. \
Online I'd do an A/B test and compare fraud losses. We also should check that the approval rate doesn't \
drop.\
""",
    },
)

VIDEO_TERSE_STAFF = FreshAnswer(
    id="video-terse-staff",
    prompt="video-recommendation",
    quality="strong",
    answers={
        "framing": """\
Decision: which 24 videos, in which order, every page load; the page service acts on it, nobody reviews.
Goal = weekly returning viewers. Too slow to train on -> proxy: expected satisfied watch minutes per \
impression (watch > 60 s or 80 % of a short, minus weight * P(not interested)). Not clicks: last time \
clicks +9 %, weekly viewers -1.5 %.
Errors: a dull tile ~ 1 lost slot, cheap. "Not interested" = 6 % of 4 weeks of watching, ~50 min, i.e. \
~1.7 cents -- about 50x the gain of one good minute. Adult on kids profile: no price, hard filter.
Scale: 10k pages/s, 40M videos -> 4e11 scores/s if brute force, so retrieve 500, rank 500. 200 ms p99.
Out of scope: search, autoplay, ads load. Must hold: kids safety, share of views for small creators, \
complaint rate.\
""",
        "data": """\
Log: page_id, viewer, slot, video, model version, propensity; join to clicks and heartbeats on page_id + \
video. Add viewability: tile >= 50 % on screen for 1 s. Only seen tiles can be negatives, the other 14 \
were never looked at.
Label: seconds watched within 24 h of the impression; close the window after 25 h as late heartbeats \
take up to a day. Survey stars calibrate what "satisfied" means, 2.6k/day.
Split: train on days 1-28, skip one day, test on 29-35. By time, since a shuffled split lets tomorrow's \
co-watches into today's embeddings.
Bias: slot 1 gets 4x slot 6 whatever is there -> slot as a train-only input, fixed at serving. 1 % of \
pages fill two slots at random with logged probability so that we can evaluate by IPS and so the loop \
doesn't feed itself.
Quality: dedupe heartbeats by (session, seq) - 3 % come twice; alarm if impressions/clicks ratio is off \
15 % by app version. History deleted on request within 30 d, ids pseudonymous.\
""",
        "serving": """\
Online: home ranking, since moods shift inside a session. Batch: video vectors, hourly; viewer vector is \
computed at request from last 50 watches.
200 ms: edge 20 + gateway 5 + viewer features 15 + ANN 20 (4 sources in parallel) + filter 5 + rank 500 \
on GPU 50 + rerank 10 = 125, leaves 75 for tail and one hedge.
10k/s * 50 ms = 500 requests in flight; 40 per GPU at 60 % load -> ~21 GPUs, 28 with a zone lost.
Timeouts: ranker > 80 ms -> retrieval order; ANN down -> nightly list of 300 from cache (-8 % minutes); \
all down -> popular by country, never an empty page. 
Rollout: viewer and video towers are one versioned pair, index rebuilt first, flip by alias; shadow \
24 h, 1 % canary 2 h, roll back by switching alias.\
""",
        "monitoring": """\
Drift: PSI of ranker score and top 20 features, daily vs trailing 28 d, warn 0.1 page 0.2. Embedding: \
recall@100 of ANN on a fixed probe set every 10 min, page < 0.9.
Labels: watch label closes after a day -> use 10-min click + 30 s play as early sign; daily calibration \
ratio of predicted/actual minutes on closed days, 0.95-1.05.
Inputs: null %, age of viewer history (p95 < 60 s), row count of nightly job vs last week +-20 %. Takedown \
lag p99 < 5 min, checked by a canary video.
Who: ML on-call paged for quality, platform for latency/errors. Runbook step 1: compare tower versions; \
mismatch -> roll alias back. Then disable model by flag. Retrain only if inputs ok.
Service: p99 vs 200 ms, 5xx, share of pages from fallback > 2 % for 5 min pages.\
""",
    },
)

VIDEO_PLAIN_WORDS = FreshAnswer(
    id="video-plain-words",
    prompt="video-recommendation",
    quality="strong",
    answers={
        "features": """\
I group what we know by whom it belongs to. About the person: what they watched in the last 30 minutes, \
the last day and the last three months, as counts per subject and as a share of finished videos. About \
the video: its age, its length, how often people who saw the tile went on to watch it, in the last hour \
and the last week. About the pair: has this person finished anything by this maker, and how often were \
they shown this subject without reacting. Each number is taken as it stood when the page was sent; \
anything computed later is off limits, or the model would be told what it is supposed to guess. The \
server writes down the exact numbers it used and we train from those, so there is one piece of code and \
no second version that slowly diverges. The last half hour comes through the stream, about ten seconds \
old, since half of the sessions go somewhere new; the three-month history can be a day old because it \
hardly moves and streaming it would cost ten times as much. Somebody we do not know gets country, \
language, device and time of day, plus what is liked by people like that; a new video gets a vector from \
its picture, sound and title until it has a hundred views. If a value does not arrive in time we send \
"not known", which the model has met during training.\
""",
        "model": """\
The bar is tonight's matrix factorisation with the boosted trees on top, and even simpler: the most \
watched videos per country. Anything new has to beat both on minutes in a live test, or it is not worth \
its running costs. I would fetch about 500 with a pair of small networks, one describing the person and \
one the video, because their answers can be looked up in a few milliseconds; then order those 500 with a \
bigger network that sees person and video together. I decided against one large network over everything: \
40 million videos times 10,000 pages a second cannot be paid. The first step learns from watched videos \
against the others in the same batch, corrected for the fact that popular ones turn up as the wrong \
answer too often. The second step predicts three things, chance of a click, minutes watched, chance of \
"not interested", and we add them with weights which we tune in live tests. As we add chances, they have \
to be true chances: every day I compare what was promised with what happened, by bands of ten, and bend \
the curve back if it is off by more than 5 percent. Half of the uploads are hardly seen, so one place on \
the page is kept for videos under 100 views. Training goes on from yesterday's weights each night, two \
hours, since new videos come in every day; from scratch once a month. It is released only if it does not \
lose against the running one on yesterday's pages.\
""",
        "metrics": """\
Before launch: does the video that was watched turn up among the first ten, weighted by place and by \
minutes (NDCG), separately for the fetching step, where I ask how many of the watched ones are among the \
500. For the live test I assign by viewer, two million on each side. With 30 minutes average and 45 spread \
we can see about 0.13 minutes, that is 0.4 percent, with two million per side; I run two full weeks \
because weekends are different, and keep 1 percent out for three months to see who still comes back. The \
decision is made on weekly returning viewers, minutes come second. It must not get worse: "not interested" \
by more than 2 percent, the time until the page is there beyond 200 ms, and views of makers under a \
thousand followers by more than 1 percent. I look at new and signed-out people, small languages, and \
light viewers on their own, because one in ten viewers makes half of all minutes and hides the rest. Good \
figures before launch may vanish, as the records only tell us about videos the old page showed; when the \
two disagree I believe the live test and check with the randomly filled places.\
""",
    },
)

VIDEO_MIDDLING_TEXTBOOK = FreshAnswer(
    id="video-middling-textbook",
    prompt="video-recommendation",
    quality="middling",
    answers={
        "framing": """\
We want to recommend relevant videos to users to maximise engagement. This can be framed as a ranking \
problem where for each user we predict the probability that they watch a video. The scale is large, with \
millions of videos and 10,000 requests per second, so we need candidate generation and ranking.\
""",
        "model": """\
I would use a two-tower model for candidate generation and a deep neural network such as DLRM or a \
transformer for ranking. The two-tower model is trained with negative sampling. The ranking model is \
multi-task and predicts clicks, likes and watch time. We can start from collaborative filtering as a \
baseline.\
""",
        "serving": """\
User and item embeddings are computed offline and stored in a vector database such as FAISS. At request \
time we get candidates with ANN search and then rank them with the deep model. We use caching and \
autoscaling to keep the latency low. Models are stored in a registry and rolled out with a canary.\
""",
        "metrics": """\
Offline metrics are NDCG, MAP and recall@k. Online we run an A/B test on watch time, CTR and retention. \
We should also track diversity and make sure that users are satisfied.\
""",
    },
)

VIDEO_MIDDLING_RAMBLING = FreshAnswer(
    id="video-middling-rambling",
    prompt="video-recommendation",
    quality="middling",
    answers={
        "data": """\
There is a lot of data that we can use here. Users click on videos and watch them and maybe like them or \
share them, and all that is feedback for us, both explicit and implicit. We would store it in a data lake \
and then process with Spark. A video which was clicked is positive and a video not clicked is negative. \
It is also important to think about bias such as popularity bias and position bias. And then privacy is \
very important of course, GDPR and so on. For splitting, the newer data should be the test set.\
""",
        "features": """\
User features: age, gender, country, language, watch history. Video features: title, tags, category, \
length, number of views, likes. Context features: time, device. Embeddings for users and videos. It is \
good to have fresh features, and to use the same features in training and serving.\
""",
        "monitoring": """\
It is important to monitor the system. We would look at CTR and watch time in a dashboard and if it drops \
we'd investigate. Data drift should be monitored as well, the distribution of features can change over \
time. And we'd have alerts on latency.\
""",
    },
)

FRESH_ANSWERS = (
    FRAUD_TERSE_STAFF,
    FRAUD_PLAIN_NON_NATIVE,
    FRAUD_MIDDLING_TEXTBOOK,
    FRAUD_MIDDLING_CHATTY,
    VIDEO_TERSE_STAFF,
    VIDEO_PLAIN_WORDS,
    VIDEO_MIDDLING_TEXTBOOK,
    VIDEO_MIDDLING_RAMBLING,
)
