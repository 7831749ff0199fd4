/** What an account may hold at once; a client is told that the quota is used up. */
export const MOST_FILES = 1_000;
export const MOST_BYTES = 2 * 1024 ** 3;
export const LARGEST_FILE_BYTES = 1024 ** 3;

/** A taken name goes on answering STAT, SETSTAT and RENAME: clients set times and modes after the last byte. */
export const TAKEN_ANSWERS_SECONDS = 60;
