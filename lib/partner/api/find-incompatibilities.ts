import { z } from "zod";

type Json = Record<string, unknown>;
const object = z.record(z.string(), z.unknown());
const asObject = (value: unknown): Json => object.catch({}).parse(value);
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** `request`: what callers send has to stay accepted. `answer`: what callers read has to stay there. */
type Side = "request" | "answer";
type Walk = { before: Json; after: Json; side: Side; where: string; seen: Set<string> };

/**
 * What of a new description breaks programs that were written for the former one: calls, statuses and events that are
 * gone; in requests fields and values that are refused now or demanded anew; in answers fields that are missing, may be
 * missing or null now, or have another type. Empty: nothing does.
 */
export function findIncompatibilities(former: unknown, current: unknown): string[] {
  const [before, after] = [asObject(former), asObject(current)];
  const found: string[] = [];
  for (const part of ["paths", "webhooks"] as const) {
    for (const [path, methods] of Object.entries(asObject(before[part]))) {
      for (const [method, operation] of Object.entries(asObject(methods))) {
        const where = `${method.toUpperCase()} ${path}`;
        const now = asObject(asObject(after[part])[path])[method];
        if (now === undefined) found.push(`${where} is gone`);
        else
          found.push(
            ...compareOperations(before, after, {
              where,
              from: asObject(operation),
              to: asObject(now),
              part,
            }),
          );
      }
    }
  }
  return found;
}

type Compared = { where: string; from: Json; to: Json; part: "paths" | "webhooks" };

function compareOperations(before: Json, after: Json, { where, from, to, part }: Compared): string[] {
  const found: string[] = [];
  // What we send to an endpoint is to its receiver what an answer is to a caller.
  const bodySide: Side = part === "webhooks" ? "answer" : "request";
  const schemasOf = (holder: unknown) =>
    Object.entries(asObject(asObject(holder).content)).map(
      ([type, media]) => [type, asObject(media).schema] as const,
    );
  const walk = (side: Side, place: string) => ({
    before,
    after,
    side,
    where: place,
    seen: new Set<string>(),
  });
  const bodies = new Map(schemasOf(to.requestBody));
  for (const [type, schema] of schemasOf(from.requestBody))
    found.push(...compare(walk(bodySide, `${where} body`), schema, bodies.get(type)));
  if (from.requestBody === undefined && asObject(to.requestBody).required === true)
    found.push(`${where} demands a body now`);
  for (const [status, response] of Object.entries(asObject(from.responses))) {
    if (part === "webhooks" || !status.startsWith("2")) continue;
    const answers = new Map(schemasOf(asObject(to.responses)[status]));
    if (asObject(to.responses)[status] === undefined) found.push(`${where} answers ${status} no more`);
    for (const [type, schema] of schemasOf(response))
      found.push(...compare(walk("answer", `${where} ${status}`), schema, answers.get(type)));
  }
  if (part === "paths") found.push(...compareParameters(where, from, to, (place) => walk("request", place)));
  return found;
}

function compareParameters(where: string, from: Json, to: Json, walk: (place: string) => Walk): string[] {
  const byName = (operation: Json) =>
    new Map(
      asList(operation.parameters).map((one) => [`${asObject(one).in} ${asObject(one).name}`, asObject(one)]),
    );
  const [former, current] = [byName(from), byName(to)];
  const found: string[] = [];
  for (const [name, parameter] of former) {
    const now = current.get(name);
    if (!now) found.push(`${where} takes no ${name} any more`);
    else found.push(...compare(walk(`${where} ${name}`), parameter.schema, now.schema));
  }
  for (const [name, parameter] of current)
    if (parameter.required === true && former.get(name)?.required !== true)
      found.push(`${where} demands ${name} now`);
  return found;
}

function resolve(document: Json, schema: unknown): Json {
  const { $ref } = asObject(schema);
  if (typeof $ref !== "string") return asObject(schema);
  return asObject(asObject(asObject(document.components).schemas)[$ref.split("/").at(-1) ?? ""]);
}

