import type { RightsCheck } from "@/lib/connectors/connector";
import type { RightAsked } from "@/lib/connectors/manifest";
import type { CheckedRight } from "./schema";

/** The rights that were asked, each beside what is held, and after them what is held without being asked for. */
export function listCheckedRights(
  asked: readonly (RightAsked & { reason: string })[],
  check: RightsCheck | null,
): CheckedRight[] {
  const missing = new Map(check?.missing.map((right) => [right.path, right]));
  const held = new Map(check?.held.map((right) => [right.path, right.level]));
  const wanted = asked.map(({ path, level, reason }): CheckedRight => {
    const lacking = missing.get(path);
    if (!check) return { path, asked: level, held: null, reason, finding: "unknown" };
    if (lacking) return { path, asked: level, held: lacking.held, reason, finding: "missing" };
    return { path, asked: level, held: held.get(path) ?? level, reason, finding: "held" };
  });
  const surplus = (check?.surplus ?? []).map(
    (right): CheckedRight => ({ ...right, reason: null, finding: "surplus" }),
  );
  return [...wanted, ...surplus];
}
