import { sha256 } from "@/lib/core/hash";

/** next-auth's own hash of a verification token (core/lib/utils, 4.24): rows are found by it when next-auth asks for them. */
export function verificationHash(token: string, secret: string): string {
  return sha256(`${token}${secret}`);
}

/** What stands for a code where next-auth expects a token: bound to its row, so that a code fits one mail only. */
export function codeToken(signInId: string, code: string): string {
  return `${signInId}:${code}`;
}
