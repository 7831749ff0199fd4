import { type Html, html } from "../web/html";
import { page } from "../web/page";
import type { PortalAnswer } from "./portal-client";

const BANNER = "Esimerkki Software Oy (a fictional partner) – sandbox";

export function partnerPage(title: string, content: Html): Html {
  return page({ banner: BANNER, title, content });
}

const WORDS: Record<number, string> = {
  0: "The portal does not answer. Try again in a moment.",
  400: "The portal does not understand the decision: an environment is missing, named twice or not part of the request, or a reason is not acceptable.",
  401: "The portal does not accept this partner's key.",
  403: "The portal does not let this partner's key decide.",
  404: "The portal does not know this request, or it belongs to another partner.",
  409: "Another decision was recorded already. The first one counts.",
  410: "The time to decide is over. The request has ended without a decision.",
  429: "The portal asks to slow down. Try again in a moment.",
};

/** What an answer that is no success means, in words. */
export function explain({ status }: PortalAnswer): string {
  return WORDS[status] ?? `The portal answered with status ${status}.`;
}

export function rawAnswer(answer: PortalAnswer): Html {
  return html`<details><summary>The portal's answer</summary><pre>${answer.status} ${JSON.stringify(answer.body, null, 2)}</pre></details>`;
}
