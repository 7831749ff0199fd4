import type { z } from "zod";
import type { RejectionCause, WaitingCause } from "./causes";
import type { ConnectorContext, HeldKey } from "./context";
import type { RightAsked } from "./manifest";

/*
 * The write side of a connector: a kind of record that rows are delivered for. One file an entity, in
 * `lib/connectors/<id>/entities/<entity>.ts`, made by `defineEntity` and listed in the connector's `entities`.
 *
 * A row's journey is `lib/connection/delivery/`: schema → `check` → unchanged? → queue → `lookUp`, when the key has no
 * history → `write` → outcome. The pipeline parses with `schema` and `settings` before it calls any verb here, gives at
 * most one row of a key to the connector at a time, and never calls `write` again for a row whose answer was lost before
 * `lookUp` said that nothing is there.
 *
 * Words, in every language: `entities.<connector>.<entity>` with `name`, `one`, `fields.<path>` and `settings.<name>`, in
 * `messages/<language>/entities-<connector>.json`; `entity.test.ts` beside this file asks for them.
 */

/** Plural and in kebab case, since it stands in addresses: `sales-invoices`. */
export type EntityId = string;

/**
 * A row's schema: a strict object whose values are text (`entity-field.ts`), since amounts are decimals and never floats. At
 * most one field is a list of such objects, e.g. `lines`; in a flat file its fields are columns `lines.<name>`, and lines of
 * the file that follow each other with the same key are one row. A row is the whole record, never a part of it.
 */
export type RowSchema = z.ZodObject;

/** What the customer chooses once per connection and entity, all text. A default makes the choice optional. */
export type SettingsSchema = z.ZodObject;

export type RowProblem = {
  /** Path in the row, e.g. `lines.0.vatPercent`; null when the row as a whole is meant. */
  field: string | null;
  cause: RejectionCause;
  /** The vendor's own code, when its table of `rejections` has it: safe to keep in the clear. */
  vendorCode?: string;
  /** What the vendor said, or what was found instead, in its own words; kept sealed. */
  vendorWords?: string;
};

/** What the vendor's own list says of a field that names one of its items. */
export type FieldList = {
  /** As the vendor names it. */
  list: string;
  /** `unless_refused`: a value that is not there is added, where the settings do not say no. `fallback`: another one takes its place. */
  missing: "unless_refused" | "rejected" | "fallback";
};

/** What the vendor has of a row: its id, and the name or number by which people see it there. */
export type VendorRecord = {
  vendorId: string;
  label: string | null;
  /** How it is there, where that can be compared later. */
  state?: VendorState;
};

/** Of a record at the vendor; null for what the vendor did not tell. */
type VendorState = {
  /** With VAT, as `62.99 EUR`. */
  total: string | null;
  /** Another one after every change, in the vendor's own form. */
  version: string | null;
};

/** How what was written is compared with what the vendor has. */
export type Comparable = {
  /** Records changed since then, from the vendor's lists; one that is missing here is asked for by `find`. Read only. */
  list(context: ConnectorContext, key: HeldKey, since: Date): Promise<readonly VendorRecord[]>;
  /** null: it is not there in any state. Read only. */
  find(context: ConnectorContext, key: HeldKey, written: VendorRecord): Promise<VendorRecord | null>;
};

export type WriteInput<Row = Record<string, unknown>, Settings = Record<string, unknown>> = {
  row: Row;
  settings: Settings;
  /** What was last written for this key; null at the first time. Then the record is to be updated. */
  written: VendorRecord | null;
  /**
   * What another key was written as: of the same entity, e.g. the original of a refund, or of `entity`, e.g. the company of a
   * person. null when it never was.
   */
  findWritten(key: string, entity?: EntityId): Promise<VendorRecord | null>;
  /** Whether another key may still be written by a row that was delivered: it is queued or at the vendor, waits, or its answer was lost. */
  isUnderWay(key: string, entity?: EntityId): Promise<boolean>;
  /** What the connector's preparation left for the connection, in the connector's own shape; nothing without one. */
  prepared?: unknown;
  /** Tells our records from those of others: to be kept where the vendor has room for it. Twelve letters and digits. */
  mark: string;
};

