import { randomBytes } from "node:crypto";
import { type Persona, sandbox } from "./sandbox";

/** An address that nobody else has. */
export function makeAddress(name: string): string {
  return `${name}-${randomBytes(5).toString("hex")}@example.com`;
}

/** Somebody new, here and at the vendor, with as many companies there as named. */
export function makePerson(name: string, companies: number): Promise<Persona> {
  return sandbox.addPersona(makeAddress(name), companies);
}
