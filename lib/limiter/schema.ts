/** A vendor's limit as places: at most `places` calls arrive at the vendor in any `windowMs`. */
export type VendorLimit = {
  /** What the vendor counts by. */
  key: string;
  places: number;
  windowMs: number;
  /** A call without an answer has arrived after this long, as far as anybody can tell. */
  arrivesWithinMs: number;
};

/** Rows of places that a limit costs at most; one of more calls a second has a shorter window instead. */
const MOST_PLACES = 100;
const ARRIVES_WITHIN_MS = 500;

/** A limit as vendors word it. */
export function limitOf(key: string, requestsPerSecond: number): VendorLimit {
  const places = Math.min(MOST_PLACES, Math.max(1, Math.floor(requestsPerSecond)));
  return {
    key,
    places,
    windowMs: (1000 * places) / requestsPerSecond,
    arrivesWithinMs: ARRIVES_WITHIN_MS,
  };
}
