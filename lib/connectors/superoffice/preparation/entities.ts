import { KEY_FIELDS } from "../key-place";

/** Entities with user-defined fields, by the path of their right: the name in the web API, and what the key's field is called. */
export const WITH_FIELDS = {
  contact: { resource: "Contact", entity: "companies" },
  person: { resource: "Person", entity: "persons" },
  project: { resource: "Project", entity: "projects" },
  sale: { resource: "Sale", entity: "sales" },
  appointment: { resource: "Appointment", entity: "appointments" },
  document: { resource: "Document", entity: "documents" },
} as const satisfies Record<string, { resource: string; entity: keyof typeof KEY_FIELDS }>;
export type FieldPath = keyof typeof WITH_FIELDS;

/** Entities without user-defined fields: their keys are always in the table of foreign keys. */
export const WITHOUT_FIELDS = ["ticket", "ticketMessage"] as const;

export function isFieldPath(path: string): path is FieldPath {
  return Object.hasOwn(WITH_FIELDS, path);
}

/** `CompUserKey01` and those after it: two integrations in one tenant do not share a field. */
export function listFieldNames(path: FieldPath): string[] {
  const base = KEY_FIELDS[WITH_FIELDS[path].entity].replace(/\d+$/, "");
  return Array.from({ length: 9 }, (_, index) => `${base}${String(index + 1).padStart(2, "0")}`);
}
