/** Tabs of one person, and of one account's or partner's people: each stream has a timer and reads the rows anew. */
export const STREAM_LIMITS = { ofSession: 10, ofAccount: 50 } as const;

// One count for the process, also when Next loads this module into several bundles.
const holder = globalThis as typeof globalThis & { kytkinStreams?: Map<string, number> };

/**
 * A place for an event stream of a session and of an account or partner; gives what frees it, once. null when either has as many
 * as it may: the browser then asks now and then instead.
 */
export function takeStreamPlace(session: string, account: string): (() => void) | null {
  holder.kytkinStreams ??= new Map();
  const open = holder.kytkinStreams;
  const places = [
    { key: `session ${session}`, most: STREAM_LIMITS.ofSession },
    { key: `account ${account}`, most: STREAM_LIMITS.ofAccount },
  ];
  if (places.some(({ key, most }) => (open.get(key) ?? 0) >= most)) return null;
  for (const { key } of places) open.set(key, (open.get(key) ?? 0) + 1);
  let isFree = false;
  return () => {
    if (isFree) return;
    isFree = true;
    for (const { key } of places) {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    }
  };
}