/** Types of a schema, `null` among them, with the branches of its alternatives. */
function typesOf(document: Json, schema: Json): Set<string> {
  const own =
    asList(schema.type).length > 0 ? asList(schema.type) : schema.type === undefined ? [] : [schema.type];
  const branches = [...asList(schema.anyOf), ...asList(schema.oneOf)];
  return new Set([
    ...own.map(String),
    ...branches.flatMap((one) => [...typesOf(document, resolve(document, one))]),
  ]);
}

/** The one branch that is not null: what `nullable()` makes. */
function withoutNull(document: Json, schema: Json): Json {
  const branches = asList(schema.anyOf).map((one) => resolve(document, one));
  const real = branches.filter((one) => one.type !== "null");
  return real.length === 1 && branches.length > 0 ? (real[0] ?? schema) : schema;
}

/** The named alternatives of a schema, by name. */
function alternativesOf(document: Json, schema: Json): Map<string, unknown> {
  const named = asList(schema.anyOf).filter((one) => resolve(document, one).type !== "null");
  return new Map(named.map((one) => [String(asObject(one).$ref), one]));
}

/** Each alternative is held against the one of its own name: a new one breaks no caller. */
function compareAlternatives(
  walk: Walk,
  former: ReadonlyMap<string, unknown>,
  current: ReadonlyMap<string, unknown>,
): string[] {
  return [...former].flatMap(([name, schema]) => {
    const where = `${walk.where}(${name.split("/").at(-1)})`;
    return compare({ ...walk, where }, schema, current.get(name));
  });
}

function compare(walk: Walk, former: unknown, current: unknown): string[] {
  const { before, after, side, where, seen } = walk;
  if (former === undefined) return [];
  if (current === undefined) return [`${where} is gone`];
  const name = asObject(former).$ref;
  if (typeof name === "string") {
    if (seen.has(name)) return [];
    walk = { ...walk, seen: new Set([...seen, name]) };
  }
  const [from, to] = [resolve(before, former), resolve(after, current)];
  const [types, nowTypes] = [typesOf(before, from), typesOf(after, to)];
  const found: string[] = [];
  // A request may take more than before, an answer may hold less.
  const [needed, offered] = side === "request" ? [types, nowTypes] : [nowTypes, types];
  const covers = (type: string): boolean =>
    offered.has(type) || (type === "integer" && offered.has("number"));
  for (const type of needed)
    if (offered.size > 0 && !covers(type))
      found.push(`${where} is ${[...nowTypes].join(" or ")}, not ${[...types].join(" or ")}`);
  const [alternatives, nowAlternatives] = [alternativesOf(before, from), alternativesOf(after, to)];
  if (Math.max(alternatives.size, nowAlternatives.size) > 1)
    return [...found, ...compareAlternatives(walk, alternatives, nowAlternatives)];
  const [was, is] = [withoutNull(before, from), withoutNull(after, to)];
  const [values, nowValues] = [asList(was.enum), asList(is.enum)];
  if (side === "request" && nowValues.length > 0)
    for (const value of values) if (!nowValues.includes(value)) found.push(`${where} takes ${value} no more`);
  if (side === "request" && values.length === 0 && nowValues.length > 0)
    found.push(`${where} takes few values now`);
  found.push(...compareProperties(walk, was, is));
  found.push(...compare({ ...walk, where: `${where}[]` }, was.items, is.items));
  return found;
}

function compareProperties(walk: Walk, from: Json, to: Json): string[] {
  const { side, where } = walk;
  const [properties, nowProperties] = [asObject(from.properties), asObject(to.properties)];
  const [required, nowRequired] = [asList(from.required), asList(to.required)];
  const found: string[] = [];
  for (const [name, schema] of Object.entries(properties)) {
    const place = `${where}/${name}`;
    if (nowProperties[name] === undefined) found.push(`${place} is gone`);
    else found.push(...compare({ ...walk, where: place }, schema, nowProperties[name]));
    if (side === "answer" && required.includes(name) && !nowRequired.includes(name))
      found.push(`${place} may be missing now`);
  }
  if (side === "request")
    for (const name of nowRequired)
      if (!required.includes(name)) found.push(`${where}/${name} is demanded now`);
  return found;
}
