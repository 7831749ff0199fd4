/** A fingerprint in groups of eight, as it is printed: a person compares it with another one. */
export function groupHex(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(" ") ?? hex;
}
