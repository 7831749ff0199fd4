const HOUR_MS = 3600 * 1000;
const EMAIL_CHANGE_HOURS = 24;

/** Requests that somebody still waits for. */
export const OPEN_REQUEST_STATES = ["awaiting_partner", "processing"] as const;

export const EMAIL_CHANGE_LIMITS = {
  perPerson: { name: "email_change.person", max: 5, windowSeconds: 24 * 3600 },
  perAddress: { name: "email_change.address", max: 5, windowSeconds: 24 * 3600 },
} as const;

export function emailChangeExpiry(now: Date): Date {
  return new Date(now.getTime() + EMAIL_CHANGE_HOURS * HOUR_MS);
}

/** A host that no mail reaches (RFC 2606). */
export const ERASED_HOST = "erased.invalid";

/** What stands for an erased person's address in what stays as evidence: nothing leads back to the person. */
export function pseudonymOf(userId: string): string {
  return `erased-${userId}@${ERASED_HOST}`;
}
