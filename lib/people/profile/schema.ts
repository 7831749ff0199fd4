import { z } from "zod";
import { emailAddress } from "@/lib/core/written-text";

export const changeEmailInput = z.object({ email: emailAddress });

/** Why a person cannot be erased yet: what would go on without anybody to look after it. */
export type ErasureObstacle = { accountName: string; liveConnections: number; openRequests: number };

export type ProfileView = {
  email: string;
  /** A change that waits to be confirmed at the new address; ISO time. */
  pendingChange: { email: string; expiresAt: string } | null;
  obstacles: ErasureObstacle[];
};

/** What the page behind a mail's link about a change of address shows. */
export type EmailChangeOffer =
  | { state: "unknown" }
  /** From the mail to the new address; only the person who asked may confirm. `isOwn` is null when nobody is signed in. */
  | { state: "confirm"; maskedOldEmail: string; newEmail: string; isOwn: boolean | null }
  /** From the notice to the old address. */
  | { state: "undo"; oldEmail: string; maskedNewEmail: string };
