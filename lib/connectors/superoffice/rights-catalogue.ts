import type { RightDefinition } from "@/lib/connectors/manifest";

/**
 * SuperOffice gives its system user everything. These are what this portal lets an integration do, by entity of the web API;
 * each is kept by us, in front of every call.
 */
const ENTITIES = [
  "contact",
  "person",
  "project",
  "sale",
  "appointment",
  "document",
  "ticket",
  "ticketMessage",
] as const;

export const rightsCatalogue: readonly RightDefinition[] = ENTITIES.map((path) => ({
  path,
  levels: ["read", "write"],
}));
