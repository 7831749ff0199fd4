import type { Inngest, InngestFunction } from "inngest";
import type { RunEnd } from "./case";

export const APP_ID = "test";

/** What the functions of all cases did and how their runs ended, as the announcements of whoever runs them say. */
export class Observations {
  readonly #notes = new Map<string, unknown[]>();
  readonly #ends = new Map<string, RunEnd[]>();

  notesOf(says: string): unknown[] {
    const notes = this.#notes.get(says) ?? [];
    this.#notes.set(says, notes);
    return notes;
  }

  endsOf(functionId: string): readonly RunEnd[] {
    return this.#ends.get(`${APP_ID}-${functionId}`) ?? [];
  }

  /** Functions that listen to the ends of all others. */
  listeners(inngest: Inngest): InngestFunction.Like[] {
    // It would hear of its own end, for ever.
    const isOther = `event.data.function_id != '${APP_ID}-ended'`;
    return [
      inngest.createFunction(
        {
          id: "ended",
          triggers: [
            { event: "inngest/function.finished", if: isOther },
            { event: "inngest/function.cancelled", if: isOther },
          ],
        },
        ({ event }) => {
          const { function_id: functionId, result, error } = event.data;
          const isCancelled = event.name === "inngest/function.cancelled";
          const status = isCancelled ? "cancelled" : error ? "failed" : "completed";
          const ends = this.#ends.get(functionId) ?? [];
          this.#ends.set(functionId, [...ends, { status, result, error: error?.message }]);
        },
      ),
    ];
  }
}
