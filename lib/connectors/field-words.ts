/**
 * Under which name a field's words are found: fields that differ in their number alone, e.g. `CompUserText07`, share those of
 * `CompUserText`, which name the number. A key of the messages cannot hold a dot.
 */
export function findFieldWords(
  field: string,
  has: (name: string) => boolean,
): { name: string; number?: number } | null {
  const name = field.replaceAll(".", "_");
  if (has(name)) return { name };
  const [, family, digits] = /^(.*?)(\d+)$/.exec(name) ?? [];
  return family !== undefined && has(family) ? { name: family, number: Number(digits) } : null;
}
