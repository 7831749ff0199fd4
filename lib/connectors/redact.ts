const REDACTED = "[redacted]";

/** Tokens in three parts (RFC 7519), whoever issued them: one that we do not know yet must not slip through either. */
const SIGNED_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Takes every given secret, and whatever looks like a key or token of the vendor, out of a text. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    .replace(SIGNED_TOKEN, REDACTED);
}
