/** A file on a page is read whole; Next takes a megabyte for an action, with what a form takes around it. */
export const MOST_BYTES = 1_000_000;
export const MOST_RECORDS = 10_000;
/** Records of the file that the page shows; the file of bad rows has all of them. */
export const SHOWN_RECORDS = 100;
