import type { Answer } from "../../web/answer-call";
import { deactivate } from "../state";
import { type ApiCall, judgePrivileges, ok, requireIntegration } from "./api-call";

/** `GET /ClientIntegrationInformation`: needs no privilege. The organization number is not in it. */
export function getClientIntegrationInformation(call: ApiCall): Answer {
  const { client, granted } = requireIntegration(call);
  const { valid, invalid } = judgePrivileges(client, granted);
  const { allowSendInvoice } = call.standIn.faults;
  return ok({
    ClientId: client.id,
    ClientName: client.name,
    ActiveClientSubscriptions: client.subscriptions,
    ValidPrivileges: valid,
    InvalidPrivileges: invalid,
    ...(allowSendInvoice !== null && { AllowSendInvoice: allowSendInvoice }),
  });
}

/** `DELETE /Offboarding/RemoveIntegration`: removes the integration that the token belongs to. */
export function removeIntegration(call: ApiCall): Answer {
  const { integration } = requireIntegration(call);
  deactivate(call.standIn.store.state, integration);
  call.standIn.store.save();
  return ok({
    Message: "The integration was removed from the client.",
    RemoveFactoring: false,
    ResetInvoiceFinancing: false,
    Success: true,
  });
}
