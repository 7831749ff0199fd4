import { equalsInConstantTime, sha256 } from "@/lib/core/hash";

/** Whether the call carries `Authorization: Bearer <token>` with the installation's own token. */
export function hasBearerToken(request: Request, token: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  return equalsInConstantTime(sha256(given), sha256(token));
}
