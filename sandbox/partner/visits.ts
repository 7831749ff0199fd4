import { randomBytes } from "node:crypto";
import type { Exchange } from "../web/exchange";
import type { JsonStore } from "../web/json-store";

const COOKIE = "partner_visit";
const KEPT_VISITS = 200;

/** Which requests a browser was handed over with, by the value of its cookie. */
export type Visits = { visits: Record<string, string[]> };

/** Remembers that this browser brought a valid code for the request; returns the cookie to set. */
export function rememberVisit(store: JsonStore<Visits>, exchange: Exchange, requestId: string): string {
  const known = exchange.cookie(COOKIE) ?? "";
  const id = Object.hasOwn(store.state.visits, known) ? known : randomBytes(24).toString("base64url");
  const requests = [...new Set([...(store.state.visits[id] ?? []), requestId])];
  const others = Object.entries(store.state.visits).filter(([visit]) => visit !== id);
  store.state.visits = Object.fromEntries([...others.slice(1 - KEPT_VISITS), [id, requests]]);
  store.save();
  return `${COOKIE}=${id}; Path=/partner; HttpOnly; SameSite=Lax`;
}

export function mayVisit(store: JsonStore<Visits>, exchange: Exchange, requestId: string): boolean {
  const visit = exchange.cookie(COOKIE) ?? "";
  return (
    Object.hasOwn(store.state.visits, visit) && (store.state.visits[visit]?.includes(requestId) ?? false)
  );
}
