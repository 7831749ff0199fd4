import { cleanLine } from "./outside-text";

/** Why a text is not read as one e-mail address; each has its words under `errors.fields`. */
export type AddressProblem =
  | "email"
  | "email_several"
  | "email_without_at"
  | "email_domain"
  | "email_characters"
  | "email_too_long";

export type ReadAddress = { address: string } | { problem: AddressProblem };

/** RFC 5321 counts octets, and a mail server that takes UTF-8 (RFC 6531) counts them as well. */
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;
const octets = (text: string): number => new TextEncoder().encode(text).length;

/** `Name <a@b.example>`, `"Name, Inc." <a@b.example>` and `<a@b.example>`; the name goes. */
const WITH_NAME = /^(?:"[^"]*"|[^<>,;]*)\s*<([^<>]*)>$/u;
/** What mail programs and sentences put around an address. Dots are not taken from its front: no address begins with one. */
const AROUND = /^[\s"'“”„«»‘’(]+|[\s"'“”«»‘’),;:.>]+$/gu;
/** A mail program's field, or a web link, copied as a whole. */
const LABEL = /^(?:mailto:|(?:e-?mail|e-?post|sähköposti|to|from|till|til)\s*:)\s*/iu;

/** RFC 5322 without quoted strings, and what RFC 6531 adds: letters, marks, numbers and symbols beyond ASCII. */
const LOCAL_PART =
  /^[\p{L}\p{M}\p{N}\p{S}!#$%&'*+\-/=?^_`{|}~]+(?:\.[\p{L}\p{M}\p{N}\p{S}!#$%&'*+\-/=?^_`{|}~]+)*$/u;
const ASCII_DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** `blåbær.no` and `xn--blbr-roah.no` are one host: its ASCII spelling (UTS 46), or null. */
function toAsciiDomain(domain: string): string | null {
  // What a URL reads as more than a host.
  if (/[\s/\\?#%@:[\]]/u.test(domain)) return null;
  const address = `http://${domain}`;
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  return ASCII_DOMAIN.test(hostname) ? hostname : null;
}

/** An address in the one spelling that is stored, compared and mailed to; other spellings of it are read as it. */
function readBare(text: string): ReadAddress {
  const at = text.lastIndexOf("@");
  if (at === -1) return { problem: "email_without_at" };
  // Letters of another width or dress look like an address that they are not.
  const local = text.slice(0, at).toLowerCase().normalize("NFC");
  if (local === "") return { problem: "email" };
  if (local.normalize("NFKC") !== local || !LOCAL_PART.test(local))
    return { problem: local.includes("@") ? "email_several" : "email_characters" };
  const domain = toAsciiDomain(text.slice(at + 1));
  if (domain === null) return { problem: "email_domain" };
  const address = `${local}@${domain}`;
  const isTooLong = octets(local) > LONGEST_LOCAL_PART || octets(address) > LONGEST_ADDRESS;
  return isTooLong ? { problem: "email_too_long" } : { address };
}

/**
 * Reads what a person, a partner or a vendor gives as an e-mail address: a display name, brackets, `mailto:`, a label and invisible
 * characters around it go. The address is in lower case, its domain in ASCII. A text with a second address, or with a line
 * end that is not at its edge, is refused: a mail goes to one recipient.
 */
export function readEmailAddress(text: string): ReadAddress {
  const trimmed = text.trim();
  if (trimmed === "") return { problem: "email" };
  if (/[\n\r]/u.test(trimmed)) return { problem: "email_several" };
  const line = cleanLine(trimmed).replace(LABEL, "");
  const named = WITH_NAME.exec(line.replace(/[\s,;.]+$/u, ""));
  const bare = (named?.[1] ?? line).replace(LABEL, "").replace(AROUND, "");
  if (/[\s,;<>]/u.test(bare)) {
    const isSeveral = bare.indexOf("@") !== bare.lastIndexOf("@");
    return {
      problem: isSeveral ? "email_several" : bare.includes("@") ? "email_characters" : "email_without_at",
    };
  }
  return readBare(bare);
}

/** Why what a form sent as `email` is no address; for words beside the field. */
export function problemOfAddress(value: unknown): AddressProblem {
  const read = readEmailAddress(typeof value === "string" ? value : "");
  return "problem" in read ? read.problem : "email";
}
