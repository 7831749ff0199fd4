import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { describeRules, lengthOf } from "@/components/delivery/field-rules";
import { findFieldWords } from "@/lib/connectors/field-words";
import { streamCsv } from "@/lib/platform/csv-stream";
import { loadFields } from "../load-fields";

type Context = { params: Promise<{ id: string }> };

/** The field reference of one entity as a file, in the language of its reader. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { connector, entities } = await loadFields(id);
  const wanted = new URL(request.url).searchParams.get("entity");
  const entity = entities.find((one) => one.id === wanted);
  if (!entity) notFound();
  const t = await getTranslations("deliveries.fields");
  const names = await getTranslations(`entities.${connector.id}`);
  const wordsOf = (field: string): string => {
    const place = `${entity.id}.fields`;
    const found = findFieldWords(field, (name) => names.has(`${place}.${name}`));
    return found ? names(`${place}.${found.name}`, { number: found.number ?? 0 }) : field;
  };
  const entityName = (one: string): string => names(`${one}.name`);
  const body = streamCsv(async (line) => {
    const columns = ["field", "meaning", "type", "length", "values", "list", "required", "rules"] as const;
    await line(columns.map((column) => t(column)));
    for (const field of entity.fields)
      await line([
        field.name,
        wordsOf(field.name),
        t(`types.${field.kind.type}`),
        lengthOf(field.kind) ?? "",
        field.kind.type === "choice" ? field.kind.values.join(" ") : "",
        field.list?.list ?? "",
        t(field.isRequired ? "yes" : "no"),
        describeRules(t, field, { connector: connector.name, entity: entityName }).join(" "),
      ]);
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${entity.id}-fields.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
