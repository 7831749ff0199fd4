import { z } from "zod";
import { AppError } from "@/lib/core/app-error";
import type { VendorApplication } from "./context";
import type { ApplicationFields, ConnectorManifest } from "./manifest";

/** How a field of a vendor application is shown to the partner who fills it in, in English. */
export type FieldWords = {
  title: string;
  help: string;
  /** Where the partner finds the value at the vendor. */
  whereToFind?: string;
  placeholder?: string;
  /** What the vendor does with a former secret when it makes a new one, and in which order to replace it. */
  replacing?: string;
  /** Has several lines, as a PEM file does. */
  isMultiline?: true;
  /** Set by whoever runs the installation, never by a partner: calls go to it. */
  isOperators?: true;
};

const wordsOf = z.registry<FieldWords>();

/** A field with its words. */
export function field<T extends z.ZodType>(schema: T, words: FieldWords): T {
  wordsOf.add(schema, words);
  return schema;
}

/** One-line text without control characters, for ids, names and keys. */
export const plainText = (max = 500): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "holds a line break or a control character");

export const webAddress = z.string().trim().max(500).refine(isWebAddress, "is no web address");

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** Settings that every vendor application may have. */
export const COMMON_SETTINGS = {
  apiBaseUrl: field(webAddress.optional(), {
    title: "Base address of the API",
    help: "Only for a stand-in: leave it empty to use the vendor’s own address.",
    isOperators: true,
  }),
  redirectUri: field(webAddress.optional(), {
    title: "Return address",
    help: "The address that is registered at the vendor as where customers come back to. Leave it empty to use this portal’s own.",
  }),
};

export type ApplicationField = FieldWords & { name: string; isRequired: boolean; isSecret: boolean };

/** What a form for a vendor application of this connector asks for, in order: the client id, settings, secrets. */
export function listApplicationFields({ application }: ConnectorManifest): ApplicationField[] {
  const of = (fields: ApplicationFields, isSecret: boolean): ApplicationField[] =>
    Object.entries(fields.shape).map(([name, schema]) => ({
      name,
      isSecret,
      isRequired: !schema.safeParse(undefined).success,
      ...wordsFor(schema, name),
    }));
  return [
    { name: "clientId", isSecret: false, isRequired: true, ...wordsFor(application.clientId, "clientId") },
    ...of(application.settings, false),
    ...of(application.secrets, true),
  ];
}

function wordsFor(schema: z.ZodType, name: string): FieldWords {
  const words = wordsOf.get(schema);
  if (!words) throw new AppError("misconfigured", `the field ${name} of a vendor application has no words`);
  return words;
}

/** What a partner fills in: base addresses are the manifest's or the operator's. */
export function listPartnerFields(manifest: ConnectorManifest): ApplicationField[] {
  return listApplicationFields(manifest).filter(({ isOperators }) => !isOperators);
}

/** What is wrong with settings or secrets of a vendor application, a line for each field; [] when nothing is. */
export function findFieldTrouble(
  fields: ApplicationFields,
  values: Readonly<Record<string, string | undefined>>,
  place: string,
): string[] {
  const read = fields.strict().safeParse(values);
  if (read.success) return [];
  return read.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map(
        (key) => `${place}.${key} is unknown; known: ${Object.keys(fields.shape).join(", ")}`,
      );
    const name = `${place}.${issue.path.join(".")}`;
    const given = values[String(issue.path[0])];
    return [given === undefined ? `${name} is missing` : `${name} ${lower(issue.message)}`];
  });
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A vendor application as a connector sees it; the row's JSON holds only what the partner set. No secrets. */
export function toVendorApplication(row: {
  stage: string;
  clientId: string;
  settings: Readonly<Record<string, string>>;
}): VendorApplication {
  const stage = row.stage === "production" ? "production" : "test";
  return { ...row.settings, stage, clientId: row.clientId };
}
