import { makeFaultSettings, type StandIn } from "../stand-in";

/** Everything as at the first start: no requests, no faults, the keys of the manual set-ups anew. */
export function resetStandIn(standIn: StandIn): void {
  standIn.store.reset();
  standIn.calls.clear();
  Object.assign(standIn.faults, makeFaultSettings(standIn.options));
}
