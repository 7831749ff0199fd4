type Json = unknown;
export type Path = readonly string[];
/** A value that two people changed in different ways since both had the same. */
export type MergeConflict = { path: Path; mine: Json; theirs: Json };
export type Merged<T> = { merged: T; conflicts: MergeConflict[] };

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function isSame(one: Json, other: Json): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

/**
 * What two people made of one text, value by value: what one of them alone changed is theirs. What both changed is listed, and
 * is `theirs` in what is given back until somebody chooses. A list is one value: its items have no names.
 */
export function mergeChanges<T>(base: T, mine: T, theirs: T): Merged<T> {
  const conflicts: MergeConflict[] = [];
  const merged = mergeAt(base, mine, theirs, [], conflicts);
  return { merged: merged as T, conflicts };
}

function mergeAt(base: Json, mine: Json, theirs: Json, path: Path, conflicts: MergeConflict[]): Json {
  if (isSame(mine, theirs) || isSame(base, mine)) return theirs;
  if (isSame(base, theirs)) return mine;
  if (!isRecord(mine) || !isRecord(theirs)) {
    conflicts.push({ path, mine, theirs });
    return theirs;
  }
  const before = isRecord(base) ? base : {};
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const entries = keys.map((key) => [
    key,
    mergeAt(before[key], mine[key], theirs[key], [...path, key], conflicts),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The value at a way, or undefined. */
export function valueAt(value: Json, path: Path): Json {
  return path.reduce<Json>(
    (inner, key) => (Array.isArray(inner) ? inner[Number(key)] : isRecord(inner) ? inner[key] : undefined),
    value,
  );
}

/** A copy with another value at a way, which has to lead through what is there. */
export function withValueAt<T>(value: T, path: Path, inner: Json): T;
export function withValueAt(value: Json, [key, ...rest]: Path, inner: Json): Json {
  if (key === undefined) return inner;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? withValueAt(item, rest, inner) : item));
  if (!isRecord(value)) return value;
  const changed = withValueAt(value[key], rest, inner);
  const { [key]: _, ...others } = value;
  return changed === undefined ? others : { ...value, [key]: changed };
}
