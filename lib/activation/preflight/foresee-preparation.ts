import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import type { ForeseenStep, PreparationOf, PreparationTools } from "@/lib/connectors/preparation";

/** Thrown where a step would ask the vendor to make something: nothing is made before the submission. */
class WouldMake extends Error {
  constructor(readonly what: string) {
    super(`would make ${what}`);
  }
}

type Asked = {
  rights: readonly RightAsked[];
  /** Another live connection in this environment has a thing alone. */
  isTaken(thing: string): Promise<boolean>;
};

/**
 * What the preparation would do in an environment now, with the choices that it begins with. The steps themselves are run, with
 * tools that stop before anything is made, so that they and the look ahead cannot come apart. Reads only at the vendor.
 */
export async function foreseePreparation(
  prepare: PreparationOf,
  vendor: ConnectorContext,
  key: HeldKey,
  { rights, isTaken }: Asked,
): Promise<ForeseenStep[]> {
  const needs = { rights, choices: {} };
  const prepared: Record<string, string> = {};
  const tools: PreparationTools = {
    prepared,
    // What is there is no stranger's to this question: a step whose thing is ours would publish it.
    use: async (thing) => ((await isTaken(thing)) ? null : { isOurs: false }),
    release: async () => undefined,
    beginMaking: async (_thing, name) => {
      throw new WouldMake(name);
    },
  };
  const foreseen: ForeseenStep[] = [];
  for (const step of prepare.steps(needs)) {
    const result = await prepare.run(vendor, key, step, needs, tools).catch((error: unknown) => {
      if (error instanceof WouldMake) return error;
      throw error;
    });
    if (result instanceof WouldMake) {
      foreseen.push({ step, kind: "make", value: result.what, because: null });
      continue;
    }
    if (result.kind === "waiting") {
      // It follows from the step before: made with it, or left out with it.
      if (foreseen.at(-1)?.kind === "make") foreseen.push({ step, kind: "make", value: null, because: null });
      continue;
    }
    const value = "value" in result ? (result.value ?? null) : null;
    if (value !== null) prepared[step] = value;
    const kind = result.kind === "cannot" ? "cannot" : "keep";
    foreseen.push({ step, kind, value, because: result.because ?? null });
  }
  return foreseen;
}
