import type { Answer } from "../../web/answer-call";
import { type ApiCall, ok, requireToken } from "./api-call";

export function getStatus(call: ApiCall): Answer {
  requireToken(call);
  return ok({ name: "Procountor stand-in", version: "26.04", status: "OK", procountorVersion: "sandbox" });
}

/** Ends the token that the call carries. */
export function logOut(call: ApiCall): Answer {
  const token = requireToken(call);
  const { tokens } = call.standIn.store.state;
  for (const [text, known] of Object.entries(tokens)) {
    if (known === token) delete tokens[text];
  }
  call.standIn.store.save();
  return ok({});
}
