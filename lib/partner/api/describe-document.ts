import { z } from "zod";
import { makeOpenApiDocument } from "./openapi";
import type { ApiField, ApiOperation, ApiReference } from "./reference";

type Json = Record<string, unknown>;
const object = z.record(z.string(), z.unknown());
const asObject = (value: unknown): Json => object.catch({}).parse(value);
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string => (typeof value === "string" ? value : "");

const refName = (schema: unknown): string | null => {
  const { $ref } = asObject(schema);
  return typeof $ref === "string" ? ($ref.split("/").at(-1) ?? null) : null;
};

/** A schema's type in few words: `string`, `uuid`, `"a" | "b"`, `Link[]`, `integer or null`. */
function nameType(schema: unknown): string {
  const name = refName(schema);
  if (name) return name;
  const one = asObject(schema);
  const branches = [...asList(one.anyOf), ...asList(one.oneOf)];
  if (branches.length > 0) return branches.map(nameType).join(" or ");
  if (one.const !== undefined) return JSON.stringify(one.const);
  const values = asList(one.enum);
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (one.type === "array") return `${nameType(one.items)}[]`;
  if (Array.isArray(one.type)) return one.type.join(" or ");
  return asText(one.format) || asText(one.type) || "any";
}

function listFields(schema: unknown, place = ""): ApiField[] {
  const { properties, required } = asObject(schema);
  return Object.entries(asObject(properties)).flatMap(([name, property]) => {
    const path = `${place}${name}`;
    const one = asObject(property);
    const inner = one.type === "array" ? asObject(one.items) : one;
    const field = {
      name: path,
      type: nameType(property),
      meaning: asText(one.description),
      isRequired: asList(required).includes(name),
      place: null,
    };
    return [field, ...listFields(inner, `${path}${one.type === "array" ? "[]" : ""}.`)];
  });
}

const firstMedia = (holder: unknown): [string, unknown] | null => {
  const [media] = Object.entries(asObject(asObject(holder).content));
  return media ? [media[0], asObject(media[1]).schema] : null;
};

function describeOperation(method: string, path: string, operation: Json): ApiOperation {
  const parameters = asList(operation.parameters).map(asObject);
  const body = firstMedia(operation.requestBody);
  return {
    id: asText(operation.operationId),
    tag: asText(asList(operation.tags)[0]),
    method: method.toUpperCase(),
    path,
    summary: asText(operation.summary),
    description: asText(operation.description),
    scope: asText(asList(asObject(asList(operation.security)[0]).apiKey)[0]),
    parameters: parameters.map((one) => ({
      name: asText(one.name),
      type: nameType(one.schema),
      meaning: asText(one.description) || asText(asObject(one.schema).description),
      isRequired: one.required === true,
      place: asText(one.in),
    })),
    body: body ? listFields(body[1]) : [],
    answers: Object.entries(asObject(operation.responses)).map(([status, response]) => {
      const media = firstMedia(response);
      const schema = asObject(media?.[1]);
      const fields = Object.entries(asObject(schema.properties));
      const shape =
        refName(media?.[1]) ?? fields.map(([name, property]) => `${name}: ${nameType(property)}`).join(", ");
      return { status, meaning: asText(asObject(response).description), shape: shape || (media?.[0] ?? "") };
    }),
  };
}

/** The OpenAPI document as its page shows it. */
export function describeDocument(): ApiReference {
  const document = asObject(JSON.parse(JSON.stringify(makeOpenApiDocument())));
  const listOf = (part: unknown) =>
    Object.entries(asObject(part)).flatMap(([path, methods]) =>
      Object.entries(asObject(methods)).map(([method, one]) =>
        describeOperation(method, path, asObject(one)),
      ),
    );
  return {
    tags: asList(document.tags).map((tag) => asText(asObject(tag).name)),
    operations: listOf(document.paths),
    events: listOf(document.webhooks),
    schemas: Object.entries(asObject(asObject(document.components).schemas)).map(([name, schema]) => ({
      name,
      fields: listFields(schema),
    })),
  };
}
