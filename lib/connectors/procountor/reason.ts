/** `ApiIntegrationRejected.reason.maxLength`, Procountor API 26.04. */
const MAX_REASON_LENGTH = 255;

const LINE_BREAKS = new Set(["\n", "\r", "\t"]);

/** Procountor stores text in Windows-1252 (dev.procountor.com/api-requests); control characters are of no use in a reason. */
const ACCEPTED_CHARACTERS = new Set(
  [...new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].filter(
    (character) => !/\p{Cc}/u.test(character) || LINE_BREAKS.has(character),
  ),
);

export function acceptsReason(reason: string): boolean {
  return (
    reason.length <= MAX_REASON_LENGTH && [...reason].every((character) => ACCEPTED_CHARACTERS.has(character))
  );
}
