import { type Html, html } from "../../web/html";
import { page } from "../../web/page";

const BANNER = "Procountor stand-in – sandbox";

export const STEPS = ["Log in", "Terms", "Environments", "Price", "Technical user"] as const;

/** One step of the vendor's dialog, with where the customer is in it. */
export function consentPage(step: (typeof STEPS)[number], content: Html, script?: string): Html {
  const position = STEPS.indexOf(step) + 1;
  return page({
    banner: BANNER,
    title: step,
    content: html`<p class="muted">Step ${position} of ${STEPS.length}. Nothing here reaches the real Procountor.</p>
${content}`,
    script,
  });
}

export function noticePage(title: string, content: Html): Html {
  return page({ banner: BANNER, title, content });
}

export function errorBox(message: string | null): Html | null {
  return message === null ? null : html`<p class="error" role="alert">${message}</p>`;
}
