import { defineStateMachine } from "@/lib/core/state-machine";
import { GRANT_STATES, GRANTED_KEY_STATES, type GrantedKeyState, type GrantState } from "./schema";

export type GrantEvent =
  | "begin"
  | "paste"
  | "address"
  | "come_back"
  | "return"
  | "read_for_draft"
  | "read_without_draft"
  | "read_of_other_person"
  | "refuse"
  | "confirm"
  | "initiator_confirm"
  | "submit"
  | "release"
  | "lapse"
  | "expire";

export const grantMachine = defineStateMachine<GrantState, GrantEvent>("grant", GRANT_STATES, [
  { from: null, event: "begin", by: ["customer"], to: "starting" },
  { from: null, event: "paste", by: ["system"], to: "open" },
  { from: "starting", event: "address", by: ["system"], to: "consenting" },
  { from: "starting", event: "refuse", by: ["system"], to: "refused" },
  { from: "consenting", event: "come_back", by: ["customer"], to: "reading" },
  { from: "consenting", event: "refuse", by: ["system"], to: "refused" },
  { from: null, event: "return", by: ["customer"], to: "reading" },
  { from: "reading", event: "read_for_draft", by: ["system"], to: "open" },
  { from: "reading", event: "read_without_draft", by: ["system"], to: "unconfirmed" },
  { from: "reading", event: "read_of_other_person", by: ["system"], to: "awaiting_initiator" },
  { from: "reading", event: "refuse", by: ["system"], to: "refused" },
  { from: "reading", event: "lapse", by: ["system"], to: "refused" },
  { from: "unconfirmed", event: "lapse", by: ["system"], to: "refused" },
  { from: "awaiting_initiator", event: "lapse", by: ["system"], to: "refused" },
  { from: "unconfirmed", event: "confirm", by: ["customer"], to: "open" },
  { from: "awaiting_initiator", event: "initiator_confirm", by: ["initiator"], to: "open" },
  { from: "open", event: "submit", by: ["customer"], to: "used" },
  { from: "open", event: "release", by: ["customer", "system"], to: "released" },
  { from: "open", event: "expire", by: ["system"], to: "expired" },
]);

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
