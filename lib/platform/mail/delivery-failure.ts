import { maskEmail } from "@/lib/core/mask-email";
import { cleanLine, cutText } from "@/lib/core/outside-text";

/** Why the mail server did not take a mail. */
export type DeliveryFailure = {
  /** The server refused this recipient or this message for good (5xx): trying again cannot help. */
  isFinal: boolean;
  /** The server's own words, at most 300 characters, with addresses masked. */
  said: string;
};

/**
 * A 5xx to anything else than the recipient or the message (signing in, the sender, a greeting) is trouble of this
 * installation's account with its server, which somebody may put right: it is tried again.
 */
const FINAL_AT: readonly unknown[] = ["RCPT TO", "DATA"];
const LONGEST = 300;

const maskAddresses = (text: string): string =>
  text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, (address) => maskEmail(address));

/** Reads nodemailer's error: `responseCode` is the SMTP status, `command` what it answered. */
export function describeDeliveryFailure(error: unknown): DeliveryFailure {
  if (!(error instanceof Error)) return { isFinal: false, said: "unknown" };
  const status = "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const command = "command" in error ? error.command : undefined;
  return {
    isFinal: status >= 500 && status < 600 && FINAL_AT.includes(command),
    said: cutText(maskAddresses(cleanLine(error.message)), LONGEST),
  };
}
