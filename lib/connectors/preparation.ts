import type { z } from "zod";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { ConnectorContext, HeldKey } from "./context";
import type { RightAsked } from "./manifest";

/*
 * What a vendor system needs to have before rows can be written there: fields, published layouts, items of lists. A connector
 * names the steps; `lib/connection/preparation/` runs them after the first check of a connection, again when a person asks,
 * and has what we made removed at the end of a connection.
 *
 * Words, in every language: `vendors.<connector>.preparation` with `steps.<id>`, `causes.<code>`, `choices.<name>`, in
 * `messages/<language>/vendor-<connector>.json`; `components/connection/connection-page.test.ts` asks for them.
 */

/** Who can put right what a step could not do. */
export type PreparationMender = "customer_at_vendor" | "customer_here" | "partner";

/** Values of the steps that have ended, by the step's id: e.g. where a field is. */
export type Prepared = Readonly<Record<string, string>>;

/** What the accepted version of the integration asks for, and what the customer chose. */
export type PreparationNeeds = {
  rights: readonly RightAsked[];
  choices: Readonly<Record<string, string>>;
};

export type PreparationResult =
  /** `kept`: it was there before. `because`: why it is as it is, where that is not plain. */
  | { kind: "done" | "kept"; value?: string; because?: string }
  /** Another step has to come first, and could not be done. */
  | { kind: "waiting" }
  | { kind: "cannot"; because: string; answer?: VendorAnswer };

export type RemovalResult = "removed" | { because: string };

/** What a step is given beside the vendor: who uses what in this environment, over all partners' connections. */
export type PreparationTools = {
  prepared: Prepared;
  /**
   * Takes a thing into use for this connection; `alone` refuses one that another live connection has alone. null: refused.
   * `isOurs`: this portal made it, or began to.
   */
  use(thing: string, how: "alone" | "shared"): Promise<{ isOurs: boolean } | null>;
  /** Gives back what `use` took: it is not needed after all. */
  release(thing: string): Promise<void>;
  /**
   * Says, before the vendor is asked to make it, that a thing is ours: a crash in between must not leave a stranger. `name`: as
   * the vendor shows it. The look ahead before a submission stops the step here.
   */
  beginMaking(thing: string, name: string): Promise<void>;
};

/** What a step would do now, found out before the submission. `keep`: nothing is made there. */
export type ForeseenStep = {
  step: string;
  kind: "make" | "keep" | "cannot";
  value: string | null;
  because: string | null;
};

export type PreparationOf<C = string> = {
  /** What the customer may choose, each with a default. */
  choices: z.ZodObject;
  /** The choices under which rows stay found that were written before anything was prepared. */
  withoutPreparation: Readonly<Record<string, string>>;
  /** What `WriteInput.prepared` is for the connector's entities. */
  summarize(prepared: Prepared, choices: Readonly<Record<string, string>>): unknown;
  /** Ids of the steps in their order. */
  steps(needs: PreparationNeeds): readonly string[];
  /** Codes of `because`, and who mends what cannot be done; null for a reason that ends by itself. */
  causes: Readonly<Record<string, PreparationMender | null>>;
  /**
   * Makes one step true. May run at any time, twice, and again after it died in the middle. Passing trouble at the vendor is
   * thrown as `ConnectorError`.
   */
  run(
    context: ConnectorContext,
    key: HeldKey<C>,
    step: string,
    needs: PreparationNeeds,
    tools: PreparationTools,
  ): Promise<PreparationResult>;
  /** Removes what a step made; one that is gone is fine. May be repeated. */
  remove(context: ConnectorContext, key: HeldKey<C>, thing: string): Promise<RemovalResult>;
};
