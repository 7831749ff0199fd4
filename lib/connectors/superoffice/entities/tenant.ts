import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { isRecord, readEach } from "@/lib/connectors/read-each";
import type { SystemCredential } from "../credential";
import { callAsSystemUser, readAsSystemUser } from "../system-user";

/** What a tenant is written to with, and what was read of it in this turn of a connection's queue. */
export type Tenant = {
  read(operation: string, path: string): Promise<unknown>;
  /** Has an effect: sent once. */
  send(
    operation: `${"POST" | "PATCH"} ${string}`,
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<unknown>;
  parse<Shape extends z.ZodType>(operation: string, shape: Shape, answer: unknown): z.infer<Shape>;
  /** Reads once a turn: lists, associates and defaults change seldom, and 10 calls a second are few. */
  once<T>(name: string, read: () => Promise<T>): Promise<T>;
};

/** By context, that is by turn of a queue, and by whose credential it is. */
const turns = new WeakMap<ConnectorContext, Map<string, Promise<unknown>>>();

export function openTenant(context: ConnectorContext, key: HeldKey<SystemCredential>): Tenant {
  const known = turns.get(context) ?? new Map<string, Promise<unknown>>();
  turns.set(context, known);
  return {
    read: (operation, path) => readAsSystemUser(context, key, { operation, path }),
    send: (operation, path, body, headers) =>
      callAsSystemUser(context, key, {
        operation,
        method: operation.startsWith("POST") ? "POST" : "PATCH",
        path,
        body,
        headers,
      }),
    parse: (operation, shape, answer) => parseAnswer(context, operation, shape, answer),
    once: async <T>(name: string, read: () => Promise<T>): Promise<T> => {
      const place = `${key.secret.tenant} ${name}`;
      const begun = (known.get(place) as Promise<T> | undefined) ?? read();
      known.set(place, begun);
      begun.catch(() => known.delete(place));
      return begun;
    },
  };
}

/** Names as a list has them, in every language that it has them in: `US:"Supplier";NO:"Leverandør"`. */
function namesOf(text: string): string[] {
  const parts = [...text.matchAll(/(?:^|;)[A-Z]{2}:"([^"]*)"/g)].flatMap(([, name]) => name ?? []);
  return parts.length > 0 ? parts : [text];
}

const listItem = z.object({
  Id: z.number().int(),
  Name: z.string().nullish(),
  FullName: z.string().nullish(),
  ToolTip: z.string().nullish(),
  Deleted: z.boolean().nullish(),
});
export type ListItem = { id: number; names: string[]; hints: string[] };

/** Lists by the name under which they are read, and the one under which an item is added; null: nothing is ever added. */
export const LISTS = {
  category: "Category",
  business: "Business",
  position: "Position",
  source: "Source",
  saletype: null,
  prob: null,
  currency: null,
  associate: null,
} as const satisfies Record<string, string | null>;
export type ListName = keyof typeof LISTS;

const MDO_NAMES: Partial<Record<ListName, string>> = { position: "perspos" };

export function readList(tenant: Tenant, name: ListName): Promise<ListItem[]> {
  return tenant.once(`list ${name}`, async () => {
    const operation = "GET /v1/MDOList/{listname}";
    const answer = await tenant.read(operation, `/v1/MDOList/${MDO_NAMES[name] ?? name}?flat=true`);
    return readEach(listItem, answer)
      .read.filter(({ Deleted }) => Deleted !== true)
      .map(({ Id, Name, FullName, ToolTip }) => ({
        id: Id,
        names: namesOf(Name ?? ""),
        hints: [Name, FullName, ToolTip].filter((text) => typeof text === "string" && text !== ""),
      })) as ListItem[];
  });
}

/** The id of a new item. Rows that are written at once and need the same one add it once. */
export function addToList(tenant: Tenant, name: ListName, value: string): Promise<number> {
  return tenant.once(`new ${name} ${value}`, () => postItem(tenant, name, value));
}

async function postItem(tenant: Tenant, name: ListName, value: string): Promise<number> {
  const list = LISTS[name];
  if (list === null) throw new Error(`nothing is added to the list ${name}`);
  const operation = `POST /v1/List/${list}/Items` as const;
  const answer = await tenant.send(operation, `/v1/List/${list}/Items`, { Name: value, Tooltip: "" });
  const { Id } = tenant.parse(operation, z.object({ Id: z.number().int().positive() }), answer);
  (await readList(tenant, name)).push({ id: Id, names: [value], hints: [value] });
  return Id;
}

const country = z.object({
  CountryId: z.number().int(),
  Name: z.string().nullish(),
  EnglishName: z.string().nullish(),
  ZipPrefix: z.string().nullish(),
  TwoLetterISOCountry: z.string().nullish(),
  Deleted: z.boolean().nullish(),
});
export type Country = { id: number; names: string[] };

export function readCountries(tenant: Tenant): Promise<Country[]> {
  return tenant.once("countries", async () => {
    const operation = "GET /v1/List/Country/Items";
    return readEach(country, await tenant.read(operation, "/v1/List/Country/Items"))
      .read.filter(({ Deleted }) => Deleted !== true)
      .map(({ CountryId, Name, EnglishName, ZipPrefix, TwoLetterISOCountry }) => ({
        id: CountryId,
        names: [...namesOf(Name ?? ""), EnglishName, ZipPrefix, TwoLetterISOCountry].filter(
          (text): text is string => typeof text === "string" && text !== "",
        ),
      }));
  });
}

const principal = z.object({ AssociateId: z.number().int() });

/** The associate that the system user is: what it made tells whose records are ours. */
export function readOwnAssociate(tenant: Tenant): Promise<number> {
  return tenant.once("principal", async () => {
    const operation = "GET /v1/User/currentPrincipal";
    const answer = await tenant.read(operation, "/v1/User/currentPrincipal");
    return tenant.parse(operation, principal, answer).AssociateId;
  });
}

/** A new record with the tenant's own defaults in it; its more-page fields are those that the tenant has. */
export function readDefault(tenant: Tenant, api: string): Promise<Record<string, unknown>> {
  return tenant.once(`default ${api}`, async () => {
    const operation = `GET /v1/${api}/default`;
    const answer = await tenant.read(operation, `/v1/${api}/default`);
    return tenant.parse(operation, z.record(z.string(), z.unknown()).refine(isRecord), answer);
  });
}
