import { matchText, matchTexts } from "./condition";
import type { EngineEvent } from "./event";
import type { StepChange } from "./operations";

/**
 * Shared while an event is taken in, exclusive while a wait for it is registered, so that either sees the other. A wait
 * that names its event by a field's value only meets events with that value: it has one of a few locks by that value, and
 * waits of different runs seldom hold each other up.
 */
const STRIPES = 32;

export function waitLockName(
  { eventName, condition }: StepChange & { kind: "wait" },
  trigger: unknown,
): string {
  const text = matchText(condition, trigger);
  return text === null ? `event:${eventName}` : stripeName(eventName, text);
}

/** Every lock of a wait that the event could end. */
export function eventLockNames(event: EngineEvent): string[] {
  return [`event:${event.name}`, ...matchTexts(event).map((text) => stripeName(event.name, text))];
}

function stripeName(eventName: string, text: string): string {
  let stripe = 0;
  for (let index = 0; index < text.length; index++) stripe = (stripe * 31 + text.charCodeAt(index)) % STRIPES;
  return `event:${eventName}:${stripe}`;
}
