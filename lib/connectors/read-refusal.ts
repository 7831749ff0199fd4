import { type Cause, REJECTION_CAUSES, type RejectionCause } from "./causes";
import type { Entity, RowProblem, WriteResult } from "./entity";

/** One thing that a vendor says is wrong with a record. `code` as it stands in its table; null when it only has words. */
export type Refusal = { field: string | null; code: string | null; words: string };

const isRejection = (cause: Cause): cause is RejectionCause => Object.hasOwn(REJECTION_CAUSES, cause);

/**
 * What a vendor's refusal of one record comes to: it waits when all that is wrong ends by itself, otherwise it is rejected
 * with everything that is wrong. A code that the table lacks stands in the words alone, since it may be content.
 */
export function readRefusal(
  rejections: Entity["rejections"],
  refusals: readonly Refusal[],
): Extract<WriteResult, { kind: "rejected" | "waiting" }> {
  const read = refusals.map(({ field, code, words }) => {
    const known = code !== null && Object.hasOwn(rejections, code) ? rejections[code] : undefined;
    return {
      field,
      words,
      cause: known ?? "vendor_refused",
      code: known === undefined ? undefined : (code ?? undefined),
    };
  });
  const problems = read.flatMap(({ field, cause, code, words }): RowProblem[] =>
    isRejection(cause)
      ? [{ field, cause, ...(code !== undefined && { vendorCode: code }), vendorWords: words }]
      : [],
  );
  const [first] = read;
  if (problems.length === 0 && first && !isRejection(first.cause))
    return { kind: "waiting", cause: first.cause, vendorWords: read.map(({ words }) => words).join("\n") };
  return {
    kind: "rejected",
    problems: problems.length > 0 ? problems : [{ field: null, cause: "vendor_refused" }],
  };
}