export type WriteResult =
  | ({ kind: "written"; wasCreated: boolean } & VendorRecord)
  /** Written, and a later step (an attachment, say) was not done: `missing` names it, `write` is called again for it. */
  | ({ kind: "incomplete"; wasCreated: boolean; missing: string } & VendorRecord)
  | { kind: "rejected"; problems: readonly RowProblem[] }
  /**
   * With `record` when it exists at the vendor already, as with totals that differ. `parentKey`, for `parent_missing`: the key
   * that it waits for, of the same entity or of `parentEntity`; it goes on once that one was written.
   */
  | {
      kind: "waiting";
      cause: WaitingCause;
      vendorWords?: string;
      record?: VendorRecord;
      parentKey?: string;
      parentEntity?: EntityId;
    };

export type LookUpResult =
  /** Made by us, for this row. `isSame`: it holds what the row says, so that nothing is left to write. */
  | ({ kind: "ours"; isSame: boolean } & VendorRecord)
  /** Something else has the key: another integration's, or a person's. */
  | { kind: "foreign"; vendorWords?: string };

export type Entity<
  C = string,
  Row extends RowSchema = RowSchema,
  Settings extends SettingsSchema = SettingsSchema,
> = {
  id: EntityId;
  /** What a file's name may begin with beside the id: `company` beside `companies`. */
  fileNames?: readonly string[];
  /** The field with the sender's own id, unique per connection and entity. */
  keyField: keyof z.output<Row> & string;
  schema: Row;
  settings: Settings;
  /** Columns whose values are items of the vendor's lists. */
  lists?: Readonly<Record<string, FieldList>>;
  /** Columns that name another entity's record by its key: the row waits for that one. */
  parents?: Readonly<Record<string, EntityId>>;
  /** How the vendor names what a column is written to, where people look for it there; null where that says nothing. */
  nameAtVendor?(column: string): string | null;
  /** Values for a sample file by column, where the schema alone does not lead to one that the vendor takes. */
  samples?: Readonly<Record<string, string>>;
  /** What a write needs, as paths and least levels of the manifest's catalogue. */
  rights: readonly RightAsked[];
  /** What the schema cannot say: sums, dates that depend on each other, characters. Pure, makes no call. */
  check(row: z.output<Row>, settings: z.output<Settings>): RowProblem[];
  /**
   * Creates or updates the record. Has an effect: sent once, whatever comes back. A refusal of this one row is a result; a
   * lost answer, a key that is refused and a vendor that is away are thrown as `ConnectorError`. Sends, approves and books
   * nothing.
   */
  write(
    context: ConnectorContext,
    key: HeldKey<C>,
    input: WriteInput<z.output<Row>, z.output<Settings>>,
  ): Promise<WriteResult>;
  /**
   * What is at the vendor under the row's key: asked before the first write of a key and after a lost answer. Counts as
   * `ours` only what our own user or integration made, with the same counterparty, date and total. null: nothing is there, in
   * any state of the record. Read only; may be repeated.
   */
  lookUp(
    context: ConnectorContext,
    key: HeldKey<C>,
    input: WriteInput<z.output<Row>, z.output<Settings>>,
  ): Promise<LookUpResult | null>;
  /**
   * Whether what a row waits for has ended at the vendor, e.g. a period that was opened again. Left out where it cannot be
   * read: then a person says so. Read only; may be repeated.
   */
  hasEnded?(
    context: ConnectorContext,
    key: HeldKey<C>,
    cause: WaitingCause,
    input: WriteInput<z.output<Row>, z.output<Settings>>,
  ): Promise<boolean>;
  /** Left out where the vendor has no list to compare with. */
  compare?: Comparable;
  /** The vendor's validation codes that a write can return. What is missing here is `vendor_refused`, shown raw. */
  rejections: Readonly<Record<string, RejectionCause | WaitingCause>>;
};

export type Entities<C = string> = Readonly<Record<EntityId, Entity<C>>>;

/** An entity whose verbs get its own parsed rows and settings. */
export function defineEntity<C, Row extends RowSchema, Settings extends SettingsSchema>(
  entity: Entity<C, Row, Settings>,
): Entity<C> {
  return entity;
}
