import { z } from "zod";
import { canonicalJson } from "@/lib/core/canonical-json";
import { sha256 } from "@/lib/core/hash";
import { arrange, resolve } from "./read-content";
import type { StoredContent } from "./schema";
import { mapTexts, TEXT_LANGUAGES, type TextLanguage, UNDECLARED } from "./texts";

type Version = { integrationSlug: string; version: number; content: StoredContent };

/**
 * The hash of a stored version, hexadecimal SHA-256 over canonical JSON, by the rule of the shape that it is stored in. The
 * rule of a shape never changes: acceptances hold these hashes.
 */
export function contentHash(stored: Version): string {
  if ((stored.content.schemaVersion ?? 1) === 1) return sha256(canonicalJson(stored));
  return sha256(
    canonicalJson({
      integrationSlug: stored.integrationSlug,
      schemaVersion: stored.content.schemaVersion,
      structure: structureHash(stored),
      languages: Object.fromEntries(
        TEXT_LANGUAGES.map((language) => [language, languageHash(stored, language)]),
      ),
    }),
  );
}

/** What hashing has to know of shape 2. It works on the stored bytes: a default of a later field is no part of them. */
const stored2 = z.looseObject({
  schemaVersion: z.literal(2),
  mainLanguage: z.enum([...TEXT_LANGUAGES, UNDECLARED]),
});

/** The hash of everything but the texts; null in the first shape, which had none. */
export function structureHash({ content }: Pick<Version, "content">): string | null {
  if ((content.schemaVersion ?? 1) === 1) return null;
  return sha256(
    canonicalJson(
      arrange(
        mapTexts(stored2.parse(content), () => "text"),
        "",
      ),
    ),
  );
}

/** The hash of all that a reader of one language is shown; null in the first shape, which had no languages. */
export function languageHash({ content }: Pick<Version, "content">, language: TextLanguage): string | null {
  if ((content.schemaVersion ?? 1) === 1) return null;
  return sha256(canonicalJson(arrange(resolve(stored2.parse(content), language), "")));
}
