import { z } from "zod";

/**
 * Where the sender's own key of a record is kept at SuperOffice: in a user-defined field that a preparation made
 * (`Siteshop:CompUserKey01`: short text of 39 characters, indexed, read only), or in the vendor's table of foreign keys, which
 * needs no preparation.
 */
const keyPlace = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("user_field"), progId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("foreign_app") }),
]);
export type KeyPlace = z.infer<typeof keyPlace>;

/** Entities whose key may stand in a user-defined field, with its name there and in files. Tickets and messages have none. */
export const KEY_FIELDS = {
  companies: "CompUserKey01",
  persons: "PersUserKey01",
  projects: "ProjUserKey01",
  sales: "SaleUserKey01",
  appointments: "AppoUserKey01",
  documents: "DocuUserKey01",
} as const satisfies Record<string, string>;

/** Prog-ids are made of this and a field's name, where the preparation chose nothing else. */
export const DEFAULT_PREFIX = "Siteshop:";

/** What a preparation leaves for a connection (`WriteInput.prepared`), as it is stored. */
export const preparedState = z.object({
  prefix: z.string().min(1).max(40).default(DEFAULT_PREFIX),
  keyPlaces: z.record(z.string(), keyPlace).default({}),
});
export type PreparedState = z.infer<typeof preparedState>;

/** An entity that was not prepared, or a connection where nothing was, keeps its keys in the table of foreign keys. */
export function findKeyPlace(prepared: unknown, entity: string): KeyPlace {
  const { keyPlaces } = readPreparedState(prepared);
  return (Object.hasOwn(keyPlaces, entity) ? keyPlaces[entity] : undefined) ?? { kind: "foreign_app" };
}

export function readPreparedState(prepared: unknown): PreparedState {
  return preparedState.parse(prepared ?? {});
}
