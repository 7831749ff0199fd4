import Ajv from "ajv";

type Schema = Record<string, unknown>;
type Operation = {
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
export type OpenApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const JSON_TYPE = "application/json";
const INT32_LIMIT = 2 ** 31;

/**
 * Holds requests and answers against an OpenAPI 3.0 document. Stricter than the document itself: a property that it
 * does not name is a failure too.
 */
export function makeContract(document: OpenApiDocument) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
  ajv.addFormat("int32", { type: "number", validate: (value) => Math.abs(value) < INT32_LIMIT });
  ajv.addSchema(forbidUnnamedProperties(document), "document");
  const seen: string[] = [];

  function check(schema: Schema | undefined, value: unknown, where: string): void {
    if (!schema) throw new Error(`${where} is not in the document`);
    const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
    // The document says "list of customers" and gives the schema of one.
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!ajv.validate(pointed, one))
        throw new Error(`${where}: ${ajv.errorsText()} in ${JSON.stringify(one)}`);
    }
  }

  /** The same `fetch`, which fails when what goes out or comes back is not the document's. Token calls are not in it. */
  function watch(real: typeof fetch): typeof fetch {
    return async (input, init) => {
      const method = init?.method ?? "GET";
      const found = findOperation(document, method, new URL(String(input)).pathname);
      if (!found) return real(input, init);
      const { operation, name } = found;
      if (init?.body)
        check(
          operation.requestBody?.content[JSON_TYPE]?.schema,
          JSON.parse(String(init.body)),
          `${name} body`,
        );
      const answer = await real(input, init);
      const where = `${name} ${answer.status}`;
      check(
        operation.responses[answer.status]?.content?.[JSON_TYPE]?.schema,
        await answer.clone().json(),
        where,
      );
      seen.push(where);
      return answer;
    };
  }

  return { seen, watch };
}

function findOperation(document: OpenApiDocument, method: string, pathname: string) {
  const path = pathname.replace(/^.*?\/api\//, "/");
  const fits = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path);
  for (const [template, operations] of Object.entries(document.paths)) {
    const operation = operations[method.toLowerCase()];
    if (operation && fits(template)) return { operation, name: `${method} ${template}` };
  }
  return null;
}

function forbidUnnamedProperties(document: OpenApiDocument): OpenApiDocument {
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
    name,
    schema.properties ? { ...schema, additionalProperties: false } : schema,
  ]);
  return { ...document, components: { schemas: Object.fromEntries(schemas) } };
}
