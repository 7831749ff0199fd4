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

/** A vendor application's key to its limits, and what the vendor's manifest says of them. */
export type CountedLimits = {
  limiterKey: string;
  limits: { application?: { requestsPerSecond: number }; environment?: { requestsPerSecond: number } };
};

/** What the vendor counts a call by: the application's limit, the environment's, or both. */
export function limitsOf(
  { limiterKey, limits }: CountedLimits,
  environment: string | undefined,
): VendorLimit[] {
  const found: VendorLimit[] = [];
  if (limits.application) found.push(limitOf(limiterKey, limits.application.requestsPerSecond));
  if (limits.environment && environment !== undefined)
    found.push(limitOf(`${limiterKey}/${environment}`, limits.environment.requestsPerSecond));
  return found;
}

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
