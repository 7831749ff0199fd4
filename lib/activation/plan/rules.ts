/** How many companies the next batch of a plan has. */
export function nextBatchSize(leftCount: number, cap: number): number {
  return Math.min(leftCount, cap);
}

type Option = { externalId: string; isPicked: boolean; canPick: boolean };

/**
 * Whose turn is over after a submission: what was submitted, what the consent shows cannot be activated, and what of the
 * draft's wishes was ticked for the customer and unticked again. What the consent did not cover keeps its turn.
 */
export function turnsOver(wanted: readonly string[], options: readonly Option[], room: number): string[] {
  const byId = new Map(options.map((option) => [option.externalId, option]));
  const over = new Set(wanted.filter((id) => byId.get(id)?.canPick).slice(0, room));
  for (const { externalId, isPicked, canPick } of options) if (isPicked || !canPick) over.add(externalId);
  return [...over];
}
