import { AppError } from "./app-error";

/** Who may cause an event. `system` is the worker on its own. */
type FlowActor = "customer" | "initiator" | "partner" | "operator" | "system";

export type Transition<S extends string, E extends string> = {
  /** null: the thing does not exist yet. */
  from: S | null;
  event: E;
  by: readonly FlowActor[];
  to: S;
};

export type StateMachine<S extends string, E extends string> = {
  name: string;
  states: readonly S[];
  transitions: readonly Transition<S, E>[];
  /** The state after `event`, or null when the event means nothing in `state`. */
  next(state: S | null, event: E): S | null;
  /** Like `next`, but what means nothing is a conflict: somebody else was first. */
  advance(state: S | null, event: E): S;
  /** States that `event` may start from: the guard of an UPDATE. */
  statesBefore(event: E): S[];
  isFinal(state: S): boolean;
};

export function defineStateMachine<S extends string, E extends string>(
  name: string,
  states: readonly S[],
  transitions: readonly Transition<S, E>[],
): StateMachine<S, E> {
  const next = (state: S | null, event: E): S | null =>
    transitions.find((transition) => transition.from === state && transition.event === event)?.to ?? null;
  return {
    name,
    states,
    transitions,
    next,
    advance(state, event) {
      const to = next(state, event);
      if (to === null) throw new AppError("conflict", `${name}: ${event} in ${state ?? "nothing"}`);
      return to;
    },
    statesBefore: (event) =>
      transitions.flatMap((transition) =>
        transition.event === event && transition.from !== null ? [transition.from] : [],
      ),
    isFinal: (state) => !transitions.some((transition) => transition.from === state),
  };
}
