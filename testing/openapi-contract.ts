import Ajv from "ajv";

type Schema = Record<string, unknown>;
type Documented = { content?: Record<string, { schema: Schema }> };
type Operation = {
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Documented>;
};
export type OpenApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const INT32_LIMIT = 2 ** 31;

/**
 * Holds requests and answers against an OpenAPI 3.0 document. Stricter than the document itself: a property that it
 * does not name is a failure too, unless it says that there may be others. `prefix` is what stands before the document's paths.
 */
export function makeContract(document: OpenApiDocument, prefix = /^.*?\/api(?=\/)/) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false });
  ajv.addFormat("int32", { type: "number", validate: (value) => Math.abs(value) < INT32_LIMIT });
  ajv.addSchema(forbidUnnamedProperties(document), "document");
  const seen: string[] = [];

  function check(schema: Schema | undefined, value: unknown, where: string): void {
    if (!schema) throw new Error(`${where} is not in the document`);
    const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
    // Procountor's document says "list of customers" and gives the schema of one.
    for (const one of Array.isArray(value) && typeOf(schema) !== "array" ? value : [value]) {
      if (!ajv.validate(pointed, one))
        throw new Error(`${where}: ${ajv.errorsText()} in ${JSON.stringify(one)}`);
    }
  }

  /** The type of a schema, also of one that is named. */
  function typeOf(schema: Schema): unknown {
    const [, name = ""] = /^#\/components\/schemas\/(.+)$/.exec(String(schema.$ref ?? "")) ?? [];
    return (document.components.schemas[name] ?? schema).type;
  }

  function checkBody(operation: Operation, { body, headers }: RequestInit, where: string): void {
    const isForm = body instanceof URLSearchParams;
    const [type = JSON_TYPE] = new Headers(headers).get("content-type")?.split(";") ?? [];
    const schema = operation.requestBody?.content[isForm ? FORM_TYPE : type]?.schema;
    check(schema, isForm ? Object.fromEntries(body) : JSON.parse(String(body)), where);
  }

  /** A status that the document gives no content for has none. */
  async function checkAnswer(documented: Documented | undefined, answer: Response, where: string) {
    if (!documented) throw new Error(`${where} is not in the document`);
    if (documented.content) return check(documented.content[JSON_TYPE]?.schema, await answer.json(), where);
    if ((await answer.text()) !== "") throw new Error(`${where}: a body that the document does not know`);
  }

  /** The same `fetch`, which fails when what goes out or comes back is not the document's. Token calls are not in it. */
  function watch(real: typeof fetch): typeof fetch {
    return async (input, init) => {
      const method = init?.method ?? "GET";
      const found = findOperation(document, method, new URL(String(input)).pathname.replace(prefix, ""));
      if (!found) return real(input, init);
      const { operation, name } = found;
      if (init?.body) checkBody(operation, init, `${name} body`);
      const answer = await real(input, init);
      const where = `${name} ${answer.status}`;
      await checkAnswer(operation.responses[answer.status], answer.clone(), where);
      seen.push(where);
      return answer;
    };
  }

  return { seen, watch };
}

function findOperation(document: OpenApiDocument, method: string, path: string) {
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
    schema.properties ? { additionalProperties: false, ...schema } : schema,
  ]);
  return { ...document, components: { schemas: Object.fromEntries(schemas) } };
}
