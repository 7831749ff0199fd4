import { randomUUID } from "node:crypto";
import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import type { ConsentFlow, Integration, Persona } from "../model";
import { findIntegration, findPersona, type StandIn } from "../stand-in";
import { noticePage } from "./consent-page";

const KEPT_FLOWS = 200;

export type OpenFlow = { id: string; flow: ConsentFlow; integration: Integration; persona: Persona };

export function startFlow(standIn: StandIn, flow: ConsentFlow): string {
  const id = randomUUID();
  const { state } = standIn.store;
  state.flows = Object.fromEntries([...Object.entries(state.flows).slice(1 - KEPT_FLOWS), [id, flow]]);
  standIn.store.save();
  return id;
}

function findFlow(standIn: StandIn, id: string): OpenFlow | null {
  const flow = standIn.store.state.flows[id];
  const integration = flow && findIntegration(standIn, flow.integrationId);
  const persona = flow && findPersona(standIn, flow.personaEmail);
  return flow && integration && persona ? { id, flow, integration, persona } : null;
}

/** Runs a step of a dialog that is under way; one that is not known any more says so. */
export function withFlow(
  standIn: StandIn,
  step: (exchange: Exchange, open: OpenFlow) => void | Promise<void>,
): (exchange: Exchange) => void | Promise<void> {
  return (exchange) => {
    const open = findFlow(standIn, exchange.param("flow"));
    if (open) return step(exchange, open);
    exchange.sendPage(
      noticePage(
        "Not under way",
        html`<p>This activation is not under way any more. Open the activation link again.</p>`,
      ),
      404,
    );
  };
}

export function stepUrl(flowId: string, step: string): string {
  return `/ui/flows/${flowId}/${step}`;
}
