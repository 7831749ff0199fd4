import { canonicalJson } from "@/lib/core/canonical-json";
import { sha256 } from "@/lib/core/hash";
import type { SpecificationContent } from "./schema";

/** The hash of everything a customer is shown and accepts, in hexadecimal SHA-256 over canonical JSON. */
export function contentHash(shown: {
  integrationSlug: string;
  version: number;
  content: SpecificationContent;
}): string {
  return sha256(canonicalJson(shown));
}
