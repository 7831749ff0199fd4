import { defineStateMachine } from "@/lib/core/state-machine";
import { GRANTED_KEY_STATES, type GrantedKeyState } from "./schema";

type GrantedKeyEvent = "issue" | "activate" | "release" | "keep" | "leave";

export const grantedKeyMachine = defineStateMachine<GrantedKeyState, GrantedKeyEvent>(
  "granted key",
  GRANTED_KEY_STATES,
  [
    { from: null, event: "issue", by: ["system"], to: "held" },
    { from: "held", event: "activate", by: ["system"], to: "activated" },
    { from: "held", event: "release", by: ["system"], to: "released" },
    { from: "held", event: "keep", by: ["system"], to: "kept" },
    { from: "held", event: "leave", by: ["system"], to: "left_to_customer" },
  ],
);

/** Keys that nobody has decided about are held this long; then they are given back. */
const GRANTED_KEYS_LAST_MS = 24 * 60 * 60 * 1000;

export function expiryOfGrantedKeys(now: Date): Date {
  return new Date(now.getTime() + GRANTED_KEYS_LAST_MS);
}
