"""Small closed classes of English words that the guards and the depth check share."""

from rubrics.graders.offline.word_sets import word_set

FUNCTION_WORDS = word_set(
    """
    a an the this that these those it its they them their we our us i my you your he she who
    whom whose which what when where why how if then than so because since as while until
    unless before after although though whether and or but nor not no never of in on at by
    for from to with without into onto over under between through during per within against
    about above below beyond across is are was were be been being am do does did done have
    has had having will would shall should can could may might must only also too very more
    most less least each every all any some both either neither other another such same own
    there here again once just even still already always often up down out off via one ones
    else instead rather otherwise therefore hence thus don't doesn't isn't aren't won't
    can't didn't wasn't shouldn't wouldn't it's that's there's we're i'd we'd i'll we'll
    """
)
"""Words that carry grammar. Prose has many, bare lists have few."""

FILLERS = word_set(
    """
    a an the of in on at by for to with and or our its their his this that these each every
    all any is are be was were very then them it only own per as
    """
)
"""What may stand between two words of a phrase term."""

CLAUSE_OPENERS = word_set(
    """
    but because since so instead otherwise then although though while whereas therefore
    hence thus which if when unless until still yet whose where as
    """
)
"""Words at which a new clause may begin."""

SUBJECTS = word_set(
    """
    we i it they you this that these those there he she one nobody
    """
)
