/** How many companies the next batch of a plan has. */
export function nextBatchSize(leftCount: number, cap: number): number {
  return Math.min(leftCount, cap);
}

type Option = { externalId: string; isPicked: boolean; canPick: boolean };

/**
 * What is left of a plan after a submission: without what was submitted, what the consent shows cannot be activated, and
 * what was ticked for the customer and unticked again. What the consent did not cover keeps its turn.
 */
export function leftAfter(wanted: readonly string[], options: readonly Option[], room: number): string[] {
  const byId = new Map(options.map((option) => [option.externalId, option]));
  const offered = wanted.filter((id) => byId.get(id)?.canPick).slice(0, room);
  const done = new Set(offered);
  for (const { externalId, isPicked, canPick } of options) if (isPicked || !canPick) done.add(externalId);
  return wanted.filter((id) => !done.has(id));
}
