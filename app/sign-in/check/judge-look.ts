/** What the waiting tab learns when it looks. */
export type Look = {
  isWaiting: boolean;
  /** The link or the code was used, and this browser has no session: it may be on its way, in this tab or in another. */
  isUsedElsewhere: boolean;
};

/** How often in a row a session may be late; with a look every two seconds longer than any answer should take. */
const PATIENT_LOOKS = 4;

/**
 * Whether to look again, and after how many looks at a used link. Loading the page anew at once would cut off the answer
 * that brings the session, and tell somebody who is just signing in that the link was used already.
 */
export function judgeLook(
  { isWaiting, isUsedElsewhere }: Look,
  usedLooks: number,
): { isOver: boolean; usedLooks: number } {
  if (isWaiting) return { isOver: false, usedLooks: 0 };
  return { isOver: !isUsedElsewhere || usedLooks >= PATIENT_LOOKS, usedLooks: usedLooks + 1 };
}
