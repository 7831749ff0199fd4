/** Each round is a step with a transaction of its own; what is left after so many is found by the sweep. */
export const MAX_ROUNDS = 1000;

/** Between two lots of mails: one about 100,000 accounts must not hold up a code for signing in. */
export const NOTICES_EVERY = "1m";
