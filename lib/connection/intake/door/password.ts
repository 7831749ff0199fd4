import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";

const COST = { N: 16_384, r: 8, p: 1 };
const HASH_BYTES = 32;
const ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const PASSWORD_LETTERS = 24;

/** 139 bits, without letters that look alike: it is typed into clients by hand. */
export const makePassword = (): string =>
  Array.from({ length: PASSWORD_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

function derive(password: string, salt: Buffer, { N, r, p } = COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, { N, r, p }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** `scrypt$N$r$p$salt$hash`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), hash.toString("base64")].join("$");
}

/** Takes as long for an account that does not exist (null) as for one that does. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const [, N, r, p, salt, hash] = stored?.split("$") ?? [];
  const cost = stored ? { N: Number(N), r: Number(r), p: Number(p) } : COST;
  const derived = await derive(password, Buffer.from(salt ?? "", "base64"), cost);
  const expected = Buffer.from(hash ?? "", "base64");
  return stored !== null && expected.length === derived.length && timingSafeEqual(expected, derived);
}
