import { randomBytes, randomInt } from "node:crypto";

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Looks like the vendor's keys and tokens, which are JWTs with these claims; the signature is random. */
export function makeJwt(claims: object): string {
  const jti = randomBytes(9).toString("base64url");
  return [
    part({ alg: "HS256", typ: "JWT" }),
    part({ ...claims, jti }),
    randomBytes(32).toString("base64url"),
  ].join(".");
}

export function makeRequestId(): number {
  return randomInt(1_000_000_000, 2_000_000_000);
}
