import { createPublicKey } from "node:crypto";
import ssh2 from "ssh2";
import { KEY_TYPES } from "./algorithms";
import { fingerprintOfKey } from "./host-key";

const SHORTEST_RSA_BITS = 2_048;

export type ReadKey = { key: string; fingerprint: string; comment: string };

/** One line of an `id_….pub` file. Gives why it is refused: a private key was pasted, it is no key, or it is too weak. */
export function readPublicKey(text: string): ReadKey | "private_key" | "not_a_key" | "key_too_weak" {
  if (/PRIVATE KEY/.test(text)) return "private_key";
  const line =
    text
      .trim()
      .split(/\r?\n/)
      .find((one) => one.trim() !== "") ?? "";
  const parsed = ssh2.utils.parseKey(line);
  if (parsed instanceof Error || Array.isArray(parsed) || parsed.isPrivateKey()) return "not_a_key";
  if (!KEY_TYPES.includes(parsed.type)) return "key_too_weak";
  if (parsed.type === "ssh-rsa") {
    const bits = createPublicKey(parsed.getPublicPEM()).asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < SHORTEST_RSA_BITS) return "key_too_weak";
  }
  const blob = parsed.getPublicSSH();
  return {
    key: `${parsed.type} ${blob.toString("base64")}`,
    fingerprint: fingerprintOfKey(blob),
    comment: parsed.comment ?? "",
  };
}
