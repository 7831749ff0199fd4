/** `ApiIntegrationRejected.reason.maxLength`, Procountor API 26.04. */
const MAX_REASON_LENGTH = 255;

/**
 * Procountor stores text in Windows-1252 (dev.procountor.com/api-requests); control characters other than line breaks
 * and tabs are of no use in a reason. Spelled out, since Node's own decoder reads this charset as Latin-1.
 */
const WINDOWS_1252 = /^[\t\n\r\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u;

export function acceptsReason(reason: string): boolean {
  return reason.length <= MAX_REASON_LENGTH && WINDOWS_1252.test(reason);
}
