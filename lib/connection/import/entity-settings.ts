import { z } from "zod";
import type { Entity } from "@/lib/connectors/entity";
import type { EntitySetting } from "./schema";

/** The settings of an entity in its schema's order, with what the customer chose of them. */
export function listSettings(
  { settings }: Pick<Entity, "settings">,
  chosen: Readonly<Record<string, string>> | null,
): EntitySetting[] {
  return Object.entries(settings.shape).map(([name, field]): EntitySetting => {
    const read = field instanceof z.ZodType ? field.safeParse(undefined) : null;
    const byDefault = read?.success && typeof read.data === "string" ? read.data : null;
    return {
      name,
      value: chosen?.[name] ?? null,
      byDefault,
      choices: findChoices(field),
      isRequired: !read?.success,
    };
  });
}

/** The values of an enum, also under a default, an option or a transformation before it. */
function findChoices(field: unknown): string[] | null {
  if (field instanceof z.ZodDefault || field instanceof z.ZodOptional) return findChoices(field.unwrap());
  if (field instanceof z.ZodPipe) return findChoices(field.out);
  return field instanceof z.ZodEnum ? field.options.map(String) : null;
}
