import type { Viewer } from "@/lib/people/account/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import type { TestDatabase } from "../database";
import type { TestIntegration } from "../fixtures/integration";

/** Two people with accounts of their own here, who may both consent for the same environments at the vendor. */
export type Party = { viewers: readonly [Viewer, Viewer]; environments: readonly string[] };

/** A key that the vendor has issued. */
type IssuedKey = { externalId: string; secret: string };

/** A vendor's stand-in with an integration here, as journeys use it. */
export type JourneyVendor = {
  database: TestDatabase;
  context: WorkerContext;
  integration: TestIntegration;
  /** What can go wrong at it, by name; of the party's environments where one is needed. */
  faults: Readonly<Record<string, (party: Party) => Promise<void>>>;
  /** All of it works again. */
  heal(): Promise<void>;
  /** Time passes there too. */
  passTime(ms: number): void;
  meet(environments: number): Promise<Party>;
  /** Where the vendor sends the browser when this person has consented for these; null when it lists none of them. */
  consent(viewer: Viewer, environments: readonly string[], address: string | null): Promise<URL | null>;
  /** A key that somebody makes on the vendor's own screens; the one that is there already where there can be but one. */
  makeKey(environment: string): Promise<string>;
  /** Somebody removes the integration there on the vendor's own screens, as a customer is asked to at the end. */
  removeByHand(environments: readonly string[]): Promise<void>;
  /** Keys that work now. */
  listWorkingKeys(party: Party): IssuedKey[];
  close(): Promise<void>;
};
