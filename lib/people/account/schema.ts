/** The signed-in person, as every page needs it. */
export type Viewer = {
  userId: string;
  email: string;
  accountId: string;
  sessionId: string;
  locale: string;
  /** Runs this installation. */
  isOperator: boolean;
  /**
   * The draft that this person works on as a guest. Then `accountId` is the account of the draft, which they are no member
   * of: transactions are in the guest's scope (`lib/people/account/scope-of.ts`). Left out for who works in an account of theirs.
   */
  guestOf?: string;
};
