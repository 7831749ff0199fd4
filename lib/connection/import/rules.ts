/** A file on a page is read whole, and its rows at once. */
export const MOST_BYTES = 4 * 1024 * 1024;
export const MOST_RECORDS = 10_000;
/** Records of the file that the page shows; the file of bad rows has all of them. */
export const SHOWN_RECORDS = 100;
