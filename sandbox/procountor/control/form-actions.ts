import type { StandIn } from "../stand-in";
import { applyFaults } from "./apply-faults";
import { resetStandIn } from "./reset";

type Form = { text(name: string): string; number(name: string): number };

/** The forms of the control page, in terms of the same faults as the JSON interface. */
const FAULTS_OF_ACTION: Record<string, (form: Form) => object> = {
  settings: (form) => ({
    latencyMs: form.number("latencyMs"),
    requestLifetimeSeconds: form.number("requestLifetimeSeconds"),
    maxSimultaneousActivations: form.text("cap") === "" ? null : form.number("cap"),
  }),
  failNext: (form) => ({
    failNext: {
      method: form.text("method") || undefined,
      path: form.text("path") || undefined,
      status: form.number("status"),
      times: form.number("times"),
    },
  }),
  loseAnswerNext: () => ({ loseAnswerNext: true }),
  expireRequest: (form) => ({ expireRequest: { requestId: form.number("requestId") } }),
  revokeKey: (form) => ({
    revokeKey: { companyId: form.number("companyId"), vendorIntegrationId: form.text("vendorIntegrationId") },
  }),
};

export async function carryOutAction(standIn: StandIn, fields: URLSearchParams): Promise<void> {
  const action = fields.get("action") ?? "";
  if (action === "reset") {
    resetStandIn(standIn);
    return;
  }
  const toFaults = Object.hasOwn(FAULTS_OF_ACTION, action) ? FAULTS_OF_ACTION[action] : undefined;
  const text = (name: string) => fields.get(name) ?? "";
  if (toFaults) await applyFaults(standIn, toFaults({ text, number: (name) => Number(text(name)) }));
}
