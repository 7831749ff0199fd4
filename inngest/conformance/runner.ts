import type { Inngest, InngestFunction } from "inngest";
import { waitFor } from "@/testing/wait-for";
import type { Case, Stage } from "./case";
import { CASES } from "./cases";
import type { Observations } from "./observe";

/** Whoever runs the functions of all cases, started. */
export type Runner = {
  inngest: Inngest;
  /** How long something that will happen may take, in milliseconds. */
  patienceMs: number;
  stop(): Promise<void>;
};

/** The functions of all cases and those that watch them. */
export function castAll(inngest: Inngest, observations: Observations): InngestFunction.Like[] {
  const cast = (subject: Case) =>
    subject.cast({ inngest, note: (what) => void observations.notesOf(subject.says).push(what) });
  const marks = inngest.createFunction({ id: "mark", triggers: { event: "mark" } }, ({ event }) => {
    observations.notesOf("marks").push(event.data.id);
  });
  return [...CASES.flatMap(cast), ...observations.listeners(inngest), marks];
}

export function stageOf(subject: Case, runner: Runner, observations: Observations): Stage {
  const { inngest, patienceMs } = runner;
  const eventually: Stage["eventually"] = (check) => waitFor(check, { timeout: patienceMs, interval: 20 });
  return {
    send: (name, data, id) => inngest.send({ name, data: data ?? {}, ...(id ? { id } : {}) }),
    notes: observations.notesOf(subject.says),
    ends: (functionId) => observations.endsOf(functionId),
    eventually,
    async settle() {
      // Its run starts after those of all events before it.
      const id = crypto.randomUUID();
      await inngest.send({ name: "mark", data: { id } });
      await eventually(() => {
        if (!observations.notesOf("marks").includes(id)) throw new Error("not yet");
      });
    },
  };
}
