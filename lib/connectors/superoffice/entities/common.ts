import type { z } from "zod";
import type { EntityId, RowProblem } from "@/lib/connectors/entity";
import { choiceField, textField } from "@/lib/connectors/entity-field";
import type { Keyed } from "./external-key";
import { dateFormat, readDay } from "./fields";
import type { CommonSettings, Row, Targets } from "./values";

/** Chosen for each entity; each has a default, so that rows go on their way before anybody chose anything. */
export const commonSettings = {
  /** Of the days in files; ISO 8601 is always understood. */
  dateFormat,
  /** Whether a value that a list does not have is added to it, where the vendor's list may grow. */
  addListItems: choiceField(["YES", "NO"]).default("YES"),
  /** User id or full name of the associate who is responsible when a row names no associate of the tenant. */
  fallbackAssociate: textField(100).optional(),
};

/**
 * Columns of which people are the master at the vendor: a new record is filled with them, and later they stay as they are there.
 * The setting names columns of the entity, separated by commas.
 */
export const keptFields = (row: z.ZodObject) =>
  textField(2000)
    .refine((text) => listKept(text).every((name) => Object.hasOwn(row.shape, name)))
    .optional();

const listKept = (text = ""): string[] => text.split(/[,;\s]+/).filter((name) => name !== "");

/** A row without what is left to people, for a record that is there. */
export function withoutKept(row: Row, { keptFields: text }: CommonSettings): Row {
  const kept = listKept(text);
  return kept.length === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([name]) => !kept.includes(name)));
}

export const COMPANY = {
  entity: "companies",
  api: "Contact",
  table: "contact",
  archive: { provider: "FindContact", id: "contactId", udef: "contactUdef" },
  keyField: "CompUserKey01",
} as const satisfies Keyed & { entity: EntityId };

export const PERSON = {
  entity: "persons",
  api: "Person",
  table: "person",
  archive: { provider: "FindPerson", id: "personId", udef: "personUdef" },
  keyField: "PersUserKey01",
} as const satisfies Keyed & { entity: EntityId };

export const SALE = {
  entity: "sales",
  api: "Sale",
  table: "sale",
  archive: { provider: "FindSale", id: "saleId", udef: "saleUdef" },
  keyField: "SaleUserKey01",
} as const satisfies Keyed & { entity: EntityId };

/** By which columns a row names these as its parents. */
export const parentsOf = (...parents: readonly (Keyed & { entity: EntityId })[]): Record<string, EntityId> =>
  Object.fromEntries(parents.map(({ keyField, entity }) => [keyField, entity]));

/** Days that are none in the connection's format. Makes no call. */
export function checkDays(row: Row, targets: Targets, settings: CommonSettings): RowProblem[] {
  return Object.entries(targets).flatMap(([field, { kind }]): RowProblem[] => {
    const text = row[field];
    const isFine = kind !== "day" || text === undefined || readDay(text, settings.dateFormat) !== null;
    return isFine ? [] : [{ field, cause: "field_invalid" }];
  });
}
