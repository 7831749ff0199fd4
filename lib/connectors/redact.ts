const REDACTED = "[redacted]";

/** The vendor's keys and tokens are JWTs; one that we do not know yet must not slip through either. */
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Takes every given secret, and whatever looks like a key or token of the vendor, out of a text. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    .replace(JWT, REDACTED);
}
