import { vi } from "vitest";

/** What `expect.poll` has by `vitest.shared.ts`. */
const PATIENCE_MS = 20_000;

/**
 * `vi.waitFor`, whose own patience is one second and cannot be set for a project: on a busy machine an answer that comes all
 * the same takes longer.
 */
export function waitFor<Value>(
  check: () => Value | Promise<Value>,
  { timeout = PATIENCE_MS, interval = 20 } = {},
): Promise<Value> {
  return vi.waitFor(check, { timeout, interval });
}
