/** Zone that times of the vendor are read in when they carry none. */
const VENDOR_ZONE = "Europe/Helsinki";

const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?$/;
const ISO_TIME_WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i;
const EPOCH_MS = /^\d{13}$/;

/**
 * Reads `ApiIntegrationRequestData.expires`, whose format the vendor does not document: ISO 8601 with a zone, without
 * one (Helsinki), a bare date (until its end there), or milliseconds since 1970. null when it is none of these.
 */
export function parseExpiry(value: string | number): Date | null {
  const text = String(value)
    .trim()
    .replace(/\[[^\]]*\]$/, "");
  if (EPOCH_MS.test(text)) return new Date(Number(text));
  if (ISO_TIME_WITH_ZONE.test(text)) return validDate(new Date(withColonInZone(text.replace(" ", "T"))));
  const parts = ISO_TIME.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour = "23", minute = "59", second = parts[4] === undefined ? "59" : "00"] =
    parts;
  return validDate(atVendorWallClock(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
}

function withColonInZone(text: string): string {
  return text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The instant at which clocks in Helsinki show what `asUtc` shows as UTC. */
function atVendorWallClock(asUtc: string): Date {
  const wallClock = Date.parse(asUtc);
  if (Number.isNaN(wallClock)) return new Date(Number.NaN);
  const firstGuess = wallClock - vendorOffsetMs(wallClock);
  // The offset belongs to the instant, not to the wall clock; around a clock change the first guess can miss it.
  return new Date(wallClock - vendorOffsetMs(firstGuess));
}

const vendorClock = new Intl.DateTimeFormat("en-CA", {
  timeZone: VENDOR_ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

function vendorOffsetMs(instant: number): number {
  const part = Object.fromEntries(vendorClock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const shown = Date.parse(
    `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`,
  );
  return shown - instant;
}
