import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { SigningKey } from "../model";
import type { StandIn } from "../stand-in";

function makeSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    kid: randomBytes(8).toString("hex"),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** A new key signs from now on; the former one is no longer listed, as after a rotation long past. */
export function rotateKeys({ store }: StandIn): void {
  store.state.signingKeys = [makeSigningKey()];
  store.save();
}

function getCurrentKey(standIn: StandIn): SigningKey {
  const { signingKeys } = standIn.store.state;
  const current = signingKeys.at(-1);
  if (current) return current;
  rotateKeys(standIn);
  return getCurrentKey(standIn);
}

/** The key set (RFC 7517). */
export function listPublicKeys(standIn: StandIn): object[] {
  getCurrentKey(standIn);
  return standIn.store.state.signingKeys.map(({ kid, privateKey }) => ({
    ...createPublicKey(privateKey).export({ format: "jwk" }),
    kid,
    use: "sig",
    alg: "RS256",
  }));
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of the vendor for the application, with issuer, audience and times. */
export function signToken(standIn: StandIn, claims: object, lifetimeSeconds: number): string {
  const { faults, application, url } = standIn;
  const { kid, privateKey } = getCurrentKey(standIn);
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + lifetimeSeconds };
  const head = encode({ alg: "RS256", typ: "JWT", kid });
  const data = `${head}.${encode({ iss: url, aud: application.clientId, ...times, ...claims })}`;
  const signer = faults.forgeNextSignature ? makeSigningKey().privateKey : privateKey;
  faults.forgeNextSignature = false;
  return `${data}.${sign("RSA-SHA256", Buffer.from(data), createPrivateKey(signer)).toString("base64url")}`;
}
