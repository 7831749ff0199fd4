import { z } from "zod";
import { cleanLines } from "@/lib/core/outside-text";
import { INTEGRATION_KINDS } from "../listing/kinds";
import { NEWEST_SHAPE, type SpecificationContent, slug, specificationContent } from "./schema";
import { UNDECLARED } from "./texts";
import { contentVersion1, upgradeVersion1 } from "./version1";

/** The ways to texts without a language. Nothing else of a content is an object without a key. */
function listEmpty(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => listEmpty(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value);
  return inner.length === 0 ? [path] : inner.flatMap(([key, item]) => listEmpty(item, [...path, key]));
}

/** What a stored version may still hold, and a new one may not. */
export const newContent = specificationContent.superRefine((content, context) => {
  if (content.mainLanguage === UNDECLARED)
    context.addIssue({
      code: "custom",
      path: ["mainLanguage"],
      message: "say which language you wrote first",
    });
  for (const path of listEmpty(content))
    context.addIssue({ code: "custom", path, message: "has no text in any language" });
  content.dataFlows.forEach(({ frequency }, index) => {
    if (frequency.kind === "words")
      context.addIssue({
        code: "custom",
        path: ["dataFlows", index, "frequency"],
        message: 'a number and a unit are needed, as in {"kind": "every", "count": 15, "unit": "minute"}',
      });
  });
});

/** A file in the first shape reads as before: its texts are in one language that nobody declared. */
function parseOld(given: unknown) {
  const parsed = contentVersion1.safeParse(given);
  return parsed.success ? specificationContent.safeParse(upgradeVersion1(parsed.data, UNDECLARED)) : parsed;
}

/** Either shape of a specification's content, told apart by `schemaVersion`, in the newest one. */
const importedContent = z
  .looseObject({ schemaVersion: z.unknown().optional() })
  .transform((given, context): SpecificationContent => {
    const { schemaVersion = 1 } = given;
    const fail = (message: string): never => {
      context.addIssue({ code: "custom", path: ["schemaVersion"], message });
      return z.NEVER;
    };
    if (schemaVersion !== 1 && schemaVersion !== NEWEST_SHAPE)
      return fail(`1 or ${NEWEST_SHAPE} is known; ${NEWEST_SHAPE} has texts in languages`);
    if (schemaVersion === 1 && typeof given.name === "object")
      return fail(`texts in languages need "schemaVersion": ${NEWEST_SHAPE}`);
    const parsed = schemaVersion === NEWEST_SHAPE ? newContent.safeParse(given) : parseOld(given);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  });

/** Every text of a file without what hides in it, before anything else is asked of it. Its texts may have several lines. */
function cleanTexts(value: unknown): unknown {
  if (typeof value === "string") return cleanLines(value);
  if (Array.isArray(value)) return value.map(cleanTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleanTexts(inner)]));
}

/** The file that `npm run integration:import` takes: what the vendor gave the partner, and one version of the texts. */
const integrationFileShape = z.strictObject({
  partner: slug,
  slug,
  connector: z.string(),
  stage: z.enum(["test", "production"]),
  /** Whether it is shown in the public catalogue; its links work either way. */
  listed: z.boolean(),
  /** What the catalogue is filtered by; left out, it stays as it is. */
  kind: z.enum(INTEGRATION_KINDS).optional(),
  application: z.strictObject({
    clientId: z.string().min(1).max(120),
    /** What the vendor counts its limit by, where several applications share it. */
    limiterKey: z.string().min(1).max(120).optional(),
    settings: z.record(z.string().max(100), z.string().min(1).max(500)),
  }),
  content: importedContent,
});
/** Cleaned here alone: what is published is read as it was hashed. */
export const integrationFile = z.preprocess(cleanTexts, integrationFileShape);
export type IntegrationFile = z.infer<typeof integrationFile>;
