import type { z } from "zod";
import { listPartnerFields } from "@/lib/connectors/application-field";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { cleanLine } from "@/lib/core/outside-text";
import type { ApplicationInput } from "./schema";

type Reading = { input: ApplicationInput } | { fieldErrors: Record<string, string> };

/** As the form names a field. */
export const fieldName = (name: string, isSecret: boolean): string =>
  name === "clientId" ? name : `${isSecret ? "secrets" : "settings"}.${name}`;

/**
 * Reads a form that was made from the manifest. Secrets that are there already may be left empty. Errors are codes of
 * `errors.fields`: what was typed is in none of them.
 */
export function readApplicationForm(
  manifest: ConnectorManifest,
  data: Pick<FormData, "get">,
  presentSecrets: readonly string[],
): Reading {
  const input: ApplicationInput = { clientId: "", settings: {}, secrets: {} };
  const fieldErrors: Record<string, string> = {};
  for (const { name, isSecret, isRequired } of listPartnerFields(manifest)) {
    const inForm = fieldName(name, isSecret);
    const typed = readText(data.get(inForm), isSecret);
    if (typed === "") {
      if (isRequired && !(isSecret && presentSecrets.includes(name))) fieldErrors[inForm] = "required";
      continue;
    }
    const read = schemaOf(manifest, name, isSecret)?.safeParse(typed);
    if (!read?.success || read.data === undefined) {
      const isTooLong = read?.error?.issues.some(({ code }) => code === "too_big");
      fieldErrors[inForm] = isTooLong ? "too_long" : "described";
      continue;
    }
    if (name === "clientId") input.clientId = read.data;
    else input[isSecret ? "secrets" : "settings"][name] = read.data;
  }
  return Object.keys(fieldErrors).length > 0 ? { fieldErrors } : { input };
}

/** A secret is kept as it was typed but for blanks around it and the line ends of browsers. */
function readText(value: FormDataEntryValue | null, isSecret: boolean): string {
  const text = typeof value === "string" ? value : "";
  return isSecret ? text.trim().replace(/\r\n/g, "\n") : cleanLine(text);
}

function schemaOf(
  { application }: ConnectorManifest,
  name: string,
  isSecret: boolean,
): z.ZodType<string | undefined, string | undefined> | z.ZodType<string, string> | undefined {
  if (name === "clientId") return application.clientId;
  return (isSecret ? application.secrets : application.settings).shape[name];
}
